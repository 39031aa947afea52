import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "../../../src/sandbox/sandbox.ts";
import { connectStdio, type TestClient } from "../../support/clients.ts";
import { smallDay } from "../../support/small-day.ts";

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

type Stop = { shipment_ids: number[]; arrive_at: string; late_seconds?: number };
type Route = {
  license_plate: string;
  stops: Stop[];
  depart_at: string;
  finish_at: string;
  distance_meters: number;
  start?: object;
  end?: object | null;
  breaks?: { start_at: string; minutes: number }[];
};
type Plan = {
  plan_id: string;
  objective: string;
  routes: Route[];
  unassigned: { shipment_id: number; reason: string; message: string }[];
  quality: Record<string, unknown>;
};

async function plan(args: Record<string, unknown>): Promise<Plan> {
  const result = await client.call("plan_load", { ...smallDay, time_limit_seconds: 20, ...args });
  expect(result.isError, result.text).toBe(false);
  return result.data as Plan;
}

async function refusal(args: Record<string, unknown>) {
  const result = await client.call("plan_load", { ...smallDay, ...args });
  expect(result.isError, result.text).toBe(true);
  return result.data["error"] as { code: string; message: string; hint: string; fields: string[] };
}

const idsOf = ({ stops }: Route) => stops.flatMap(({ shipment_ids: ids }) => ids);
const plateOf = (made: Plan, id: number) =>
  made.routes.find((route) => idsOf(route).includes(id))?.license_plate;
const clock = (instant: string) => instant.slice(11, 16);
const [big, small] = smallDay.vehicles.map(({ license_plate: plate }) => plate) as [string, string];
const twoPlates = { license_plates: [big] };

describe("vehicle_rules", () => {
  test("keep each vehicle within its shift, the later rule before the earlier", async () => {
    const made = await plan({
      vehicle_rules: [
        { shift_start: "09:00", shift_end: "17:00" },
        { ...twoPlates, shift_start: "10:30" },
      ],
    });
    const departs = new Map(made.routes.map((route) => [route.license_plate, clock(route.depart_at)]));
    expect(departs.get(big)! >= "10:30").toBe(true);
    expect(departs.get(small)! >= "09:00").toBe(true);
    for (const { finish_at: end } of made.routes) expect(clock(end) <= "17:00").toBe(true);
  });

  test("give a break to a vehicle that is out in it, and none to one that is home before", async () => {
    const breaks = [{ from: "08:05", until: "09:00", minutes: 30 }];
    const made = await plan({ vehicle_rules: [{ breaks }] });
    for (const route of made.routes) {
      expect(route.breaks).toHaveLength(1);
      expect(route.breaks![0]!.minutes).toBe(30);
      const began = clock(route.breaks![0]!.start_at);
      expect(began >= "08:05" && began <= "08:30").toBe(true);
    }
    const early = await plan({
      vehicle_rules: [{ breaks: [{ from: "16:00", until: "17:00", minutes: 30 }] }],
    });
    for (const route of early.routes) expect(route).not.toHaveProperty("breaks");
  });

  test("send a vehicle after its break with what is ready only then, and count no break that it is not out for", async () => {
    const breaks = [{ from: "11:30", until: "13:30", minutes: 45 }];
    const every = smallDay.shipments.map(({ id }) => id);
    const ready_at = `${smallDay.start_at.slice(0, 10)}T14:00:00+08:00`;
    const late = await plan({
      vehicle_rules: [{ breaks }],
      shipment_rules: [{ shipment_ids: every, ready_at }],
    });
    expect(late.unassigned).toEqual([]);
    for (const route of late.routes) {
      expect(clock(route.depart_at) >= "14:00").toBe(true);
      expect(route).not.toHaveProperty("breaks");
    }
    const plain = await plan({});
    const longest = Math.max(
      ...plain.routes.map(
        ({ depart_at: from, finish_at: to }) => (Date.parse(to) - Date.parse(from)) / 60_000,
      ),
    );
    const tight = await plan({ vehicle_rules: [{ breaks, max_minutes: Math.ceil(longest) }] });
    expect(tight.unassigned).toEqual([]);
  });

  test("tell the date of times on another day than the plan's", async () => {
    const vehicle_rules = [{ shift_start: "23:50", shift_end: "06:00" }];
    const made = await client.call("plan_load", { ...smallDay, time_limit_seconds: 20, vehicle_rules });
    expect(made.text).toMatch(/, 23:50 to 2026-11-24 0\d:\d\d; /);
  });

  test("let a vehicle start and end at places of its own", async () => {
    const start = { lat: 23.2, lng: 113.3 };
    const made = await plan({
      vehicle_rules: [
        { license_plates: [big], start },
        { license_plates: [small], return_to_depot: false },
      ],
    });
    const routeOf = (plate: string) => made.routes.find(({ license_plate }) => license_plate === plate);
    expect(routeOf(big)).toMatchObject({ start, end: start });
    expect(routeOf(small)).toMatchObject({ end: null });
    const picture = await client.call("render_plan", { plan_id: made.plan_id, format: "geojson" });
    expect(picture.isError).toBe(false);
  });

  test("weigh costs, which are then what the plan makes small", async () => {
    const made = await plan({
      vehicles: [...smallDay.vehicles, { ...smallDay.vehicles[0], license_plate: "粤A00001" }],
      vehicle_rules: [
        { fixed_yuan: 300, yuan_per_km: "2.50" },
        { license_plates: ["粤A00001"], fixed_yuan: 100 },
        { license_plates: [small], fixed_yuan: 50.5 },
      ],
    });
    expect(made.objective).toBe("lowest_cost");
    const used = new Set(made.routes.map(({ license_plate }) => license_plate));
    expect(used).toEqual(new Set(["粤A00001", small]));
    const kilometers = made.routes.reduce((sum, { distance_meters: meters }) => sum + meters / 1000, 0);
    expect(Number(made.quality["cost_yuan"])).toBeCloseTo(150.5 + 2.5 * kilometers, 1);
    expect(made.quality).toMatchObject({ status: "gap", gap_to: "fixed_costs", least_vehicles: 2 });
  });

  test("prove a plan that costs as little as any can", async () => {
    const made = await plan({ vehicle_rules: [{ fixed_yuan: 300 }] });
    expect(made.quality).toMatchObject({ status: "optimal", cost_yuan: "600.00", least_vehicles: 2 });
  });

  test("limit kilometers, minutes and stops of one vehicle", async () => {
    const made = await plan({ vehicle_rules: [{ license_plates: [big], max_stops: 2 }, { max_km: 60 }] });
    const route = made.routes.find(({ license_plate }) => license_plate === big);
    expect(route!.stops.length).toBeLessThanOrEqual(2);
    for (const { distance_meters: meters } of made.routes) expect(meters).toBeLessThanOrEqual(60_000);
    expect(made.unassigned).toHaveLength(1);
    expect(made.unassigned[0]!.message).toMatch(/It would fit with 1 stop more on 粤A12345/);
  });
});

describe("shipment_rules and groups", () => {
  test("keep shipments on and off vehicles, together and apart", async () => {
    const made = await plan({
      shipment_rules: [
        { shipment_ids: [1], only_vehicles: [small] },
        { shipment_ids: [2], not_vehicles: [small] },
      ],
      same_vehicle: [[1, 5]],
      different_vehicles: [[3, 4]],
    });
    expect(made.unassigned).toEqual([]);
    expect([plateOf(made, 1), plateOf(made, 5), plateOf(made, 2)]).toEqual([small, small, big]);
    expect(plateOf(made, 3)).not.toBe(plateOf(made, 4));
  });

  test("let a vehicle wait for goods that are not ready", async () => {
    const ready_at = "2026-11-23T11:00:00+08:00";
    const made = await plan({ shipment_rules: [{ shipment_ids: [4], ready_at }] });
    const route = made.routes.find((one) => idsOf(one).includes(4))!;
    expect(Date.parse(route.depart_at)).toBeGreaterThanOrEqual(Date.parse(ready_at));
  });

  test("leave an optional shipment out where serving costs more, and say so", async () => {
    const args = { vehicle_rules: [{ fixed_yuan: 100, yuan_per_km: 3 }] };
    const cheap = await plan({ ...args, shipment_rules: [{ shipment_ids: [6], penalty_yuan: 1 }] });
    expect(cheap.unassigned).toMatchObject([{ shipment_id: 6, reason: "not_worth_it" }]);
    expect(cheap.unassigned[0]!.message).toMatch(/yuan more than its penalty/);
    const dear = await plan({ ...args, shipment_rules: [{ shipment_ids: [6], penalty_yuan: 5000 }] });
    expect(dear.unassigned).toEqual([]);
  });

  test("let a window be passed at a price", async () => {
    const args = {
      vehicle_rules: [{ yuan_per_km: 1 }],
      time_windows: [{ shipment_id: 6, end_at: "2026-11-23T08:01:00+08:00" }],
    };
    const hard = await plan(args);
    expect(hard.unassigned).toMatchObject([{ shipment_id: 6, reason: "time_window" }]);
    const soft = await plan({ ...args, shipment_rules: [{ shipment_ids: [6], late_yuan_per_hour: 20 }] });
    expect(soft.unassigned).toEqual([]);
    const late = soft.routes.flatMap(({ stops }) => stops).filter((stop) => stop.late_seconds !== undefined);
    expect(late.map(({ shipment_ids: ids }) => ids)).toEqual([[6]]);
  });

  test("count minutes of a shipment's own", async () => {
    const only = { shipment_ids: [3] };
    const minutesOf = ({ routes: [route] }: Plan) =>
      (Date.parse(route!.finish_at) - Date.parse(route!.depart_at)) / 60_000;
    const usual = await plan(only);
    const long = await plan({ ...only, shipment_rules: [{ shipment_ids: [3], service_minutes: 45 }] });
    expect(minutesOf(long) - minutesOf(usual)).toBeCloseTo(35, 5);
  });

  test("keep materials apart that must not ride together", async () => {
    const ofMaterial = (id: number) => (id % 2 === 0 ? "坯布" : "成品");
    const made = await plan({
      vehicles: smallDay.vehicles.map((vehicle) => ({
        ...vehicle,
        material_capacities: ["坯布", "成品"].map((material_name) => ({ material_name, capacity: 400 })),
      })),
      shipments: smallDay.shipments.map((one) => ({
        ...one,
        sales_items: [{ name: ofMaterial(one.id), quantity: 100 }],
      })),
      separate_materials: [["坯布", "成品"]],
    });
    expect(made.unassigned).toEqual([]);
    for (const route of made.routes) expect(new Set(idsOf(route).map(ofMaterial)).size).toBe(1);
  });
});

describe("start_from_plan", () => {
  test("warns where no vehicle of it brings any of these shipments", async () => {
    const first = await client.call("plan_load", { ...smallDay, time_limit_seconds: 20 });
    const vehicles = [{ ...smallDay.vehicles[0], license_plate: "粤Z99999" }];
    const start_from_plan = first.data["plan_id"];
    const other = await client.call("plan_load", { ...smallDay, vehicles, start_from_plan });
    expect(other.data["warnings"]).toContain(
      `No vehicle of plan ${start_from_plan} brings any of these shipments: the search began anew.`,
    );
  });

  test("is never worse than the plan it begins with", async () => {
    const first = await plan({ objective: "shortest_distance", seed: 3 });
    const again = await plan({ objective: "shortest_distance", seed: 4, start_from_plan: first.plan_id });
    const meters = ({ quality }: Plan) => Number(quality["distance_meters"]);
    expect(meters(again)).toBeLessThanOrEqual(meters(first));
  });

  test("names the argument that finds no plan", async () => {
    expect(await refusal({ start_from_plan: "plan-19990101-none" })).toMatchObject({
      code: "not_found",
      fields: ["start_from_plan"],
    });
    expect(await refusal({ start_from_revision: 2 })).toMatchObject({ fields: ["start_from_revision"] });
  });
});

const wrong: { args: Record<string, unknown>; field: string; teaches: RegExp }[] = [
  {
    args: { vehicle_rules: [{ shiftend: "17:00" }] },
    field: "vehicle_rules[0].shiftend",
    teaches: /did you mean `shift_end`/,
  },
  {
    args: { vehicles: [{ ...smallDay.vehicles[0], shift_end: "17:00" }] },
    field: "vehicles[0].shift_end",
    teaches: /`shift_end` in `vehicle_rules`/,
  },
  {
    args: { vehicle_rules: [{ shift_end: "5pm" }] },
    field: "vehicle_rules[0].shift_end",
    teaches: /07:30, or ISO 8601/,
  },
  {
    args: { vehicle_rules: [{ breaks: [{ from: "12:00", until: "12:30", minutes: 45 }] }] },
    field: "vehicle_rules[0].breaks[0]",
    teaches: /more minutes than/,
  },
  {
    args: { vehicle_rules: [{ license_plates: ["粤Z"], max_stops: 3 }] },
    field: "vehicle_rules[0].license_plates[0]",
    teaches: /none of the plan's vehicles/,
  },
  {
    args: { vehicle_rules: [{ end: { lat: 23, lng: 113 }, return_to_depot: true }] },
    field: "vehicle_rules[0]",
    teaches: /end or return_to_depot, not both/,
  },
  {
    args: {
      vehicle_rules: [{ shift_start: "2026-11-23T12:00:00+08:00", shift_end: "2026-11-23T08:00:00+08:00" }],
    },
    field: "vehicle_rules.shift_end",
    teaches: /before it starts/,
  },
  {
    args: { vehicle_rules: [{ fixed_yuan: 1 }], objective: "balanced" },
    field: "objective",
    teaches: /looks at no costs/,
  },
  { args: { objective: "lowest_cost" }, field: "objective", teaches: /no vehicle has a cost/ },
  {
    args: { shipment_rules: [{ shipment_ids: [1], penalty_yuan: 5 }] },
    field: "shipment_rules[0]",
    teaches: /no vehicle has a cost/,
  },
  {
    args: { shipment_rules: [{ shipment_ids: [1, 77], service_minutes: 5 }] },
    field: "shipment_rules[0].shipment_ids[1]",
    teaches: /none of the shipments/,
  },
  {
    args: {
      vehicle_rules: [{ yuan_per_km: 1 }],
      shipment_rules: [{ shipment_ids: [1], late_yuan_per_hour: 5 }],
    },
    field: "shipment_rules.late_yuan_per_hour",
    teaches: /exactly one time_windows entry with end_at/,
  },
  {
    args: { shipment_rules: [{ shipment_ids: [1], only_vehicles: [big], not_vehicles: [big] }] },
    field: "shipment_rules[0]",
    teaches: /leaves no vehicle/,
  },
  {
    args: {
      different_vehicles: [
        [1, 2],
        [2, 3],
      ],
    },
    field: "different_vehicles[1]",
    teaches: /join the two groups/,
  },
  { args: { same_vehicle: [[1, 99]] }, field: "same_vehicle[0][1]", teaches: /none of the shipments/ },
  {
    args: { separate_materials: [["坯布", "坯部"]] },
    field: "separate_materials[0][1]",
    teaches: /known are 坯布/,
  },
];

test.each(wrong)("$field is refused with what to do instead", async ({ args, field, teaches }) => {
  const error = await refusal(args);
  expect(error).toMatchObject({ code: "invalid_input", fields: [field] });
  expect(error.message).toMatch(teaches);
  expect(error.hint).not.toBe("");
});
