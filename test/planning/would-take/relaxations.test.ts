import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PlanOptions } from "../../../src/domain/plan.ts";
import type { VehicleRules } from "../../../src/domain/vehicle.ts";
import { carriedBy } from "../../../src/planning/complete/loads.ts";
import type { LeftOut } from "../../../src/planning/complete/obstacles.ts";
import { settle } from "../../../src/planning/complete/settle.ts";
import type { PlanRequest } from "../../../src/planning/prepare/request.ts";
import { type PreparedPlan, preparePlan } from "../../../src/planning/prepare-plan.ts";
import { search } from "../../../src/planning/search/search.ts";
import type { Relaxation } from "../../../src/planning/would-take/relax.ts";
import { admit, findRelaxations } from "../../../src/planning/would-take/relaxations.ts";
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
    parts.map((part) => ({ stop, part, carried, explanation })),
  );
  return { prepared, leftOut };
}

/** One unit of what is told: a minute, a stop, a hundred meters, the smallest quantity. */
function unitOf({ limit }: Relaxation): number {
  if (limit === "capacity") return 0.001;
  if (limit === "max_distance") return 100;
  return limit === "max_stops" || limit === "max_trips" ? 1 : 60;
}

/** With one unit less: of room where each material has its own, of any one that is lacking. */
function oneUnitLess(relaxation: Relaxation): Relaxation[] {
  const { lacks, amount } = relaxation;
  if (!lacks) return [{ ...relaxation, amount: amount - unitOf(relaxation) - 1e-8 }];
  const lacking = lacks.flatMap((lack, material) => (lack > 0 ? [material] : []));
  return lacking.map((material) => ({ ...relaxation, lacks: lacks.with(material, lacks[material]! - 1) }));
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
    rules: fc.constantFrom<VehicleRules>(
      {},
      { maxTrips: 2 },
      { maxTrips: 2, maxMinutes: 100 },
      { maxKilometers: 45 },
      { shiftEnd: "10:00" },
      { shiftEnd: "09:10" },
    ),
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
          for (const { relaxation } of findRelaxations(prepared, question)) {
            told.add(relaxation.limit);
            expect(admit(prepared, question, relaxation)).toBeDefined();
            for (const less of oneUnitLess(relaxation)) {
              expect(admit(prepared, question, less), JSON.stringify(relaxation)).toBeUndefined();
            }
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

  test("is one trip more, or more room for both of two materials", () => {
    const shipments = [shipment(1, { 坯布: 60, 成品: 60 }), shipment(2, { 坯布: 60, 成品: 60 })];
    const request = planRequest(shipments, [vehicle("粤A12345", { 坯布: 100, 成品: 100 })]);
    const { prepared, leftOut } = findLeftOut(request);
    expect(leftOut).toHaveLength(1);
    const found = findRelaxations(prepared, leftOut[0]!).map(({ relaxation }) => relaxation);
    expect(found.map(({ limit }) => limit)).toEqual(["max_trips", "capacity"]);
    expect(found[1]?.lacks).toEqual([20, 20]);
  });
});
