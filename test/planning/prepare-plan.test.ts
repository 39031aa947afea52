import { describe, expect, test } from "vitest";
import type { PlanOptions, UnassignedReason } from "../../src/domain/plan.ts";
import type { Shipment } from "../../src/domain/shipment.ts";
import type { Vehicle } from "../../src/domain/vehicle.ts";
import { positionsOf, preparePlan } from "../../src/planning/prepare-plan.ts";
import { matrixOf } from "../support/matrix-of.ts";
import { depot, eastOfDepot, planRequest, shipment, vehicle } from "../support/plan-request.ts";

const truck = vehicle("粤A12345", { 坯布: 500, 成品: 300 });
const van = vehicle("粤B67890", { 坯布: 200 });

type Case = [UnassignedReason, string, Shipment, Vehicle[], Partial<PlanOptions>];

describe("before any search", () => {
  test.each<Case>([
    [
      "larger_than_any_vehicle",
      "Shipment 1 needs 620 条 of 坯布; the largest vehicle takes 500 (allow_split lets it ride in parts).",
      shipment(1, { 坯布: "620.00" }),
      [truck, van],
      {},
    ],
    [
      "larger_than_any_vehicle",
      "Shipment 1 needs 720 条 of 坯布; all 2 vehicles together take 700.",
      shipment(1, { 坯布: 720 }),
      [truck, van],
      { allowSplit: true },
    ],
    [
      "larger_than_any_vehicle",
      "Shipment 1 needs 300 条 of 坯布 and 150 条 of 成品; 粤A12345, which comes nearest, takes 500 条 of 坯布 and 300 条 of 成品 in one shared room, which it would fill 1.1 times.",
      shipment(1, { 坯布: 300, 成品: 150 }),
      [truck, van],
      { capacityModel: "shared" },
    ],
    [
      "larger_than_any_vehicle",
      "Shipment 1 needs 450 条 of 坯布 and 250 条 of 成品; 粤A00001, which comes nearest, takes 400 条 of 坯布 and 300 条 of 成品.",
      shipment(1, { 坯布: 450, 成品: 250 }),
      [vehicle("粤A00001", { 坯布: 400, 成品: 300 }), vehicle("粤A00002", { 坯布: 500, 成品: 100 })],
      {},
    ],
    [
      "no_vehicle_for_material",
      "Shipment 1 carries 面料, which no vehicle takes.",
      shipment(1, {}, { salesItems: [{ name: "甲", quantity: "1", material: "面料" }] }),
      [truck, van],
      {},
    ],
    [
      "no_vehicle_for_material",
      "Shipment 1 carries 坯布 and 成品, which no vehicle takes together.",
      shipment(1, { 坯布: 1, 成品: 1 }),
      [van, vehicle("粤C00000", { 成品: 10 })],
      {},
    ],
    [
      "unmapped_item",
      "Shipment 1 has items of unknown material: 「甲」, 「乙」, 「丙」 and 1 more.",
      shipment(1, { 甲: 1, 乙: 1, 坯布: 3, 丙: 2, 丁: 2 }),
      [truck],
      {},
    ],
    [
      "no_quantity",
      "Shipment 1 has nothing to carry: no item with a quantity above zero.",
      shipment(1, { 坯布: "0.00", 甲: 0 }),
      [truck],
      {},
    ],
    [
      "lock_impossible",
      "Shipment 1 needs 300 条 of 坯布; 粤B67890, to which it is locked, takes 200 条 of 坯布.",
      shipment(1, { 坯布: 300 }),
      [truck, van],
      { locks: [{ shipmentId: 1, licensePlate: "粤B67890" }] },
    ],
    [
      "lock_impossible",
      "Shipment 1 is locked to 粤A12345 and to 粤B67890 at once.",
      shipment(1, { 坯布: 3 }),
      [truck, van],
      {
        locks: [
          { shipmentId: 1, licensePlate: "粤A12345" },
          { shipmentId: 1, licensePlate: "粤B67890" },
        ],
      },
    ],
  ])("a shipment is left out for %s: %s", (reason, message, hopeless, vehicles, options) => {
    const prepared = preparePlan(planRequest([hopeless, shipment(2, { 坯布: 1 })], vehicles, options));
    expect(prepared.unassigned).toEqual([{ shipmentId: 1, reason, message }]);
    expect(prepared.consignments.map((consignment) => consignment.shipment.id)).toEqual([2]);
  });

  test("an excluded shipment is nowhere, even if it could not be planned", () => {
    const request = planRequest([shipment(1, { 甲: "x" }), shipment("2", { 坯布: 1 })], [truck], {
      locks: [{ shipmentId: 1, position: 1 }],
    });
    const prepared = preparePlan({ ...request, excludedShipmentIds: ["1", 2] });
    expect(prepared).toMatchObject({ stops: [], unassigned: [], unmappedItems: [] });
  });

  test("unmapped items are listed with their shipment, unless a default material takes them", () => {
    const request = planRequest([shipment(1, { 甲: 1, 坯布: 2 })], [truck]);
    expect(preparePlan(request).unmappedItems).toEqual([{ shipmentId: 1, itemName: "甲" }]);
    const prepared = preparePlan(
      planRequest(request.shipments.slice(), [truck], { defaultMaterial: "成品" }),
    );
    expect(prepared).toMatchObject({ unmappedItems: [], stops: [{ load: [1, 2] }] });
  });

  test("the materials of vehicles that stay at home are known too", () => {
    const request = planRequest([shipment(1, { "32支面料": 1 })], [truck]);
    expect(preparePlan(request).unassigned).toMatchObject([{ reason: "unmapped_item" }]);
    const prepared = preparePlan({ ...request, materials: ["面料"] });
    expect(prepared.unassigned).toMatchObject([{ reason: "no_vehicle_for_material" }]);
  });

  test("the smaller of two capacities for one material holds", () => {
    const twice = {
      ...truck,
      materialCapacities: [500, 400].map((capacity) => ({ materialName: "坯布", capacity })),
    };
    expect(preparePlan(planRequest([shipment(1, { 坯布: 450 })], [twice])).unassigned).toMatchObject([
      {
        message:
          "Shipment 1 needs 450 条 of 坯布; the largest vehicle takes 400 (allow_split lets it ride in parts).",
      },
    ]);
  });

  test.each<[string, Shipment[], Vehicle[]]>([
    ["shipments[1].id", [shipment(1, { 坯布: 1 }), shipment("1", { 坯布: 1 })], [truck]],
    ["vehicles[1].license_plate", [], [truck, truck]],
    ["vehicles[0].material_capacities[0].capacity", [], [vehicle("粤A12345", { 坯布: -1 })]],
    ["shipments[0].sales_items[0].quantity", [shipment(1, { 坯布: "-5" })], [truck]],
  ])("a wrong %s is refused by name", (field, shipments, vehicles) => {
    expect(() => preparePlan(planRequest(shipments, vehicles))).toThrow(
      expect.objectContaining({
        code: "invalid_input",
        details: expect.objectContaining({ fields: [field] }),
      }),
    );
  });
});

const customer = {
  customer: 5,
  customerName: "客户A",
  address: "广州市天河区",
  geoCoordinates: eastOfDepot(3),
};

describe("stops", () => {
  const idsOf = (shipments: Shipment[], vehicles: Vehicle[], options: Partial<PlanOptions> = {}) => {
    const { stops, consignments } = preparePlan(planRequest(shipments, vehicles, options));
    return stops.map(({ parts }) => parts.map((part) => consignments[part.consignment]!.shipment.id));
  };

  test("join the shipments of one customer and address", () => {
    const shipments = [
      shipment(1, { 坯布: 10 }, customer),
      shipment(2, { 坯布: 10 }),
      shipment(3, { 成品: 10 }, customer),
    ];
    expect(idsOf(shipments, [truck])).toEqual([[1, 3], [2]]);
  });

  test("stay apart where priorities, windows or locks differ", () => {
    const shipments = [1, 2, 3, 4].map((id) => shipment(id, { 坯布: 10 }, customer));
    const options = {
      priorities: [{ shipmentId: 1, priority: 5 }],
      timeWindows: [{ shipmentId: 2, endAt: "2026-11-23T12:00:00+08:00" }],
      locks: [{ shipmentId: 3, licensePlate: "粤A12345" }],
    };
    expect(idsOf(shipments, [truck], options)).toEqual([[1], [2], [3], [4]]);
  });

  test("hold together at most what one vehicle takes", () => {
    const shipments = [300, 250, 200, 240].map((quantity, id) => shipment(id, { 坯布: quantity }, customer));
    expect(idsOf(shipments, [truck]).map((ids) => ids.toSorted())).toEqual([
      [0, 2],
      [1, 3],
    ]);
  });

  test("of an oversize shipment are as many as it takes vehicles", () => {
    const shipments = [shipment(1, { 坯布: 620, 成品: 100 })];
    const { stops } = preparePlan(planRequest(shipments, [van, truck], { allowSplit: true }));
    expect(stops.map(({ load }) => load)).toEqual([
      [500, 100],
      [120, 0],
    ]);
  });
});

describe("the problem", () => {
  test("has one dimension a material, with capacity 0 where a vehicle does not take it", () => {
    const { problem } = preparePlan(planRequest([shipment(1, { 坯布: "0.5", 成品: 2 })], [truck, van]));
    expect(problem.dimensions).toBe(2);
    expect([...problem.stops.delivery]).toEqual([5, 20]);
    expect([...problem.vehicles.capacity]).toEqual([5000, 3000, 2000, 0]);
    expect([...problem.stops.isAllowed]).toEqual([1, 0]);
  });

  test("counts the service time once for all that is unloaded at one place", () => {
    const { stops } = preparePlan(
      planRequest([shipment(1, { 坯布: 1 })], [truck], { serviceMinutes: 7.5 }),
    ).problem;
    expect([...stops.serviceSeconds, ...stops.setupSeconds]).toEqual([0, 450]);
  });

  test("ends at the depot, or with the last stop on an open route", () => {
    const shipments = [shipment(1, { 坯布: 1 })];
    const closed = preparePlan(planRequest(shipments, [truck])).problem.vehicles;
    const open = preparePlan(planRequest(shipments, [truck], { returnToDepot: false })).problem.vehicles;
    expect([
      closed.startLocation[0],
      closed.endLocation[0],
      open.startLocation[0],
      open.endLocation[0],
    ]).toEqual([0, 0, 0, -1]);
  });

  test("limits stops and minutes where the options do", () => {
    const shipments = [shipment(1, { 坯布: 1 })];
    const free = preparePlan(planRequest(shipments, [truck])).problem.vehicles;
    expect([free.maxStops[0], free.maxDurationSeconds[0]]).toEqual([2 ** 31 - 1, Number.POSITIVE_INFINITY]);
    const options = { maxStopsPerRoute: 8, maxRouteMinutes: 240 };
    const { maxStops, maxDurationSeconds } = preparePlan(planRequest(shipments, [truck], options)).problem
      .vehicles;
    expect([maxStops[0], maxDurationSeconds[0]]).toEqual([8, 14_400]);
  });

  test("prices a vehicle above any detour when vehicles are to be few", () => {
    const shipments = [5, 10, 20].map((kilometers, id) =>
      shipment(id, { 坯布: 1 }, { geoCoordinates: eastOfDepot(kilometers) }),
    );
    const { problem } = preparePlan(planRequest(shipments, [truck, van]));
    const { distanceMeters, size } = matrixOf(problem);
    const star = [1, 2, 3].reduce((sum, place) => sum + 2 * distanceMeters[place * size]!, 0);
    expect(problem.vehicles.fixedCost[0]).toBeGreaterThan(star);
    const shortest = preparePlan(planRequest(shipments, [truck, van], { objective: "shortest_distance" }));
    expect([...shortest.problem.vehicles.fixedCost]).toEqual([0, 0]);
  });

  test("drives by a road network where there is one", () => {
    const request = planRequest(
      [
        shipment(1, { 坯布: 1 }),
        shipment(2, { 坯布: 1 }, { geoCoordinates: null }),
        shipment(3, { 坯布: 1 }),
      ],
      [truck],
    );
    expect(positionsOf(request)).toEqual([{ lat: depot.lat, lng: depot.lng }, eastOfDepot(5)]);
    const travel = {
      size: 2,
      distanceMeters: Int32Array.of(0, 7000, 8000, 0),
      durationSeconds: Int32Array.of(0, 700, 800, 0),
      gaps: [],
    };
    const matrix = matrixOf(preparePlan({ ...request, travel }).problem);
    expect(matrix).toMatchObject({ size: 4 });
    expect([matrix.distanceMeters[1], matrix.distanceMeters[3], matrix.durationSeconds[4]]).toEqual([
      7000, 7000, 800,
    ]);
  });
});
