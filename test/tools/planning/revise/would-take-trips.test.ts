import { expect, test } from "vitest";
import { openPlanningWorld } from "../../../support/planning-world.ts";
import { smallDay } from "../../../support/small-day.ts";

test("a shipment that would fit in parts on two trips of one vehicle is brought in by the changes told", async () => {
  const world = await openPlanningWorld();
  const { plan_id, unassigned } = await world.done("plan_load", {
    ...smallDay,
    vehicles: [{ license_plate: "粤A1", material_capacities: [{ material_name: "坯布", capacity: 10 }] }],
    vehicle_rules: [{ license_plates: ["粤A1"], max_trips: 2 }],
    shipments: [6, 6, 8].map((quantity, index) => ({
      ...smallDay.shipments[index],
      sales_items: [{ name: "坯布", quantity: String(quantity) }],
    })),
    time_limit_seconds: 2,
  });
  const [left] = unassigned as [{ shipment_id: number; would_take: { change: string; changes: object[] } }];
  expect(left.would_take).toMatchObject({ change: "split", parts: [{}, {}] });
  await world.done("revise_plan", { plan_id, revision: 1, changes: left.would_take.changes });
  const { routes } = await world.store.plans.get(String(plan_id));
  const trips = routes[0]?.stops.flatMap(({ shipmentIds, trip }) =>
    shipmentIds.includes(left.shipment_id) ? trip : [],
  );
  expect(trips).toEqual([1, 2]);
  await world.close();
});
