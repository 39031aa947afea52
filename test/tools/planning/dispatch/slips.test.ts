import { describe, expect, test } from "vitest";
import { type DispatchDesk, openDispatchDesk, smallDayDrivers } from "../../../support/dispatch-desk.ts";
import { failureOf } from "../../../support/failures.ts";
import { smallDay } from "../../../support/small-day.ts";

const [chen, liang] = [smallDayDrivers.粤A12345, smallDayDrivers.粤A67890];

async function agreed() {
  const desk = await openDispatchDesk();
  const plan_id = await desk.planSmallDay();
  const { confirmed, text } = await desk.preview({ plan_id, drivers: smallDayDrivers });
  return { ...desk, plan_id, confirmed, text };
}

/** The next revision of a plan, with its first two stops of a vehicle swapped. */
async function revise({ app }: DispatchDesk, planId: string): Promise<void> {
  const store = await app.store();
  const { planId: _, revision, createdAt: __, ...plan } = await store.plans.get(planId);
  const [route] = plan.routes;
  if (!route) throw new Error("the plan has no route");
  const [first, second, ...rest] = route.stops;
  if (!first || !second) throw new Error("the route has no two stops");
  const stops = [{ ...second, sequence: 1 }, { ...first, sequence: 2 }, ...rest];
  const next = { ...plan, routes: [{ ...route, stops }, ...plan.routes.slice(1)] };
  await store.plans.revise({ planId, expectedRevision: revision, frozenPlates: [], plan: next });
}

describe("an agent that misremembers", () => {
  test("other drivers under a confirmation are a conflict that names them, and nothing is sent", async () => {
    const { call, confirmed, imports } = await agreed();
    const failure = await failureOf(
      call("dispatch_plan", { ...confirmed, drivers: { ...smallDayDrivers, 粤A12345: "x@example.com" } }),
    );
    expect(failure).toMatchObject({ code: "conflict", details: { fields: ["confirmation", "drivers"] } });
    expect(imports()).toBe(0);
  });

  test("a driver who was set anew since the preview is told before anything is sent", async () => {
    const desk = await openDispatchDesk();
    const plan_id = await desk.planSmallDay();
    for (const [license_plate, driver_email] of Object.entries(smallDayDrivers))
      await desk.call("set_driver", { license_plate, driver_email });
    const { confirmed } = await desk.preview({ plan_id });
    await desk.call("set_driver", {
      license_plate: "粤A67890",
      driver_email: "huang.guodong@lingzhi.example",
    });
    const failure = await failureOf(desk.call("dispatch_plan", confirmed));
    expect(failure.code).toBe("conflict");
    expect(failure.message).toContain(liang);
    expect(failure.message).toContain("huang.guodong@lingzhi.example");
    expect(failure.message).not.toContain("粤A12345");
    expect(desk.imports()).toBe(0);
  });

  test("a plan that was revised since the preview is told, and what changed in it", async () => {
    const desk = await agreed();
    await revise(desk, desk.plan_id);
    const failure = await failureOf(desk.call("dispatch_plan", desk.confirmed));
    expect(failure).toMatchObject({ code: "conflict" });
    expect(failure.message).toContain("revision 2");
    expect(failure.message).toContain("粤A12345 come in another order");
    expect(desk.imports()).toBe(0);
  });

  test("a stale revision is a conflict that names the newest; one that never was is not found", async () => {
    const desk = await agreed();
    await revise(desk, desk.plan_id);
    const stale = await failureOf(
      desk.call("dispatch_plan", { plan_id: desk.plan_id, revision: 1, drivers: smallDayDrivers }),
    );
    expect(stale).toMatchObject({ code: "conflict", details: { fields: ["revision"] } });
    expect(stale.message).toContain("is at revision 2");
    const never = await failureOf(desk.call("dispatch_plan", { plan_id: desk.plan_id, revision: 7 }));
    expect(never.code).toBe("not_found");
  });

  test.each([
    [{ license_plates: ["粤A12345", "粤X"] }, "invalid_input", "license_plates[1]"],
    [{ drivers: { 粤X: "x@example.com" } }, "invalid_input", "drivers.粤X"],
    [{ drivers: { 粤A12345: "no e-mail" } }, "invalid_input", "drivers.粤A12345"],
    [{ license_plates: [] }, "invalid_input", "license_plates"],
    [{}, "invalid_input", "drivers"],
    [{ confirmation: "invented", drivers: smallDayDrivers }, "invalid_input", "confirmation"],
  ])("%o is refused by its field and nothing is sent", async (args, code, field) => {
    const desk = await openDispatchDesk();
    const plan_id = await desk.planSmallDay();
    const failure = await failureOf(desk.call("dispatch_plan", { plan_id, ...args }));
    expect(failure).toMatchObject({ code, details: { fields: [field] } });
    expect(desk.imports()).toBe(0);
  });

  test("missing drivers are named with what sets them; known ones alone may go", async () => {
    const desk = await openDispatchDesk();
    const plan_id = await desk.planSmallDay();
    const failure = await failureOf(desk.call("dispatch_plan", { plan_id }));
    expect(failure.message).toContain("粤A12345, 粤A67890");
    expect(failure.details.hint).toContain("set_driver");
    const { confirmed, data } = await desk.preview({ plan_id, drivers: { 粤A67890: liang } });
    expect(data).toMatchObject({
      preview: { jobs_to_create: 1, routes: [{ state: "blocked" }, { state: "ready" }] },
    });
    expect((await desk.call("dispatch_plan", confirmed)).data).toMatchObject({
      status: "partial",
      routes: [{ state: "blocked" }, { state: "dispatched" }],
    });
    await desk.call("set_driver", { license_plate: "粤A12345", driver_email: chen });
    const unseen = await desk.call("dispatch_plan", confirmed);
    expect(unseen.data, "nobody has agreed to that route yet").toMatchObject({
      status: "partial",
      routes: [{ state: "blocked", error: { message: expect.stringContaining("nobody has agreed") } }, {}],
    });
    expect(desk.sandbox.jobs).toHaveLength(1);
    const rest = await desk.preview({ plan_id });
    expect((await desk.call("dispatch_plan", rest.confirmed)).data).toMatchObject({ status: "dispatched" });
    expect(desk.sandbox.jobs).toHaveLength(2);
  });

  test("another driver for a route that is out changes nothing and is told", async () => {
    const { call, plan_id, confirmed, imports } = await agreed();
    await call("dispatch_plan", confirmed);
    const { data } = await call("dispatch_plan", { plan_id, drivers: { 粤A12345: "x@example.com" } });
    expect(data).toMatchObject({
      status: "dispatched",
      repeated: true,
      routes: [{ driver_email: chen }, {}],
    });
    expect(imports()).toBe(2);
  });

  test("a plan without a route says so", async () => {
    const desk = await openDispatchDesk();
    const { data } = await desk.call("plan_load", {
      ...smallDay,
      shipments: [{ id: 9, sales_items: [{ name: "无名", quantity: "1" }] }],
    });
    const failure = await failureOf(desk.call("dispatch_plan", { plan_id: data["plan_id"] }));
    expect(failure).toMatchObject({ code: "invalid_input", details: { fields: ["plan_id"] } });
  });
});

describe("what a person should know", () => {
  test("one driver for two vehicles at a time", async () => {
    const desk = await openDispatchDesk();
    const plan_id = await desk.planSmallDay();
    const { data } = await desk.preview({
      plan_id,
      drivers: { 粤A12345: chen, 粤A67890: chen.toUpperCase() },
    });
    expect(data).toMatchObject({
      preview: { warnings: [expect.stringMatching(/粤A12345 and 粤A67890 at the same time/)] },
    });
  });

  test("drivers that an earlier import resolved are known, others may be invited", async () => {
    const { call, confirmed, preview } = await agreed();
    await call("dispatch_plan", confirmed);
    const { data } = await call("plan_load", {
      ...smallDay,
      start_at: "2026-11-24T08:00:00+08:00",
      shipments: smallDay.shipments.map((shipment) => ({ ...shipment, id: `B${shipment.id}` })),
    });
    const next = await preview({
      plan_id: data["plan_id"],
      drivers: { 粤A12345: chen, 粤A67890: "new@example.com" },
    });
    expect(next.data).toMatchObject({
      preview: {
        routes: [{ driver: "known" }, { driver: "new" }],
        invitations: ["new@example.com"],
        warnings: [],
      },
    });
    const done = await call("dispatch_plan", next.confirmed);
    expect(done.data).toMatchObject({ routes: [{}, { invited: true }] });
    expect(done.text).toContain("invitation");
  });

  test("a vehicle and a driver that are out with another plan at that time", async () => {
    const { call, confirmed, preview } = await agreed();
    await call("dispatch_plan", confirmed);
    const { data } = await call("plan_load", {
      ...smallDay,
      vehicles: [smallDay.vehicles[0], { ...smallDay.vehicles[1], license_plate: "粤A99999" }],
      shipments: smallDay.shipments.map((shipment) => ({ ...shipment, id: `C${shipment.id}` })),
    });
    expect(data["warnings"]).toContainEqual(
      expect.stringMatching(/^粤A12345 is out with plan plan-.* at that time/),
    );
    const { data: shown } = await preview({
      plan_id: data["plan_id"],
      drivers: { 粤A12345: "x@example.com", 粤A99999: liang },
    });
    expect(shown).toMatchObject({
      preview: {
        warnings: [
          expect.stringMatching(/^粤A12345 is out with plan/),
          expect.stringMatching(/liang.*粤A99999 and 粤A67890 of plan .* at the same time/),
        ],
      },
    });
  });

  test("a shipment that is out with another plan holds its route back until it is released", async () => {
    const desk = await openDispatchDesk();
    const [first, second] = [await desk.planSmallDay(), await desk.planSmallDay()];
    const { confirmed } = await desk.preview({
      plan_id: first,
      license_plates: ["粤A12345"],
      drivers: smallDayDrivers,
    });
    await desk.call("dispatch_plan", confirmed);
    const { data } = await desk.preview({ plan_id: second, drivers: smallDayDrivers });
    expect(data).toMatchObject({
      preview: {
        jobs_to_create: 1,
        routes: [
          { state: "blocked", blocked_by: expect.arrayContaining([expect.stringContaining(first)]) },
          { state: "ready" },
        ],
      },
    });
  });
});
