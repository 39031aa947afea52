import { beforeEach, expect, test } from "vitest";
import { type DispatchDesk, openDispatchDesk, smallDayDrivers } from "../../../support/dispatch-desk.ts";
import { failureOf } from "../../../support/failures.ts";
import { smallDay } from "../../../support/small-day.ts";

let desk: DispatchDesk;
beforeEach(async () => {
  desk = await openDispatchDesk();
  for (const [license_plate, driver_email] of Object.entries(smallDayDrivers))
    await desk.call("set_driver", { license_plate, driver_email });
});

type Planned = {
  plan_id: string;
  routes: { license_plate: string; stops: { shipment_ids: unknown[] }[] }[];
  already_dispatched?: { shipment_id: string; plan_id: string }[];
  warnings: string[];
};

async function plan(args: object = {}): Promise<Planned> {
  return (await desk.call("plan_load", { ...smallDay, ...args })).data as Planned;
}

async function dispatch(args: { plan_id: string; license_plates?: string[] }) {
  const { confirmed } = await desk.preview(args);
  return (await desk.call("dispatch_plan", confirmed)).data;
}

const idsOf = ({ routes }: Planned) =>
  routes.flatMap(({ stops }) => stops.flatMap(({ shipment_ids }) => shipment_ids.map(String)));

test("a shipment that came back is released, planned again and goes out with another job, once", async () => {
  const first = await plan();
  expect(await dispatch({ plan_id: first.plan_id })).toMatchObject({ status: "dispatched" });
  expect(idsOf(await plan())).toEqual([]);
  const [back = ""] = idsOf(first);

  const asked = await desk.call("release_shipments", { shipment_ids: [back] });
  const { confirmation } = asked.data;
  await desk.call("release_shipments", { shipment_ids: [back], confirmation });
  const second = await plan({ start_from_plan: first.plan_id });
  expect(idsOf(second)).toEqual([back]);
  expect(second.already_dispatched?.map(({ shipment_id }) => shipment_id)).not.toContain(back);

  expect(await dispatch({ plan_id: second.plan_id })).toMatchObject({ status: "dispatched" });
  expect(desk.imports()).toBe(first.routes.length + 1);
  const third = await plan();
  expect(third.already_dispatched).toContainEqual({
    shipment_id: back,
    plan_id: second.plan_id,
    license_plate: second.routes[0]?.license_plate,
  });
  const old = (await desk.call("get_plan", { plan_id: first.plan_id })).data as Planned;
  expect(idsOf(old)).toContain(back);
});

test("a plan that was made before another one went out is held back where they share shipments", async () => {
  const [first, second] = [await plan(), await plan({ seed: 2 })];
  await dispatch({ plan_id: first.plan_id });
  const refused = await failureOf(dispatch({ plan_id: second.plan_id }));
  expect(refused).toMatchObject({ code: "conflict" });
  expect(refused.message).toContain(first.plan_id);
  expect(desk.imports()).toBe(first.routes.length);
});

test("what goes out while plan_load searches is told in its warnings", async () => {
  const first = await plan();
  const { confirmed } = await desk.preview({ plan_id: first.plan_id });
  const { makePlan } = desk.app;
  desk.app.makePlan = async (request, watch) => {
    const content = await makePlan(request, watch);
    await desk.call("dispatch_plan", confirmed);
    return content;
  };
  const second = await plan();
  expect(idsOf(second)).not.toEqual([]);
  const warning = second.warnings.find((text) => text.includes("while this plan was worked out"));
  expect(warning).toContain(first.plan_id);
});

test("a revision that brings in what is out under another plan is refused", async () => {
  const first = await plan({ shipment_ids: [1, 2] });
  const second = await plan({ shipment_ids: [3, 4] });
  await dispatch({ plan_id: first.plan_id });
  const refused = await failureOf(
    desk.call("revise_plan", {
      plan_id: second.plan_id,
      revision: 1,
      changes: [{ op: "add", shipments: smallDay.shipments.slice(0, 1) }],
    }),
  );
  expect(refused).toMatchObject({ code: "conflict" });
  expect(refused.message).toContain(first.plan_id);
});
