import { describe, expect, test } from "vitest";
import { openDispatchDesk, smallDayDrivers } from "../../support/dispatch-desk.ts";
import { failureOf } from "../../support/failures.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const plates = ["粤A12345", "粤A67890"];

describe("two steps", () => {
  test("a preview shows every job and writes nothing; the same call with its confirmation makes them once", async () => {
    const desk = await openDispatchDesk();
    const plan_id = await desk.planSmallDay();
    const { confirmed, data, text } = await desk.preview({ plan_id, drivers: smallDayDrivers });
    expect(data).toMatchObject({
      needs_confirmation: true,
      preview: {
        plan_id,
        revision: 1,
        jobs_to_create: 2,
        routes: plates.map((plate) => ({
          license_plate: plate,
          state: "ready",
          external_job_id: `${plan_id}-${plate}`,
        })),
        invitations: Object.values(smallDayDrivers),
      },
    });
    for (const plate of plates) expect(text).toContain(plate);
    expect(desk.imports()).toBe(0);

    const done = await desk.call("dispatch_plan", confirmed);
    expect(done.data).toMatchObject({
      status: "dispatched",
      routes: plates.map((plate) => ({
        license_plate: plate,
        state: "dispatched",
        job_id: desk.sandbox.jobs.find((job) => job.external_job_id === `${plan_id}-${plate}`)?.job_id,
      })),
    });
    expect(desk.sandbox.jobs).toHaveLength(2);

    expect((await desk.call("dispatch_plan", confirmed)).data).toMatchObject({
      status: "dispatched",
      repeated: true,
    });
    const asked = await desk.call("dispatch_plan", { plan_id, drivers: smallDayDrivers });
    expect(asked.data, "what is out needs nobody's word").toMatchObject({
      status: "dispatched",
      repeated: true,
    });
    expect(desk.imports()).toBe(2);
  });

  test("off: one step, with the same checks", async () => {
    const desk = await openDispatchDesk({ environment: { WAYBILL_CONFIRM: "off" } });
    const plan_id = await desk.planSmallDay();
    expect(await failureOf(desk.call("dispatch_plan", { plan_id, license_plates: ["粤X"] }))).toMatchObject({
      code: "invalid_input",
      details: { fields: ["license_plates[0]"] },
    });
    const { data } = await desk.call("dispatch_plan", {
      plan_id,
      drivers: { 粤A12345: "driver@example.com" },
    });
    expect(data).toMatchObject({
      status: "partial",
      routes: [
        { license_plate: "粤A12345", state: "dispatched" },
        {
          license_plate: "粤A67890",
          state: "blocked",
          error: { message: expect.stringContaining("Nobody is known") },
        },
      ],
    });
    expect(desk.sandbox.jobs).toHaveLength(1);
  });

  test("a confirmation works in another process on the same state", async () => {
    const desk = await openDispatchDesk({ location: `${temporaryFolder()}/state.db` });
    const { confirmed } = await desk.preview({
      plan_id: await desk.planSmallDay(),
      drivers: smallDayDrivers,
    });
    const { data } = await desk.another().call("dispatch_plan", confirmed);
    expect(data).toMatchObject({ status: "dispatched" });
    expect((await desk.call("dispatch_plan", confirmed)).data).toMatchObject({ repeated: true });
    expect(desk.sandbox.jobs).toHaveLength(2);
  });
});
