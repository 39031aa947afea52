import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PlanOptions } from "../../src/domain/plan.ts";
import type { PlanRequest } from "../../src/planning/prepare/request.ts";
import { findFaults } from "../support/check-plan.ts";
import { findBrokenRules } from "../support/check-rules.ts";
import { findRoom } from "../support/find-room.ts";
import { makePlanNow } from "../support/make-plan-now.ts";
import { depot, planOptions, shipment, vehicle } from "../support/plan-request.ts";

const materials = ["坯布", "成品", "印花"];
const runs = { numRuns: 60 };

const quantity = fc.integer({ min: 0, max: 4000 }).map((hundredths) => (hundredths / 100).toFixed(2));
const offset = fc.integer({ min: -30, max: 30 }).map((hundredths) => hundredths / 100);
const customer = fc.record({
  customer: fc.nat(4),
  lat: offset,
  lng: offset,
  isKnown: fc.integer({ min: 0, max: 6 }),
});

/** Shipments of up to five customers, some of whom nobody knows the position of. */
const shipments = fc
  .record({
    customers: fc.array(customer, { minLength: 5, maxLength: 5 }),
    orders: fc.array(fc.record({ customer: fc.nat(4), quantities: fc.tuple(quantity, quantity, quantity) }), {
      maxLength: 12,
    }),
  })
  .map(({ customers, orders }) =>
    orders.map(({ customer: number, quantities }, id) => {
      const { lat, lng, isKnown } = customers[number]!;
      const geoCoordinates = isKnown > 0 ? { lat: depot.lat + lat, lng: depot.lng + lng } : null;
      const sales = Object.fromEntries(quantities.map((value, index) => [materials[index]!, value]));
      return shipment(id, sales, {
        customer: number,
        customerName: `客户${number}`,
        address: `${number}号`,
        geoCoordinates,
      });
    }),
  );

const capacity = fc.integer({ min: 0, max: 120 });
const vehicles = fc
  .array(fc.tuple(capacity, capacity, capacity), { minLength: 1, maxLength: 3 })
  .map((rows) =>
    rows.map((row, index) =>
      vehicle(`粤A0000${index}`, Object.fromEntries(row.map((most, column) => [materials[column]!, most]))),
    ),
  );

const basics = fc.record({
  capacityModel: fc.constantFrom<PlanOptions["capacityModel"]>("independent", "shared"),
  objective: fc.constantFrom<PlanOptions["objective"]>(
    "fewest_vehicles",
    "shortest_distance",
    "balanced",
    "earliest_finish",
  ),
  returnToDepot: fc.boolean(),
  serviceMinutes: fc.constantFrom(0, 7.5, 15),
  seed: fc.nat(99),
});

const hour = fc
  .integer({ min: 8, max: 15 })
  .map((hours) => `2026-11-23T${String(hours).padStart(2, "0")}:00:00+08:00`);
const someId = fc.nat(11);
const window = fc
  .record({ shipmentId: someId, startAt: hour })
  .chain(({ shipmentId, startAt }) =>
    hour.map((endAt) => ({ shipmentId, ...(startAt <= endAt ? { startAt, endAt } : { startAt }) })),
  );

/** At most one kind of limit beside capacity, so that a brute check stays simple. */
const limits = fc.oneof(
  fc.constant({}),
  fc.record({ timeWindows: fc.array(window, { maxLength: 6 }) }),
  fc.record({ maxRouteMinutes: fc.integer({ min: 20, max: 240 }) }),
  fc.record({ maxStopsPerRoute: fc.integer({ min: 1, max: 3 }) }),
  fc.record({
    locks: fc.array(fc.record({ shipmentId: someId, licensePlate: fc.constant("粤A00000") }), {
      maxLength: 3,
    }),
  }),
  fc.record({
    locks: fc.array(fc.record({ shipmentId: someId, position: fc.integer({ min: 1, max: 3 }) }), {
      maxLength: 2,
    }),
  }),
);

const requests: fc.Arbitrary<PlanRequest> = fc
  .record({
    shipments,
    vehicles,
    basics,
    limits,
    allowSplit: fc.boolean(),
    excluded: fc.array(someId, { maxLength: 2 }),
  })
  .map(({ shipments: orders, vehicles: fleet, basics: basic, limits: limit, allowSplit, excluded }) => {
    const options: PlanOptions = planOptions({ ...basic, ...limit, allowSplit, timeLimitSeconds: 0.01 });
    const isThere = ({ shipmentId }: { shipmentId: string | number }) => Number(shipmentId) < orders.length;
    const { timeWindows, locks } = options;
    const known = { timeWindows: timeWindows.filter(isThere), locks: locks.filter(isThere) };
    return {
      shipments: orders,
      vehicles: fleet,
      rules: [],
      options: { ...options, ...known },
      excludedShipmentIds: excluded,
    };
  });

const plates = ["粤A00000", "粤A00001", "粤A00002"];
const some = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const pairOfIds = fc.uniqueArray(fc.nat(11), { minLength: 2, maxLength: 3 });

/** What a dispatcher may ask of one vehicle. */
const vehicleRules = fc
  .record({
    shiftStart: some(fc.constantFrom("08:30", "09:00")),
    shiftEnd: some(fc.constantFrom("10:00", "12:00")),
    breaks: some(fc.constant([{ from: "08:40", until: "09:30", minutes: 20 }])),
    start: some(fc.constant({ lat: depot.lat + 0.05, lng: depot.lng })),
    returnsToStart: some(fc.boolean()),
    maxKilometers: some(fc.integer({ min: 10, max: 120 })),
    maxMinutes: some(fc.integer({ min: 30, max: 240 })),
    maxStops: some(fc.integer({ min: 1, max: 4 })),
    maxTrips: some(fc.integer({ min: 1, max: 3 })),
    reloadMinutes: some(fc.constantFrom(0, 12.5)),
  })
  .map((rules) => Object.fromEntries(Object.entries(rules).filter(([, value]) => value !== undefined)));

/** What a dispatcher may ask of some shipments. */
const shipmentRules = fc
  .record({
    shipmentIds: fc.uniqueArray(fc.nat(11), { minLength: 1, maxLength: 4 }),
    notVehicles: some(fc.constant<string[]>(["粤A00000"])),
    readyAt: some(hour),
    serviceMinutes: some(fc.constantFrom(0, 25)),
  })
  .map((rule) => ({
    shipmentIds: rule.shipmentIds,
    ...(rule.notVehicles && { notVehicles: rule.notVehicles }),
    ...(rule.readyAt && { readyAt: rule.readyAt }),
    ...(rule.serviceMinutes !== undefined && { serviceMinutes: rule.serviceMinutes }),
  }));

/** Requests with any of the rules, on three vehicles and twelve shipments, so that all that is named is there. */
const ruledRequests: fc.Arbitrary<PlanRequest> = fc
  .record({
    request: requests,
    capacities: fc.tuple(capacity, capacity, capacity),
    rules: fc.tuple(vehicleRules, vehicleRules, vehicleRules),
    options: fc.record({
      shipmentRules: fc.array(shipmentRules, { maxLength: 3 }),
      sameVehicle: fc.array(pairOfIds, { maxLength: 2 }),
      differentVehicles: fc.array(pairOfIds, { maxLength: 1 }),
      separateMaterials: fc.constantFrom<string[][]>([], [["坯布", "印花"]]),
    }),
  })
  .map(({ request, capacities, rules, options }) => {
    const [first] = request.vehicles;
    const fleet = rules.map((rule, index) => ({
      ...vehicle(plates[index]!, {
        坯布: capacities[index]!,
        成品: 60,
        印花: first!.materialCapacities[2]!.capacity,
      }),
      ...rule,
    }));
    const known = request.shipments.map(({ id }) => Number(id));
    const extra = Array.from({ length: 12 }, (_, id) => id)
      .filter((id) => !known.includes(id))
      .map((id) => shipment(id, { 坯布: 3 + id, 印花: id % 2 }, { customer: 100 + id }));
    return {
      ...request,
      vehicles: fleet,
      shipments: [...request.shipments, ...extra],
      options: { ...request.options, ...options, allowSplit: false },
    };
  });

describe("any plan", () => {
  test("keeps every rule of a dispatcher, whatever is mixed", () => {
    fc.assert(
      fc.property(ruledRequests, (request) => {
        const plan = makePlanNow(request);
        expect([...findFaults(request, plan), ...findBrokenRules(request, plan)]).toEqual([]);
        for (const { message } of plan.unassigned) expect(message).not.toMatch(/undefined|NaN|Infinity/);
        const { leastVehicles, vehiclesUsed } = plan.quality;
        if (plan.routes.length > 0) expect(leastVehicles).toBeLessThanOrEqual(vehiclesUsed);
      }),
      { numRuns: 150 },
    );
  });

  test("carries each shipment whole and once, within every limit", () => {
    fc.assert(
      fc.property(requests, (request) => {
        expect(findFaults(request, makePlanNow(request))).toEqual([]);
      }),
      runs,
    );
  });

  test("carries each shipment whole and once on small vehicles that load again", () => {
    let trips = 0;
    fc.assert(
      fc.property(requests, fc.integer({ min: 2, max: 4 }), (request, maxTrips) => {
        const fleet = request.vehicles.map((one) => ({
          ...one,
          maxTrips,
          reloadMinutes: 5,
          materialCapacities: one.materialCapacities.map((most) => ({
            ...most,
            capacity: Math.ceil(most.capacity / 2),
          })),
        }));
        const small = { ...request, vehicles: fleet };
        const plan = makePlanNow(small);
        expect(findFaults(small, plan)).toEqual([]);
        for (const { stops } of plan.routes) trips += stops.at(-1)?.trip ?? 0;
        for (const { message, reason } of plan.unassigned) {
          expect(message).not.toMatch(/undefined|NaN|Infinity/);
          if (!request.options.allowSplit) expect(reason).not.toBe("search_ended");
        }
      }),
      { numRuns: 80 },
    );
    expect(trips).toBeGreaterThan(20);
  });

  test("leaves out no shipment that still fits on a vehicle", () => {
    fc.assert(
      fc.property(requests, (request) => {
        const plan = makePlanNow(request);
        for (const { shipmentId, reason, message } of plan.unassigned) {
          expect(message).toContain(`Shipment ${shipmentId} `);
          expect(message).not.toMatch(/undefined|NaN|nothing too little|Infinity/);
          if (reason === "no_quantity" || request.options.allowSplit) continue;
          expect(reason).not.toBe("search_ended");
          const left = request.shipments.find(({ id }) => id === shipmentId)!;
          expect({ shipmentId, reason, fits: findRoom(request, plan, left) }).toEqual({
            shipmentId,
            reason,
            fits: undefined,
          });
        }
      }),
      runs,
    );
  });

  test("is never worse than the plan that it begins with", () => {
    fc.assert(
      fc.property(requests, fc.constantFrom("fewest_vehicles", "shortest_distance"), (request, objective) => {
        const options = { ...request.options, objective, allowSplit: false };
        const first = makePlanNow({ ...request, options });
        const again = makePlanNow({
          ...request,
          options: { ...options, seed: options.seed + 1 },
          earlierRoutes: first.routes.map(({ licensePlate, stops }) => ({ licensePlate, stops })),
        });
        const measure = ({ quality }: typeof first) => [
          -quality.shipmentsAssigned,
          objective === "fewest_vehicles" ? quality.vehiclesUsed : 0,
          quality.distanceMeters,
        ];
        const [was, is] = [measure(first), measure(again)];
        const differing = is.findIndex((value, index) => value !== was[index]);
        if (differing >= 0) expect(is[differing]).toBeLessThan(was[differing]!);
      }),
      { numRuns: 40 },
    );
  });

  test("is the same again from the same seed", () => {
    fc.assert(
      fc.property(requests, (request) => {
        expect(makePlanNow(request)).toEqual(makePlanNow(request));
      }),
      { numRuns: 15 },
    );
  });
});
