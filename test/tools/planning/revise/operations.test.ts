import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openPlanningWorld, type PlanningWorld } from "../../../support/planning-world.ts";
import { type RevisedPlan, reviseLineDay } from "../../../support/revised-plan.ts";

let world: PlanningWorld;
let plan: RevisedPlan;
beforeAll(async () => {
  world = await openPlanningWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  plan = await reviseLineDay(world);
});

type Difference = {
  moves: { shipment_id: number; kind: string; from: object[]; to: object[] }[];
  vehicles: { license_plate: string; loads: object[] }[];
  distance_meters: { more: number };
  agreements: string[];
};
const differenceOf = (data: Record<string, unknown>) => data["difference"] as Difference;
const kindsOf = (data: Record<string, unknown>) =>
  differenceOf(data).moves.map(({ shipment_id, kind }) => [shipment_id, kind]);
const newest = () => world.store.plans.get(plan.planId);

test("move brings a shipment to a vehicle and tells both loads, and the plan before stays as it was", async () => {
  const before = await newest();
  const data = await plan.revise([{ op: "move", shipment_id: 4, license_plate: "粤A22222", position: 1 }]);
  expect(await plan.routes()).toMatchObject({
    粤A11111: [1, 2, 3],
    粤A22222: [4, 5, 6, 7],
    粤A33333: [8, 9],
  });
  expect(data).toMatchObject({
    plan_id: plan.planId,
    previous_revision: before.revision,
    revision: before.revision + 1,
    difference: {
      moves: [
        {
          shipment_id: 4,
          kind: "moved",
          from: [{ license_plate: "粤A11111", stop: 4 }],
          to: [{ license_plate: "粤A22222", stop: 1 }],
        },
      ],
    },
    routes: [{ license_plate: "粤A11111" }, { license_plate: "粤A22222" }],
    unassigned: [],
  });
  const loads = differenceOf(data).vehicles.map(({ loads: [load] }) => load);
  expect(loads).toMatchObject([
    { quantity: { before: "400", after: "300" }, fill: { before: 1, after: 0.75 } },
    { quantity: { before: "300", after: "400" }, notice: "nearly_full" },
  ]);
  expect(await world.store.plans.get(plan.planId, before.revision)).toEqual(before);
});

test("move without a position takes the cheapest place, and several shipments go together", async () => {
  await plan.revise([{ op: "move", shipment_ids: [6, 7], license_plate: "粤A33333" }]);
  expect(await plan.routes()).toMatchObject({ 粤A22222: [5], 粤A33333: [6, 7, 8, 9] });
});

test("swap, reorder and remove do what they say, in one call and in this order", async () => {
  const data = await plan.revise([
    { op: "swap", shipment_id: 1, with_shipment_id: 5 },
    { op: "reorder", license_plate: "粤A33333", shipment_ids: [9, 8] },
    { op: "remove", shipment_ids: [7] },
  ]);
  expect(await plan.routes()).toEqual({ 粤A11111: [5, 2, 3, 4], 粤A22222: [1, 6], 粤A33333: [9, 8] });
  expect(kindsOf(data)).toEqual(
    expect.arrayContaining([
      [7, "removed"],
      [1, "moved"],
      [5, "moved"],
    ]),
  );
  expect(data["unassigned"]).toMatchObject([{ shipment_id: 7, reason: "removed" }]);
});

test("what was removed comes back by add alone, whatever is searched", async () => {
  await plan.revise([{ op: "remove", shipment_id: 9 }]);
  await plan.revise([], { reoptimize: "all", time_limit_seconds: 20 });
  expect((await newest()).unassigned).toMatchObject([{ shipmentId: 9, reason: "removed" }]);
  const data = await plan.revise([{ op: "add", shipment_id: "9", license_plate: "粤A22222" }]);
  expect(kindsOf(data)).toEqual([[9, "added"]]);
  expect((await plan.routes())["粤A22222"]).toContain(9);
});

test("add takes a shipment that nobody knew, and a later change of the same call can move it", async () => {
  const shipment = {
    id: "NEW-1",
    customer_name: "新客户",
    geo_coordinates: { lat: 23.1, lng: 113.3 },
    sales_items: [{ name: "坯布", quantity: 50 }],
  };
  const data = await plan.revise([
    { op: "add", shipments: [shipment], license_plate: "粤A33333" },
    { op: "move", shipment_id: "NEW-1", license_plate: "粤A22222", position: 1 },
  ]);
  expect(kindsOf(data)).toEqual([["NEW-1", "added"]]);
  expect((await plan.routes())["粤A22222"]?.[0]).toBe("NEW-1");
});

test("locks to vehicle and position hold in every later search, until they are unlocked", async () => {
  const data = await plan.revise([
    { op: "move", shipment_id: 9, license_plate: "粤A22222", position: 1 },
    { op: "lock", shipment_id: 9, license_plate: "粤A22222", position: 1 },
  ]);
  expect(differenceOf(data).agreements).toEqual(["lock of 9: 粤A22222, stop 1 (was none)"]);
  await plan.revise([], { reoptimize: "all", time_limit_seconds: 20 });
  expect((await plan.routes())["粤A22222"]?.[0]).toBe(9);
  const error = await plan.refused([{ op: "move", shipment_id: 9, license_plate: "粤A33333" }]);
  expect(error.message).toMatch(/lock/i);
  await plan.revise([{ op: "unlock", shipment_id: 9 }]);
  expect((await newest()).options.locks).toEqual([]);
});

test("split gives a part to another vehicle, and both parts are told", async () => {
  const items = [{ material: "坯布", quantity: "40" }];
  const data = await plan.revise([{ op: "split", shipment_id: 1, license_plate: "粤A33333", items }]);
  expect(differenceOf(data).moves).toMatchObject([
    { shipment_id: 1, kind: "split", to: [{ license_plate: "粤A11111" }, { license_plate: "粤A33333" }] },
  ]);
  const { routes } = await newest();
  const parts = routes.flatMap(({ licensePlate, stops }) =>
    stops.flatMap(({ items: own }) =>
      own.filter(({ shipmentId }) => shipmentId === 1).map(({ quantity }) => [licensePlate, quantity]),
    ),
  );
  expect(parts).toEqual([
    ["粤A11111", "60"],
    ["粤A33333", "40"],
  ]);
});

describe("set_vehicle", () => {
  test("takes a vehicle out of service: what it carried is left out until a search finds it a place", async () => {
    const data = await plan.revise([{ op: "set_vehicle", license_plate: "粤A22222", out_of_service: true }]);
    expect(await plan.routes()).toEqual({ 粤A11111: [1, 2, 3, 4], 粤A33333: [8, 9] });
    expect(data["unassigned"]).toMatchObject(
      [5, 6, 7].map((shipment_id) => ({ shipment_id, reason: "vehicle_withdrawn" })),
    );
    expect(differenceOf(data).agreements).toEqual(["vehicle 粤A22222 is out of service"]);
    const again = await plan.revise([], { reoptimize: "all", time_limit_seconds: 20 });
    expect(kindsOf(again).filter(([, kind]) => kind === "served")).toHaveLength(3);
  });

  test("lets another plate drive the route", async () => {
    await plan.revise([{ op: "set_vehicle", license_plate: "粤A22222", new_license_plate: "粤B99999" }]);
    expect((await plan.routes())["粤B99999"]).toEqual([5, 6, 7]);
  });

  test("brings in a vehicle that the plan did not have, with the room that is given", async () => {
    const material_capacities = [{ material_name: "坯布", capacity: 200 }];
    await plan.revise([
      { op: "set_vehicle", license_plate: "粤B12345", material_capacities },
      { op: "move", shipment_ids: [1, 2], license_plate: "粤B12345" },
    ]);
    expect(new Set((await plan.routes())["粤B12345"])).toEqual(new Set([1, 2]));
  });

  test("lets it end elsewhere, and one answer to where it ends takes the place of the other", async () => {
    const end = { lat: 23.1, lng: 113.4 };
    await plan.revise([{ op: "set_vehicle", license_plate: "粤A33333", end }]);
    const route = async () => (await newest()).routes.find(({ licensePlate }) => licensePlate === "粤A33333");
    expect((await route())?.end).toEqual(end);
    await plan.revise([{ op: "set_vehicle", license_plate: "粤A33333", return_to_depot: false }]);
    expect((await route())?.end).toBeNull();
    const error = await plan.refused([
      { op: "set_vehicle", license_plate: "粤A33333", return_to_depot: true, end },
    ]);
    expect(error).toMatchObject({ code: "invalid_input", fields: ["changes[0]"] });
  });

  test("changes its room and rules, and later changes are held to them", async () => {
    await plan.revise([
      {
        op: "set_vehicle",
        license_plate: "粤A33333",
        material_capacities: [{ material_name: "坯布", capacity: 250 }],
        max_stops: 3,
      },
    ]);
    const vehicle = (await newest()).vehicles.find(({ licensePlate }) => licensePlate === "粤A33333");
    expect(vehicle).toMatchObject({
      maxStops: 3,
      materialCapacities: [{ materialName: "坯布", capacity: 250 }],
    });
    const error = await plan.refused([{ op: "move", shipment_id: 1, license_plate: "粤A33333" }]);
    expect(error).toMatchObject({ code: "infeasible", fields: [expect.stringContaining("changes[0]")] });
    expect(error.message).toContain("50");
  });
});

test("set_window and set_priority are kept and told; several shipments at once", async () => {
  const data = await plan.revise([
    { op: "set_window", shipment_id: 3, end_at: "2026-11-23T12:00:00+08:00" },
    { op: "set_priority", shipment_ids: [1, 2], priority: 90 },
  ]);
  const { options } = await newest();
  expect(options.timeWindows).toEqual([{ shipmentId: 3, endAt: "2026-11-23T12:00:00+08:00" }]);
  expect(options.priorities).toEqual([
    { shipmentId: 1, priority: 90 },
    { shipmentId: 2, priority: 90 },
  ]);
  expect(differenceOf(data).agreements).toHaveLength(3);
  await plan.revise([{ op: "set_window", shipment_id: 3 }]);
  expect((await newest()).options.timeWindows).toEqual([]);
});

test("routes finds the best order on the vehicles touched and moves nobody to another", async () => {
  await plan.revise([{ op: "reorder", license_plate: "粤A11111", shipment_ids: [3, 1, 4, 2] }]);
  const shuffled = await newest();
  const data = await plan.revise([], { reoptimize: "routes" });
  expect(differenceOf(data).distance_meters.more).toBeLessThan(0);
  const routes = await plan.routes();
  expect(new Set(routes["粤A11111"])).toEqual(new Set([1, 2, 3, 4]));
  expect((await newest()).quality.distanceMeters).toBeLessThan(shuffled.quality.distanceMeters);
});

test("a search that finds nothing better leaves every route as it was, and turns none round", async () => {
  await plan.revise([], { reoptimize: "all", time_limit_seconds: 20 });
  const { routes } = await newest();
  for (const reoptimize of ["all", "routes"]) {
    const data = await plan.revise([], { reoptimize, time_limit_seconds: 20 });
    expect(differenceOf(data)).toMatchObject({ moves: [], vehicles: [] });
  }
  expect((await newest()).routes).toEqual(routes);
});

describe("a search with too little room for all", () => {
  /** 9 and 8 of the third truck remain, and 1 to 7 wait for the room of one truck more. */
  const shorten = async () => {
    await plan.revise([
      { op: "set_vehicle", license_plate: "粤A11111", out_of_service: true },
      { op: "set_vehicle", license_plate: "粤A22222", out_of_service: true },
    ]);
  };

  test("leaves nobody out who was on a route, and takes in as many others as fit", async () => {
    await shorten();
    const data = await plan.revise([], { reoptimize: "all", time_limit_seconds: 20 });
    const kinds = kindsOf(data).map(([, kind]) => kind);
    expect(kinds.filter((kind) => kind === "served")).toHaveLength(3);
    expect(kinds).not.toContain("left_out");
    expect((await plan.routes())["粤A33333"]).toEqual(expect.arrayContaining([8, 9]));
  });

  test("leaves somebody out for a higher priority, and says so first", async () => {
    await shorten();
    const changes = [{ op: "set_priority", shipment_ids: [1, 2, 3, 4], priority: 50 }];
    const data = await plan.revise(changes, { reoptimize: "all", time_limit_seconds: 20 });
    expect(differenceOf(data).moves[0]).toMatchObject({ kind: "left_out" });
    expect((await plan.routes())["粤A33333"]).toEqual(expect.arrayContaining([1, 2, 3, 4]));
    expect((await newest()).options.priorities).toHaveLength(4);
  });
});
