import { smallDay } from "../small-day.ts";
import type { Example } from "./example.ts";

let plans = 0;

/** A plan with one vehicle and two shipments that no other plan has: what is out is left out of later plans. */
export const dispatchExample: Example = async ({ call }) => {
  const plate = `粤D${10_000 + ++plans}`;
  const { data } = await call("plan_load", {
    ...smallDay,
    vehicles: [{ ...smallDay.vehicles[0], license_plate: plate }],
    shipments: smallDay.shipments
      .slice(0, 2)
      .map((shipment) => ({ ...shipment, id: `OUT-${plans}-${shipment.id}` })),
  });
  return { plan_id: data["plan_id"], drivers: { [plate]: "driver@example.com" } };
};

/** Shipments that are out: only what is out can be released. */
export const releaseExample: Example = async (world) => {
  const args = await dispatchExample(world);
  const { confirmation } = (await world.call("dispatch_plan", args)).data;
  if (confirmation !== undefined) await world.call("dispatch_plan", { ...args, confirmation });
  return { shipment_ids: smallDay.shipments.slice(0, 2).map(({ id }) => `OUT-${plans}-${id}`) };
};
