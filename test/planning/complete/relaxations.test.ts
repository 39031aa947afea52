import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PlanOptions } from "../../../src/domain/plan.ts";
import { carriedBy } from "../../../src/planning/complete/loads.ts";
import type { LeftOut } from "../../../src/planning/complete/obstacles.ts";
import type { Relaxation } from "../../../src/planning/complete/relax.ts";
import { admits, findRelaxations } from "../../../src/planning/complete/relaxations.ts";
import { settle } from "../../../src/planning/complete/settle.ts";
import type { PlanRequest } from "../../../src/planning/prepare/request.ts";
import { type PreparedPlan, preparePlan } from "../../../src/planning/prepare-plan.ts";
import { search } from "../../../src/planning/search/search.ts";
import { eastOfDepot, planRequest, shipment, vehicle } from "../../support/plan-request.ts";

const always = () => true;

/** What the search leaves out of a request, each as it is asked about. */
function findLeftOut(request: PlanRequest): { prepared: PreparedPlan; leftOut: LeftOut[] } {
  const prepared = preparePlan(request);
  const solution = search(prepared.problem, { seed: 1, iterations: 300, now: () => 0 });
  const settled = settle(prepared, solution, always);
  const carried = carriedBy(prepared, settled.routes);
  const explanation = { obstacles: [], unexamined: [] };
  const leftOut = settled.leftOut.flatMap(({ stop, parts }) =>
    parts.map((part) => ({ stop, part, carried, explanation, hasTime: always })),
  );
  return { prepared, leftOut };
}

/** One unit of what is told: a minute, a stop, a hundred meters, the smallest quantity. */
function unitOf({ limit, material }: Relaxation): number {
  if (limit === "capacity") return material === undefined ? 0.001 : 1;
  if (limit === "max_distance") return 100;
  return limit === "max_stops" || limit === "max_trips" ? 1 : 60;
}

const kilometers = fc.integer({ min: -40, max: 40 });
const at = (minutes: number) => new Date(Date.UTC(2026, 10, 23, 0, minutes)).toISOString();

const requests = fc
  .record({
    orders: fc.array(fc.tuple(kilometers, fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 30 })), {
      minLength: 2,
      maxLength: 9,
    }),
    capacities: fc.array(fc.tuple(fc.integer({ min: 20, max: 150 }), fc.integer({ min: 20, max: 90 })), {
      minLength: 1,
      maxLength: 3,
    }),
    windows: fc.array(fc.tuple(fc.nat(8), fc.integer({ min: 10, max: 240 })), { maxLength: 5 }),
    limits: fc.constantFrom<Partial<PlanOptions>>({}, { maxRouteMinutes: 90 }, { maxStopsPerRoute: 2 }),
    rules: fc.constantFrom({}, { maxKilometers: 45 }, { shiftEnd: "10:00" }, { shiftEnd: "09:10" }),
    capacityModel: fc.constantFrom<PlanOptions["capacityModel"]>("independent", "shared"),
  })
  .map(({ orders, capacities, windows, limits, rules, capacityModel }) => {
    const shipments = orders.map(([east, 坯布, 成品], id) =>
      shipment(id, { 坯布, 成品 }, { geoCoordinates: eastOfDepot(east) }),
    );
    const vehicles = capacities.map(([坯布, 成品], index) => ({
      ...vehicle(`粤A0000${index}`, { 坯布, 成品 }),
      ...rules,
    }));
    const timeWindows = windows
      .filter(([id]) => id < shipments.length)
      .map(([shipmentId, end]) => ({ shipmentId, endAt: at(end) }));
    return planRequest(shipments, vehicles, { timeWindows, capacityModel, ...limits });
  });

describe("what would admit a shipment that is left out", () => {
  test("does, and one unit less does not", () => {
    const told = new Set<string>();
    fc.assert(
      fc.property(requests, (request) => {
        const { prepared, leftOut } = findLeftOut(request);
        for (const question of leftOut) {
          for (const relaxation of findRelaxations(prepared, question, { most: 9, hasTime: always })) {
            told.add(relaxation.limit);
            expect(admits(prepared, question, relaxation)).toBe(true);
            const less = { ...relaxation, amount: relaxation.amount - unitOf(relaxation) - 1e-8 };
            expect(admits(prepared, question, less), JSON.stringify(relaxation)).toBe(false);
          }
        }
      }),
      { numRuns: 150 },
    );
    const limits = [
      "capacity",
      "max_duration",
      "max_stops",
      "time_window",
      "shift",
      "max_distance",
      "max_trips",
    ];
    expect([...told].sort()).toEqual(limits.sort());
  });

  test("is no more room where two materials lack it, but one trip more", () => {
    const shipments = [shipment(1, { 坯布: 60, 成品: 60 }), shipment(2, { 坯布: 60, 成品: 60 })];
    const request = planRequest(shipments, [vehicle("粤A12345", { 坯布: 100, 成品: 100 })]);
    const { prepared, leftOut } = findLeftOut(request);
    expect(leftOut).toHaveLength(1);
    const found = findRelaxations(prepared, leftOut[0]!, { most: 9, hasTime: always });
    expect(found.map(({ limit }) => limit)).toEqual(["max_trips"]);
  });
});
