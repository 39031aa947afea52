import { describe, expect, test } from "vitest";
import type { PlanOptions } from "../../src/domain/plan.ts";
import type { Shipment } from "../../src/domain/shipment.ts";
import { makePlan } from "../../src/planning/make-plan.ts";
import type { Solution } from "../../src/planning/solution.ts";
import { makePlanNow } from "../support/make-plan-now.ts";
import { eastOfDepot, planRequest, shipment, vehicle } from "../support/plan-request.ts";

const truck = vehicle("粤A12345", { 坯布: 500, 成品: 300 });
const at = (time: string) => `2026-11-23T${time}:00+08:00`;
const away = (kilometers: number) => ({ geoCoordinates: eastOfDepot(kilometers) });
const customer = (number: number, kilometers = 3): Partial<Shipment> => ({
  customer: number,
  customerName: `客户${number}`,
  address: `广州市天河区${number}号`,
  ...away(kilometers),
});

const planOne = (options: Partial<PlanOptions>, more: Partial<Shipment> = {}) =>
  makePlanNow(planRequest([shipment(1, { 坯布: 50 }, { ...away(10), ...more })], [truck], options));

describe("a plan", () => {
  test("tells loads, stops, distances and times of a route", () => {
    const shipments = [
      shipment(1, { 坯布: "400.50", 成品: 30 }, customer(1, 10)),
      shipment(2, { 坯布: 99 }, customer(2, 20)),
    ];
    const plan = makePlanNow(planRequest(shipments, [truck]));
    expect(plan.unassigned).toEqual([]);
    const [route] = plan.routes;
    expect(route).toMatchObject({
      licensePlate: "粤A12345",
      loads: [
        { material: "坯布", quantity: "499.5", capacity: 500, fill: 0.999 },
        { material: "成品", quantity: "30", capacity: 300, fill: 0.1 },
      ],
      departAt: at("08:00"),
    });
    // 20 km there and back by 1.3 at 40 km/h are 78 minutes, and two stops take 10 each.
    expect(route!.distanceMeters / 1000).toBeCloseTo(52, 1);
    expect(route!.durationSeconds / 60).toBeCloseTo(98, 1);
    expect(Date.parse(route!.finishAt) - Date.parse(route!.departAt)).toBe(route!.durationSeconds * 1000);
    const far = route!.stops.find(({ shipmentIds }) => shipmentIds.includes(2));
    expect(far).toMatchObject({
      customerName: "客户2",
      address: "广州市天河区2号",
      ...eastOfDepot(20),
      items: [{ shipmentId: 2, material: "坯布", quantity: "99" }],
    });
    expect(plan.quality).toMatchObject({
      vehiclesUsed: 1,
      shipmentsAssigned: 2,
      distanceMeters: route!.distanceMeters,
    });
  });

  test("loads the last stop first", () => {
    const shipments = [1, 2, 3, 4].map((id) => shipment(id, { 坯布: 1 }, away(id * 3)));
    const { routes } = makePlanNow(planRequest(shipments, [truck], { returnToDepot: false }));
    expect(
      routes[0]!.stops.map(({ shipmentIds, sequence, loadPosition }) => [
        shipmentIds,
        sequence,
        loadPosition,
      ]),
    ).toEqual([
      [[1], 1, 4],
      [[2], 2, 3],
      [[3], 3, 2],
      [[4], 4, 1],
    ]);
  });

  test("does not count a way home on an open route", () => {
    const closed = planOne({});
    const open = planOne({ returnToDepot: false });
    expect(closed.routes[0]!.distanceMeters).toBe(2 * open.routes[0]!.distanceMeters);
    expect(closed.routes[0]!.durationSeconds - open.routes[0]!.durationSeconds).toBe(1170);
  });

  test("unloads the shipments of one customer and address in one stop", () => {
    const shipments = [
      shipment(1, { 坯布: 10 }, customer(1)),
      shipment(2, { 坯布: 5 }, customer(2)),
      shipment(3, { 坯布: 20 }, customer(1)),
    ];
    const { routes } = makePlanNow(planRequest(shipments, [truck], { maxStopsPerRoute: 2 }));
    const stop = routes[0]!.stops.find(({ shipmentIds }) => shipmentIds.includes(1));
    expect(stop).toMatchObject({
      shipmentIds: [1, 3],
      items: [
        { shipmentId: 1, quantity: "10" },
        { shipmentId: 3, quantity: "20" },
      ],
    });
    // 3 km there and back and twice ten minutes: the joined stop takes its ten minutes once.
    expect(routes[0]!.durationSeconds / 60).toBeCloseTo((7.8 / 40) * 60 + 20, 0);
  });

  test("puts a shipment without a position last and says so", () => {
    const shipments = [
      shipment(1, { 坯布: 10 }, { geoCoordinates: null, address: "佛山市" }),
      shipment(2, { 坯布: 5 }, away(5)),
      shipment(3, { 坯布: 5 }, away(9)),
    ];
    for (const returnToDepot of [true, false]) {
      const { routes, warnings } = makePlanNow(planRequest(shipments, [truck], { returnToDepot }));
      expect(routes[0]!.stops[2]).toMatchObject({
        shipmentIds: [1],
        address: "佛山市",
        lat: null,
        lng: null,
        loadPosition: 1,
        distanceMeters: 0,
      });
      expect(routes[0]!.distanceMeters / 1000).toBeCloseTo(returnToDepot ? 23.4 : 11.7, 1);
      expect(warnings).toEqual([
        "Shipment 1 has no position: put last on 粤A12345; the drive there is not counted, and times are estimates.",
      ]);
    }
  });

  test("warns where fractions add up to more than the vehicle, and packs less where materials share it", () => {
    const shipments = [shipment(1, { 坯布: 400 }), shipment(2, { 成品: 210 })];
    const twoTrucks = [truck, vehicle("粤B67890", { 坯布: 500, 成品: 300 })];
    const independent = makePlanNow(planRequest(shipments, twoTrucks));
    expect(independent.routes).toHaveLength(1);
    expect(independent.warnings).toEqual([
      expect.stringMatching(
        /^粤\w+ carries 坯布 0\.80 \+ 成品 0\.70 = 1\.50 of its room if materials share the space/,
      ),
    ]);
    const [small] = twoTrucks;
    const many = [...shipments, shipment(3, { 坯布: 450, 成品: 200 })];
    expect(
      makePlanNow(planRequest(many, [small!, vehicle("粤C1", { 坯布: 500, 成品: 300 })])).warnings,
    ).toEqual([
      expect.stringMatching(
        /= 1\.57 of its room, and 1 more vehicle carries too much if materials share the space/,
      ),
    ]);
    const shared = makePlanNow(planRequest(shipments, twoTrucks, { capacityModel: "shared" }));
    expect(shared).toMatchObject({ routes: [{}, {}], warnings: [], unassigned: [] });
  });

  test("fills a shared vehicle to the last roll", () => {
    const shipments = [shipment(1, { 坯布: 250 }), shipment(2, { 成品: 150 })];
    const plan = makePlanNow(planRequest(shipments, [truck], { capacityModel: "shared" }));
    expect(plan.routes[0]!.loads.map(({ fill }) => fill)).toEqual([0.5, 0.5]);
  });

  test("arrives within the time windows, and starts late rather than wait", () => {
    const timeWindows = [{ shipmentId: 1, startAt: at("10:00"), endAt: at("11:00") }];
    const { routes } = planOne({ timeWindows });
    expect(routes[0]!.stops[0]!.arriveAt).toBe(at("10:00"));
    expect(Date.parse(routes[0]!.departAt)).toBe(Date.parse(at("10:00")) - 1170_000);
  });

  test("keeps locks to a vehicle, a position and a time", () => {
    const shipments = [1, 2, 3].map((id) => shipment(id, { 坯布: 10 }, away(id * 4)));
    const vehicles = [truck, vehicle("粤B67890", { 坯布: 100 })];
    const locks = [
      { shipmentId: 3, licensePlate: "粤B67890", position: 1 },
      { shipmentId: "1", position: 2, notBefore: at("12:00") },
    ];
    const plan = makePlanNow(planRequest(shipments, vehicles, { locks }));
    expect(plan.unassigned).toEqual([]);
    const stops = plan.routes.flatMap(({ licensePlate, stops: members }) =>
      members.map((stop) => ({ licensePlate, ...stop })),
    );
    expect(stops.find(({ shipmentIds }) => shipmentIds.includes(3))).toMatchObject({
      licensePlate: "粤B67890",
      sequence: 1,
    });
    const second = stops.find(({ shipmentIds }) => shipmentIds.includes(1));
    expect(second?.sequence).toBe(2);
    expect(Date.parse(second!.arriveAt)).toBeGreaterThanOrEqual(Date.parse(at("12:00")));
  });

  test("uses few vehicles or short ways, as asked", () => {
    const west = { geoCoordinates: eastOfDepot(-12) };
    const shipments = [shipment(1, { 坯布: 10 }, away(12)), shipment(2, { 坯布: 10 }, west)];
    const vehicles = [truck, vehicle("粤B67890", { 坯布: 100 })];
    const few = makePlanNow(planRequest(shipments, vehicles, { returnToDepot: false }));
    expect(few.quality.vehiclesUsed).toBe(1);
    const short = makePlanNow(
      planRequest(shipments, vehicles, { returnToDepot: false, objective: "shortest_distance" }),
    );
    expect(short.quality.vehiclesUsed).toBe(2);
    expect(short.quality.distanceMeters).toBeLessThan(few.quality.distanceMeters);
    const early = makePlanNow(planRequest(shipments, vehicles, { objective: "earliest_finish" }));
    expect(early.quality.vehiclesUsed).toBe(2);
  });
});

describe("splitting", () => {
  test("delivers an oversize shipment in parts, whole in sum", () => {
    const vehicles = [truck, vehicle("粤B67890", { 坯布: 200 })];
    const shipments = [shipment(1, { 坯布: 620 }), shipment(2, { 坯布: 5 })];
    const plan = makePlanNow(planRequest(shipments, vehicles, { allowSplit: true }));
    expect(plan.unassigned).toEqual([]);
    const items = plan.routes.flatMap(({ stops }) => stops.flatMap((stop) => stop.items));
    expect(
      items
        .filter(({ shipmentId }) => shipmentId === 1)
        .map(({ quantity }) => Number(quantity))
        .toSorted(),
    ).toEqual([120, 500]);
    expect(plan.warnings).toEqual([
      expect.stringMatching(/^Shipment 1 is delivered in parts: .*500 条 on 粤A12345/),
    ]);
  });

  test("cuts finer where vehicle-sized parts do not fit beside the rest", () => {
    const vehicles = ["粤A1", "粤A2", "粤A3"].map((plate) => vehicle(plate, { 坯布: 500 }));
    const shipments = [shipment(1, { 坯布: 620 }), shipment(2, { 坯布: 450 }), shipment(3, { 坯布: 420 })];
    const plan = makePlanNow(planRequest(shipments, vehicles, { allowSplit: true }));
    expect(plan.unassigned).toEqual([]);
    for (const { stops } of plan.routes) {
      expect(stops.filter(({ shipmentIds }) => shipmentIds.includes(1)).length).toBeLessThanOrEqual(1);
    }
  });

  test("delivers a shipment whole or not at all", () => {
    const vehicles = ["粤A1", "粤A2"].map((plate) => vehicle(plate, { 坯布: 500 }));
    const shipments = [shipment(1, { 坯布: 620 }), shipment(2, { 坯布: 300 }), shipment(3, { 坯布: 300 })];
    const priorities = [2, 3].map((shipmentId) => ({ shipmentId, priority: 9 }));
    const plan = makePlanNow(planRequest(shipments, vehicles, { allowSplit: true, priorities }));
    expect(plan.unassigned).toMatchObject([{ shipmentId: 1, reason: "fleet_full" }]);
    expect(plan.unassigned[0]!.message).toBe(
      "Shipment 1 needs 620 条 of 坯布, in parts; all vehicles together have 400 条 of 坯布 left.",
    );
    expect(
      plan.routes.flatMap(({ stops }) => stops.flatMap(({ shipmentIds }) => shipmentIds)).toSorted(),
    ).toEqual([2, 3]);
  });

  test("serves one of two oversize shipments where there is no room for both", () => {
    const vehicles = [vehicle("粤A1", { 坯布: 10 }), vehicle("粤A2", { 坯布: 3, 成品: 2 })];
    const shipments = [shipment(1, { 坯布: 3.5, 成品: 1.2 }), shipment(2, { 坯布: 12.5, 成品: 0.8 })];
    const plan = makePlanNow(planRequest(shipments, vehicles, { allowSplit: true }));
    expect(plan.quality.shipmentsAssigned).toBe(1);
    expect(plan.unassigned).toMatchObject([{ reason: "fleet_full" }]);
  });

  test("names the limit that keeps the parts off their vehicles", () => {
    const vehicles = ["粤A1", "粤A2"].map((plate) => vehicle(plate, { 坯布: 500 }));
    const shipments = [shipment(1, { 坯布: 620 }), shipment(2, { 坯布: 5 }), shipment(3, { 坯布: 5 })];
    const locks = [2, 3].map((shipmentId, index) => ({ shipmentId, licensePlate: `粤A${index + 1}` }));
    const plan = makePlanNow(
      planRequest(shipments, vehicles, { allowSplit: true, locks, maxStopsPerRoute: 1 }),
    );
    expect(plan.unassigned).toMatchObject([
      {
        shipmentId: 1,
        reason: "stop_limit",
        message:
          "Shipment 1 finds no room: every vehicle that could take it is at the limit of stops, 1 a route.",
      },
    ]);
  });
});

describe("stops of one customer", () => {
  test("are taken apart when together they fit nowhere", () => {
    const vehicles = ["粤A1", "粤A2"].map((plate) => vehicle(plate, { 坯布: 10 }));
    const shipments = [4, 4, 3, 3, 3, 3].map((quantity, index) =>
      shipment(index, { 坯布: quantity }, customer(Math.floor(index / 2), 3 + index)),
    );
    for (const [index, each] of shipments.entries())
      each.geoCoordinates = shipments[index - (index % 2)]!.geoCoordinates;
    const plan = makePlanNow(planRequest(shipments, vehicles));
    expect(plan.unassigned).toEqual([]);
    expect(plan.routes.map(({ loads }) => loads[0]!.quantity)).toEqual(["10", "10"]);
  });

  test("join a visit that stops at the limit of stops anyway", () => {
    const shipments = [6, 3, 3].map((quantity, id) => shipment(id, { 坯布: quantity }, customer(1)));
    const plan = makePlanNow(planRequest(shipments, [vehicle("粤A1", { 坯布: 9 })], { maxStopsPerRoute: 1 }));
    expect(plan.routes[0]!.loads[0]!.quantity).toBe("9");
    expect(plan.unassigned).toHaveLength(1);
  });
});

describe("the same request", () => {
  const shipments = Array.from({ length: 40 }, (_, id) =>
    shipment(
      id,
      { 坯布: 10 + ((id * 37) % 50), 成品: id % 7 },
      {
        geoCoordinates: { lat: 23 + ((id * 29) % 40) / 100, lng: 113 + ((id * 17) % 50) / 100 },
      },
    ),
  );
  const vehicles = ["粤A1", "粤A2", "粤A3"].map((plate) => vehicle(plate, { 坯布: 700, 成品: 100 }));

  test("gives the same plan, and as plain data", () => {
    const first = makePlanNow(planRequest(shipments, vehicles, { timeLimitSeconds: 0.3 }));
    const second = makePlanNow(planRequest(shipments, vehicles, { timeLimitSeconds: 0.3 }));
    expect(second).toEqual(first);
    expect(JSON.parse(JSON.stringify(first))).toEqual(first);
    expect(first.quality).toMatchObject({ repeatable: true, seed: 1 });
  });

  test("tells when the clock ended the search, so that it may differ", () => {
    const late: Solution = { routes: [], unassigned: [0], cost: 0, iterations: 7, stoppedBy: "time" };
    const request = planRequest([shipment(1, { 坯布: 10 })], vehicles);
    const plan = makePlan(request, { now: () => 0, solve: () => late });
    expect(plan.quality).toMatchObject({ repeatable: false, iterations: 7 });
    expect(plan.warnings).toEqual(["The time limit ended the search: the same call may give another plan."]);
  });
});
