import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "../../../../src/sandbox/sandbox.ts";
import { type OsrmServer, roadTravel, startOsrm } from "../../../support/osrm-server.ts";
import { openPlanningWorld, type PlanningWorld } from "../../../support/planning-world.ts";
import { type RevisedPlan, revisedPlan, reviseLineDay } from "../../../support/revised-plan.ts";

describe("a plan of the ERP's area", () => {
  let sandbox: Sandbox;
  let world: PlanningWorld;
  let plan: RevisedPlan;
  let plates: string[];
  let ids: number[];
  beforeEach(async () => {
    sandbox = await startSandbox({ timeScale: 0 });
    world = await openPlanningWorld(sandbox.environment);
    const { vehicles } = await world.done("list_vehicles", {});
    plates = (vehicles as { license_plate: string }[]).map(({ license_plate }) => license_plate);
    const { shipments } = await world.done("list_unshipped_shipments", { area: "天河" });
    ids = (shipments as { id: number }[]).map(({ id }) => id);
    const { plan_id } = await world.done("plan_load", {
      area: "天河",
      vehicles: plates.slice(1),
      shipment_ids: ids.slice(0, 6),
      time_limit_seconds: 20,
    });
    plan = revisedPlan(world, String(plan_id));
  });
  afterEach(async () => {
    await world.close();
    await sandbox.close();
  });

  test("gets a shipment of the area that it was made without, as the ERP has it", async () => {
    const stranger = ids[8]!;
    const data = await plan.revise([{ op: "add", shipment_id: String(stranger) }]);
    expect(data["difference"]).toMatchObject({ moves: [{ shipment_id: stranger, kind: "added" }] });
    const { shipments } = await world.store.plans.get(plan.planId);
    expect(shipments.find(({ id }) => id === stranger)?.customerName).toBeTruthy();
  });

  test("is told of a shipment that the ERP does not have either", async () => {
    const error = await plan.refused([{ op: "add", shipment_id: 999_999 }]);
    expect(error).toMatchObject({ code: "not_found", fields: ["changes[0].shipment_id"] });
    expect(error.hint).toContain("does not have it unshipped either");
  });

  test("gets a vehicle of the ERP with the room that the ERP says, alone or in another's place", async () => {
    const [spare, first] = plates as [string, string];
    const owned = await world.done("get_vehicle", { license_plate: spare });
    await plan.revise([{ op: "set_vehicle", license_plate: spare.toLowerCase(), max_stops: 9 }]);
    const { vehicles } = await world.store.plans.get(plan.planId);
    const added = vehicles.find(({ licensePlate }) => licensePlate === spare);
    const { material_capacities } = owned["vehicle"] as { material_capacities: { capacity: number }[] };
    expect(added?.maxStops).toBe(9);
    expect(added?.materialCapacities.map(({ capacity }) => capacity)).toEqual(
      material_capacities.map(({ capacity }) => capacity),
    );
    const error = await plan.refused([
      { op: "set_vehicle", license_plate: first, new_license_plate: `${spare}X` },
    ]);
    expect(error.hint).toContain(`Did you mean ${spare}?`);
  });

  test("asks the ERP nothing for changes that name what the plan has", async () => {
    const before = sandbox.requests.length;
    await plan.revise([{ op: "set_priority", shipment_id: ids[0]!, priority: 3 }]);
    expect(sandbox.requests).toHaveLength(before);
  });
});

describe("a plan by road", () => {
  let osrm: OsrmServer;
  let world: PlanningWorld;
  beforeEach(async () => {
    osrm = await startOsrm();
    world = await openPlanningWorld({ WAYBILL_MATRIX_URL: osrm.url });
  });
  afterEach(async () => {
    await world.close();
    await osrm.close();
  });

  const nameOf = ({ lat, lng }: { lat: number; lng: number }) => `${lng.toFixed(5)},${lat.toFixed(5)}`;

  test.each(["none", "routes", "all"])("is revised by road with reoptimize %s", async (reoptimize) => {
    const plan = await reviseLineDay(world);
    const change = { op: "move", shipment_id: 4, license_plate: "粤A22222", position: 1 };
    await plan.revise([change], { reoptimize, time_limit_seconds: 20 });
    const { routes, warnings, options } = await world.store.plans.get(plan.planId);
    const { stops } = routes.find(({ licensePlate }) => licensePlate === "粤A22222")!;
    const places = [options.depot, ...stops.map(({ lat, lng }) => ({ lat: lat!, lng: lng! }))].map(nameOf);
    expect(stops.map(({ distanceMeters }) => distanceMeters)).toEqual(
      places.slice(1).map((to, index) => Math.round(roadTravel(places[index]!, to).meters)),
    );
    expect(warnings.filter((warning) => warning.includes("estimated"))).toEqual([]);
  });
});
