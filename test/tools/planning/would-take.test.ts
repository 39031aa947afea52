import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "../../../src/sandbox/sandbox.ts";
import { connectStdio, type TestClient } from "../../support/clients.ts";
import { depot, eastOfDepot } from "../../support/plan-request.ts";

let sandbox: Sandbox;
let client: TestClient;
beforeAll(async () => {
  sandbox = await startSandbox({ timeScale: 0 });
  client = await connectStdio("v2 auto", { env: sandbox.environment });
});
afterAll(async () => {
  await client.close();
  await sandbox.close();
});

type WouldTake = { change: string; changes?: object[]; text: string };
type Plan = {
  plan_id: string;
  revision: number;
  routes: { license_plate: string; stops: { shipment_ids: number[]; trip?: number }[] }[];
  unassigned: { shipment_id: number; message: string; would_take?: WouldTake }[];
  what_would_help?: (WouldTake & { brings_in: number; shipment_ids: number[]; tried: boolean })[];
};

const at = (time: string) => `2026-11-23T${time}:00+08:00`;

function shipment(id: number, rolls: number | string, kilometers = 5) {
  return {
    id,
    customer_name: `客户${id}`,
    address: `${id} 号`,
    geo_coordinates: eastOfDepot(kilometers),
    sales_items: [{ name: "坯布", quantity: String(rolls) }],
  };
}

function vehicle(plate: string, rolls: number) {
  return {
    license_plate: plate,
    material_capacities: [
      { material_name: "坯布", capacity: rolls },
      { material_name: "成品", capacity: 20 },
    ],
  };
}

async function plan(args: Record<string, unknown>): Promise<Plan> {
  const { data, text, isError } = await client.call("plan_load", {
    depot,
    start_at: at("08:00"),
    time_limit_seconds: 20,
    ...args,
  });
  expect(isError, text).toBe(false);
  return data as Plan;
}

/** What is told is given to revise_plan just as it is. */
async function revise({ plan_id, revision }: Plan, { changes }: WouldTake): Promise<Plan> {
  expect(changes).toBeDefined();
  const revised = await client.call("revise_plan", { plan_id, revision, changes });
  expect(revised.isError, revised.text).toBe(false);
  const { data } = await client.call("get_plan", { plan_id });
  return data as Plan;
}

const servedBy = ({ routes }: Plan) =>
  routes.flatMap(({ stops }) => stops.flatMap(({ shipment_ids: ids }) => ids)).toSorted((a, b) => a - b);

const truck = vehicle("粤A12345", 100);
const far = [shipment(1, 1, 40)];
const rule = (more: object) => ({ shipments: far, vehicles: [truck], vehicle_rules: [more] });

const days: Record<string, Record<string, unknown>> = {
  later_window: {
    shipments: far,
    vehicles: [truck],
    time_windows: [{ shipment_id: 1, start_at: at("08:15"), end_at: at("08:45") }],
  },
  "later_window of a lock": {
    shipments: far,
    vehicles: [truck],
    locks: [{ shipment_id: 1, license_plate: "粤A12345", not_after: at("08:45") }],
  },
  later_shift: rule({ shift_end: "10:00" }),
  more_minutes: rule({ max_minutes: 120 }),
  more_kilometers: rule({ max_km: 80.5 }),
  more_stops: {
    shipments: [shipment(1, 1), shipment(2, 1, 40)],
    vehicles: [truck],
    vehicle_rules: [{ max_stops: 1 }],
  },
  more_trips: { shipments: [shipment(1, 95), shipment(2, 40, 40)], vehicles: [truck] },
  larger_vehicle: { shipments: [shipment(1, 95), shipment(2, "10.5", 12)], vehicles: [truck] },
  another_vehicle: { shipments: [shipment(1, 10), shipment(2, 250)], vehicles: ["粤A2B871"] },
  split: { shipments: [shipment(1, "140.25")], vehicles: [truck, vehicle("粤B12345", 60)] },
  "unlock a position": {
    shipments: [shipment(1, 1), shipment(2, 1, 7)],
    vehicles: [truck],
    locks: [{ shipment_id: 1, position: 3 }],
  },
  "unlock a vehicle": {
    shipments: [shipment(1, 95)],
    vehicles: [truck, vehicle("粤B12345", 80)],
    locks: [{ shipment_id: 1, license_plate: "粤B12345" }],
  },
};

describe("would_take.changes, given to revise_plan as they are", () => {
  test.each(Object.entries(days))("%s: bring the shipment in", async (name, args) => {
    const made = await plan(args);
    expect(made.unassigned, JSON.stringify(made.unassigned)).toHaveLength(1);
    const [{ shipment_id: id, would_take: told, message }] = made.unassigned as [Plan["unassigned"][number]];
    expect(told, message).toMatchObject({ change: name.split(" ")[0] });
    expect(message).toContain(`It would fit ${told!.text}`);
    const revised = await revise(made, told!);
    expect(revised.unassigned).toEqual([]);
    expect([...new Set(servedBy(revised))]).toEqual([...servedBy(made), id].toSorted((a, b) => a - b));
  });

  test("a vehicle that was not offered comes with the rules that hold for all", async () => {
    const made = await plan({
      ...days["another_vehicle"],
      vehicle_rules: [{ shift_end: "18:00" }, { license_plates: ["粤A2B871"], max_stops: 9 }],
    });
    const [left] = made.unassigned;
    const { spare_license_plate: plate, changes } = left!.would_take as WouldTake & Record<string, unknown>;
    expect(changes).toEqual([
      { op: "set_vehicle", license_plate: plate, out_of_service: false, shift_end: "18:00" },
      { op: "add", shipment_ids: [2], license_plate: plate },
    ]);
    expect(servedBy(await revise(made, left!.would_take!))).toEqual([1, 2]);
  });

  test("put in its place a vehicle that the plan was not offered", async () => {
    const { data } = await client.call("list_vehicles", {});
    const { vehicles } = data as { vehicles: ReturnType<typeof vehicle>[] };
    const roomOf = (one: ReturnType<typeof vehicle>) =>
      one.material_capacities.find(({ material_name: name }) => name === "坯布")?.capacity ?? 0;
    const [large, small] = vehicles
      .toSorted((a, b) => roomOf(b) - roomOf(a))
      .filter((one) => roomOf(one) > 0);
    const shipments = [shipment(1, roomOf(small!) - 2), shipment(2, 3, 40)];
    const made = await plan({ shipments, vehicles: [small!.license_plate] });
    const told = made.unassigned[0]!.would_take!;
    expect(told).toMatchObject({
      change: "larger_vehicle",
      license_plate: small!.license_plate,
      spare_license_plate: large!.license_plate,
      room: [{ material: "坯布", quantity: "1" }],
    });
    const revised = await revise(made, told);
    expect(revised.routes.map(({ license_plate: plate }) => plate)).toEqual([large!.license_plate]);
    expect(servedBy(revised)).toEqual([1, 2]);
  });

  test("bring in several by one trip more", async () => {
    const shipments = Array.from({ length: 17 }, (_, index) => shipment(index + 1, 50, 1 + (index % 7)));
    const made = await plan({ shipments, vehicles: [vehicle("粤A12345", 300), vehicle("粤B12345", 250)] });
    const [best] = made.what_would_help!;
    expect(best).toMatchObject({
      change: "more_trips",
      license_plate: "粤A12345",
      brings_in: 6,
      tried: true,
    });
    const revised = await revise(made, best!);
    expect(servedBy(revised)).toEqual([...servedBy(made), ...best!.shipment_ids].toSorted((a, b) => a - b));
    const stops = revised.routes.find(({ license_plate: plate }) => plate === "粤A12345")!.stops;
    expect(stops.filter(({ trip }) => trip === 2).flatMap(({ shipment_ids: ids }) => ids)).toHaveLength(6);
    // What was tried on the routes before says nothing of those after.
    expect(revised.unassigned).toHaveLength(made.unassigned.length - 6);
    for (const { would_take, message } of revised.unassigned) {
      expect(would_take).toBeUndefined();
      expect(message).not.toContain("It would fit");
    }
  });
});
