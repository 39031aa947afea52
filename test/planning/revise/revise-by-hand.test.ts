import { describe, expect, test } from "vitest";
import { Failure } from "../../../src/domain/failure.ts";
import type { Plan, PlanOptions } from "../../../src/domain/plan.ts";
import type { PlanChange, Reoptimize } from "../../../src/domain/plan-change.ts";
import type { Vehicle } from "../../../src/domain/vehicle.ts";
import { eastOfDepot, planRequest, shipment, vehicle } from "../../support/plan-request.ts";
import { planNow, reviseNow } from "../../support/revise-now.ts";

const [a, b] = ["粤A00001", "粤A00002"];

/** Customers on a line east of the depot: 1 and 2 ride on the first vehicle, 3 and 4 on the second. */
function dayPlan(options: Partial<PlanOptions> = {}, rules: Partial<Vehicle> = {}): Plan {
  const at = (id: number, kilometers: number) =>
    shipment(
      id,
      { 坯布: 20 },
      {
        customer: id,
        customerName: `客户${id}`,
        address: `${id}号`,
        geoCoordinates: eastOfDepot(kilometers),
      },
    );
  const locks = [1, 2, 3, 4].map((id) => ({ shipmentId: id, licensePlate: id < 3 ? a : b }));
  const shipments = [at(1, 5), at(2, 10), at(3, 6), at(4, 11)];
  const vehicles = [{ ...vehicle(a, { 坯布: 50 }), ...rules }, vehicle(b, { 坯布: 100, 成品: 10 })];
  const plan = planNow(
    planRequest(shipments, vehicles, { objective: "shortest_distance", ...options, locks }),
  );
  return { ...plan, options: { ...plan.options, locks: options.locks ?? [] } };
}

/** "粤A00001: 1 2 | 粤A00002: 3 4" */
const stand = ({ routes }: Plan) =>
  routes
    .map(
      ({ licensePlate, stops }) =>
        `${licensePlate}: ${stops.map(({ shipmentIds }) => shipmentIds.join("+")).join(" ")}`,
    )
    .join(" | ");

function refusal(plan: Plan, changes: PlanChange[], asked: { mode?: Reoptimize; frozen?: string[] } = {}) {
  try {
    return { stand: stand(reviseNow(plan, changes, asked)) };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { code: error.code, message: error.message, ...error.details };
  }
}

const move = (shipmentIds: number[], licensePlate: string, position?: number): PlanChange => ({
  op: "move",
  shipmentIds,
  licensePlate,
  ...(position !== undefined && { position }),
});

describe("a change", () => {
  test.each<[string, PlanChange[], string]>([
    ["moves a shipment to the cheapest place", [move([1], b)], `${a}: 2 | ${b}: 1 3 4`],
    ["moves to a position", [move([1], b, 3)], `${a}: 2 | ${b}: 3 4 1`],
    ["moves within a route", [move([4], b, 1)], `${a}: 1 2 | ${b}: 4 3`],
    ["empties a vehicle", [move([1, 2], b)], `${b}: 1 3 2 4`],
    ["swaps two shipments", [{ op: "swap", shipmentId: 1, withShipmentId: 4 }], `${a}: 4 2 | ${b}: 3 1`],
    ["removes a shipment", [{ op: "remove", shipmentIds: [1] }], `${a}: 2 | ${b}: 3 4`],
    ["reorders a route", [{ op: "reorder", licensePlate: a, shipmentIds: [2, 1] }], `${a}: 2 1 | ${b}: 3 4`],
    ["is made on what the one before left", [move([1], b), move([1], a)], `${a}: 1 2 | ${b}: 3 4`],
    [
      "adds a new shipment where it costs least",
      [{ op: "add", shipments: [shipment(9, { 坯布: 5 }, { geoCoordinates: eastOfDepot(10.5) })] }],
      `${a}: 1 2 | ${b}: 3 9 4`,
    ],
    [
      "splits a shipment, exactly",
      [{ op: "split", shipmentId: 1, licensePlate: b, items: [{ material: "坯布", quantity: "7.25" }] }],
      `${a}: 1 2 | ${b}: 1 3 4`,
    ],
    [
      "gives a vehicle another plate",
      [{ op: "set_vehicle", licensePlate: a, newLicensePlate: "粤B77777" }],
      `粤B77777: 1 2 | ${b}: 3 4`,
    ],
  ])("%s", (_, changes, expected) => {
    expect(refusal(dayPlan(), changes)).toEqual({ stand: expected });
  });

  test("that splits leaves both parts with exact quantities, and a later search keeps them", () => {
    const items = [{ material: "坯布", quantity: "7.25" }];
    const split = reviseNow(dayPlan(), [{ op: "split", shipmentId: 1, licensePlate: b, items }]);
    const partsOf = ({ routes }: Plan) =>
      routes.flatMap(({ licensePlate, stops }) =>
        stops.flatMap((stop) =>
          stop.items
            .filter(({ shipmentId }) => shipmentId === 1)
            .map(({ quantity }) => `${licensePlate} ${quantity}`),
        ),
      );
    expect(partsOf(split)).toEqual([`${a} 12.75`, `${b} 7.25`]);
    expect(split.warnings).toContain(
      `Shipment 1 is delivered in parts: 12.75 条 on ${a} and 7.25 条 on ${b}.`,
    );
    const searched = reviseNow(split, [], { mode: "all" });
    expect(searched.options.splits).toEqual([
      { shipmentId: 1, parts: [{ items: [{ material: "坯布", quantity: "12.75" }] }, { items }] },
    ]);
    expect(reviseNow(searched, [], { mode: "all" }).options.splits).toEqual(searched.options.splits);
    const joined = reviseNow(split, [move([1], a)]);
    expect(partsOf(joined)).toEqual([`${a} 20`]);
    expect(joined.options.splits).toBeUndefined();
  });

  test("that takes a vehicle out of service leaves its shipments out until it, or a search, brings them", () => {
    const off: PlanChange = { op: "set_vehicle", licensePlate: a, outOfService: true };
    const withdrawn = reviseNow(dayPlan(), [off]);
    expect(stand(withdrawn)).toBe(`${b}: 3 4`);
    expect(withdrawn.unassigned).toEqual([
      {
        shipmentId: 1,
        reason: "vehicle_withdrawn",
        message: `Shipment 1 was on ${a}, which is out of service.`,
      },
      {
        shipmentId: 2,
        reason: "vehicle_withdrawn",
        message: `Shipment 2 was on ${a}, which is out of service.`,
      },
    ]);
    expect(refusal(withdrawn, [move([3], a)])).toMatchObject({ message: `${a} is out of service.` });
    expect(stand(reviseNow(withdrawn, [], { mode: "all" }))).toBe(`${b}: 1 3 2 4`);
    expect(stand(reviseNow(dayPlan(), [off], { mode: "all" }))).toBe(`${b}: 1 3 2 4`);
    const back: PlanChange[] = [
      { op: "set_vehicle", licensePlate: a, outOfService: false },
      { op: "add", shipmentIds: [1], licensePlate: a },
    ];
    expect(stand(reviseNow(withdrawn, back))).toBe(`${b}: 3 4 | ${a}: 1`);
  });

  test("that removes is kept by every search, and undone by add", () => {
    const removed = reviseNow(dayPlan(), [{ op: "remove", shipmentIds: [1] }]);
    const searched = reviseNow(removed, [], { mode: "all" });
    expect(searched.unassigned).toMatchObject([{ shipmentId: 1, reason: "removed" }]);
    expect(reviseNow(searched, [{ op: "add", shipmentIds: [1] }]).unassigned).toEqual([]);
  });

  test("keeps what is on routes as it was mapped, whatever the rules say today", () => {
    const plan = dayPlan();
    const renamed = {
      ...plan,
      shipments: plan.shipments.map((one) => ({
        ...one,
        salesItems: one.salesItems.map((item) => ({ ...item, name: "X-1" })),
      })),
    };
    expect(reviseNow(renamed, [move([1], b)]).routes.map(({ loads }) => loads[0]!.quantity)).toEqual([
      "20",
      "60",
    ]);
  });
});

describe("a limit that a change breaks is told with its number", () => {
  test.each<[string, Plan, PlanChange[], string, string]>([
    ["room", dayPlan(), [move([3, 4], a)], `${a} would carry 坯布 80 of 50: 30 too many.`, ""],
    [
      "a window",
      dayPlan({ timeWindows: [{ shipmentId: 1, endAt: "2026-11-23T08:12:00+08:00" }] }),
      [{ op: "reorder", licensePlate: a, shipmentIds: [2, 1] }],
      `stop 2 「客户1」 of ${a} would be reached at 08:39, 28 min after its window.`,
      "without position it is the cheapest",
    ],
    [
      "stops",
      dayPlan({}, { maxStops: 2, materialCapacities: [{ materialName: "坯布", capacity: 90 }] }),
      [move([3], a)],
      `${a} would have 3 stops of at most 2.`,
      "",
    ],
    [
      "the time that a vehicle is out",
      dayPlan({}, { maxMinutes: 60 }),
      [{ op: "remove", shipmentIds: [1] }, move([4], a)],
      `${a} would be out 63 min of at most 60 min: 3 min too long.`,
      "",
    ],
    [
      "kilometers",
      dayPlan({}, { maxKilometers: 27 }),
      [{ op: "remove", shipmentIds: [1] }, move([4], a)],
      `${a} would drive 28.6 km of at most 27.0 km: 1.6 km too far.`,
      "",
    ],
    [
      "room that materials share, however little is lacking",
      dayPlan(
        { capacityModel: "shared" },
        {
          materialCapacities: [
            { materialName: "坯布", capacity: 2_000_000 },
            { materialName: "成品", capacity: 2_000_000 },
          ],
        },
      ),
      [
        {
          op: "add",
          shipments: [shipment(9, { 成品: "1999960.01" })],
          licensePlate: a,
        },
      ],
      `${a} would be filled a little more than 1 times: its materials share one room.`,
      "",
    ],
    [
      "meters",
      dayPlan({}, { maxKilometers: 28.55 }),
      [{ op: "remove", shipmentIds: [1] }, move([4], a)],
      `${a} would drive 28.6 km of at most 28.6 km: 50 m too far.`,
      "",
    ],
    [
      "a shift",
      dayPlan({}, { shiftEnd: "09:00" }),
      [{ op: "remove", shipmentIds: [1] }, move([4], a)],
      `${a} would be done at 09:02, 3 min after its shift ends at 09:00.`,
      "",
    ],
    [
      "a lock",
      dayPlan({ locks: [{ shipmentId: 1, licensePlate: a }] }),
      [move([1], b)],
      `Shipment 1 is locked to ${a}: it can't go to ${b}.`,
      "unlock",
    ],
    [
      "a locked position",
      dayPlan({ locks: [{ shipmentId: 1, position: 1 }] }),
      [{ op: "reorder", licensePlate: a, shipmentIds: [2, 1] }],
      `Shipment 1 is locked to position 1 and would be stop 2 of ${a}.`,
      "unlock",
    ],
    [
      "a rule",
      dayPlan({ shipmentRules: [{ shipmentIds: [1], notVehicles: [b] }] }),
      [move([1], b)],
      `Shipment 1 may not ride ${b} (shipment_rules).`,
      `It may ride ${a}.`,
    ],
    [
      "company",
      dayPlan({ sameVehicle: [[1, 2]] }),
      [move([1], b)],
      `Shipments 1, 2 ride on one vehicle (same_vehicle), but 2 would be on ${a} and others on ${b}.`,
      "Move all",
    ],
    [
      "distance to others",
      dayPlan({ differentVehicles: [[1, 3]] }),
      [move([1], b)],
      `Shipments 1 and 3 would ride together on ${b}, which different_vehicles keeps apart.`,
      "another vehicle",
    ],
    [
      "materials apart",
      dayPlan({ separateMaterials: [["坯布", "成品"]] }),
      [{ op: "add", shipments: [shipment(9, { 成品: 5 })], licensePlate: b }],
      `${b} would carry 坯布 and 成品 together, which separate_materials keeps apart.`,
      "another vehicle",
    ],
    [
      "trips",
      dayPlan(),
      [{ op: "move", shipmentIds: [1], licensePlate: b, trip: 2 }],
      `${b} would drive 2 trips of at most 1.`,
      "",
    ],
    [
      "a shipment in part",
      dayPlan(),
      [
        { op: "remove", shipmentIds: [1] },
        { op: "split", shipmentId: 1, licensePlate: a, items: [{ material: "坯布", quantity: "5" }] },
      ],
      "Shipment 1 is split, and 15 条 of 坯布 of it would be on no route.",
      "another split",
    ],
  ])("%s", (_, plan, changes, message, hint) => {
    const refused = refusal(plan, changes);
    expect(refused).toMatchObject({ code: "infeasible", message: expect.stringContaining(message) });
    expect(refused).toMatchObject({
      hint: expect.stringContaining(hint),
      fields: [expect.stringMatching(/^changes\[\d\]/)],
    });
  });

  test("names the vehicles with room", () => {
    const plan = dayPlan();
    const more = { ...plan, vehicles: [...plan.vehicles, vehicle("粤A00003", { 坯布: 40 })] };
    expect(refusal(more, [move([3, 4], a)])).toMatchObject({
      hint: "There is room for it on 粤A00002, 粤A00003.",
    });
  });

  test("but not where it was broken before and is no worse", () => {
    const plan = dayPlan();
    const small = {
      ...plan,
      vehicles: plan.vehicles.map((one) => ({ ...one, ...vehicle(one.licensePlate, { 坯布: 30 }) })),
    };
    expect(refusal(small, [{ op: "reorder", licensePlate: a, shipmentIds: [2, 1] }])).toEqual({
      stand: `${a}: 2 1 | ${b}: 3 4`,
    });
    expect(refusal(small, [{ op: "remove", shipmentIds: [3] }, move([4], a)])).toMatchObject({
      message: `${a} would carry 坯布 60 of 30: 30 too many.`,
    });
  });
});

describe("what is refused before anything is timed", () => {
  test.each<[string, PlanChange[], object]>([
    [
      "an unknown vehicle",
      [move([1], "粤Z")],
      { code: "not_found", fields: ["changes[0].license_plate"], hint: `Its vehicles are ${a}, ${b}.` },
    ],
    ["an unknown shipment", [move([77], b)], { code: "not_found", fields: ["changes[0].shipment_ids[0]"] }],
    [
      "a place beyond the route",
      [move([1], b, 9)],
      { code: "invalid_input", hint: "Give a position from 1 to 3, or none for the cheapest place." },
    ],
    [
      "an order that lacks a stop",
      [{ op: "reorder", licensePlate: a, shipmentIds: [1] }],
      { message: `shipment_ids are not all stops of ${a}: shipment 2 is missing.` },
    ],
    [
      "a part larger than the shipment",
      [{ op: "split", shipmentId: 1, licensePlate: b, items: [{ material: "坯布", quantity: "21" }] }],
      { hint: `It has 20 条 of 坯布 on ${a}.` },
    ],
    [
      "a shipment that is there",
      [{ op: "add", shipmentIds: [1] }],
      { message: `Shipment 1 is on ${a} already.`, hint: "Use move." },
    ],
    [
      "two locks that contradict",
      [
        { op: "lock", shipmentIds: [1] },
        { op: "lock", shipmentIds: [1], licensePlate: b },
      ],
      { message: `Shipment 1 is locked to ${a} and to ${b} at once.`, fields: ["changes[1]"] },
    ],
    [
      "a window without a moment",
      [
        {
          op: "set_window",
          shipmentId: 1,
          startAt: "2026-11-23T10:00:00+08:00",
          endAt: "2026-11-23T09:00:00+08:00",
        },
      ],
      { code: "invalid_input", fields: ["changes[0].end_at"] },
    ],
  ])("%s", (_, changes, expected) => {
    expect(refusal(dayPlan(), changes)).toMatchObject(expected);
  });

  test.each<[string, PlanChange]>([
    ["move from it", move([1], b)],
    ["move to it", move([3], a)],
    ["swap", { op: "swap", shipmentId: 3, withShipmentId: 1 }],
    ["remove", { op: "remove", shipmentIds: [1] }],
    ["reorder", { op: "reorder", licensePlate: a, shipmentIds: [2, 1] }],
    ["set_vehicle", { op: "set_vehicle", licensePlate: a, outOfService: true }],
    ["set_window", { op: "set_window", shipmentId: 1 }],
    ["lock to it", { op: "lock", shipmentIds: [3], licensePlate: a }],
    [
      "split to it",
      { op: "split", shipmentId: 3, licensePlate: a, items: [{ material: "坯布", quantity: "1" }] },
    ],
  ])("%s, where the route is dispatched", (_, change) => {
    expect(refusal(dayPlan(), [change], { frozen: [a] })).toMatchObject({
      code: "infeasible",
      message: expect.stringContaining("frozen"),
    });
  });
});

describe("a search after changes", () => {
  test("of the order leaves shipments on their vehicles and other routes as they are", () => {
    const plan = reviseNow(dayPlan({ returnToDepot: false }), [
      { op: "reorder", licensePlate: a, shipmentIds: [2, 1] },
      { op: "reorder", licensePlate: b, shipmentIds: [4, 3] },
    ]);
    expect(
      stand(reviseNow(plan, [{ op: "set_priority", shipmentId: 1, priority: 5 }], { mode: "routes" })),
    ).toBe(`${a}: 1 2 | ${b}: 4 3`);
    expect(stand(reviseNow(plan, [], { mode: "routes", frozen: [a] }))).toBe(`${a}: 2 1 | ${b}: 3 4`);
  });

  test("leaves what a change put on a vehicle there, and what is locked", () => {
    expect(
      stand(reviseNow(dayPlan(), [move([4], a), { op: "remove", shipmentIds: [2] }], { mode: "all" })),
    ).toMatch(/粤A00001: [13 ]*4/);
    const locked = reviseNow(dayPlan(), [{ op: "lock", licensePlate: a }]);
    expect(stand(reviseNow(locked, [], { mode: "all" }))).toMatch(/粤A00001: [12] [12]/);
    expect(refusal(locked, [{ op: "lock", shipmentIds: [1], licensePlate: b }])).toMatchObject({
      code: "infeasible",
    });
  });

  test("refuses what would leave a shipment out, unless room was taken away", () => {
    expect(refusal(dayPlan(), [move([3, 4], a)], { mode: "routes" })).toMatchObject({
      code: "infeasible",
      message: expect.stringContaining("would be left out"),
    });
    const smaller: PlanChange = {
      op: "set_vehicle",
      licensePlate: a,
      materialCapacities: [{ materialName: "坯布", capacity: 30 }],
    };
    expect(refusal(dayPlan(), [smaller])).toMatchObject({
      message: `${a} would carry 坯布 40 of 30: 10 too many.`,
    });
    const kept = reviseNow(dayPlan(), [smaller], { mode: "routes" });
    expect(kept.unassigned).toMatchObject([
      { reason: "fleet_full", message: expect.stringContaining('"all" tries the others') },
    ]);
    expect(reviseNow(dayPlan(), [smaller], { mode: "all" }).unassigned).toEqual([]);
  });
});
