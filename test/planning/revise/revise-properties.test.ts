import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Failure } from "../../../src/domain/failure.ts";
import type { Plan } from "../../../src/domain/plan.ts";
import type { PlanChange, Reoptimize } from "../../../src/domain/plan-change.ts";
import { anyChange, anyRequest } from "../../support/any-revision.ts";
import { findRevisionFaults } from "../../support/check-revision.ts";
import { planNow, reviseNow } from "../../support/revise-now.ts";

const runs = { numRuns: 60 };

/** The revision, or undefined where it is refused as a change may be. */
function tryRevise(
  plan: Plan,
  changes: readonly PlanChange[],
  asked: { mode?: Reoptimize; frozen?: string[] } = {},
) {
  const before = JSON.stringify(plan);
  try {
    return reviseNow(plan, changes, asked);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    expect(["infeasible", "invalid_input", "not_found"]).toContain(error.code);
    expect(error.details.fields?.[0]).toMatch(/^changes\[\d+\]/);
    expect(error.details.hint).toBeTruthy();
    return undefined;
  } finally {
    expect(JSON.stringify(plan)).toBe(before);
  }
}

const changes = fc.array(anyChange, { minLength: 1, maxLength: 4 });
const routeText = ({ routes }: Plan, plate: string) =>
  JSON.stringify(routes.find(({ licensePlate }) => licensePlate === plate));

describe("any changes of any plan", () => {
  test("by hand are refused and change nothing, or keep every limit", () => {
    let kept = 0;
    fc.assert(
      fc.property(anyRequest, changes, (request, asked) => {
        const plan = planNow(request);
        const revised = tryRevise(plan, asked);
        if (!revised) return;
        kept++;
        expect(findRevisionFaults({ before: plan, after: revised })).toEqual([]);
      }),
      { numRuns: 200 },
    );
    expect(kept).toBeGreaterThan(20);
  });

  test("by hand leave frozen routes as they are", () => {
    fc.assert(
      fc.property(anyRequest, changes, fc.nat(2), (request, asked, index) => {
        const plan = planNow(request);
        const frozen = plan.routes.slice(index, index + 1).map(({ licensePlate }) => licensePlate);
        const revised = tryRevise(plan, asked, { frozen });
        if (revised) expect(findRevisionFaults({ before: plan, after: revised, frozen })).toEqual([]);
      }),
      runs,
    );
  });

  test.each(["routes", "all"] as const)(
    "with a search of %s are refused, or keep every limit and what is frozen",
    (mode) => {
      fc.assert(
        fc.property(anyRequest, changes, fc.nat(3), (request, asked, index) => {
          const plan = planNow(request);
          const frozen = plan.routes.slice(index, index + 1).map(({ licensePlate }) => licensePlate);
          const revised = tryRevise(plan, asked, { mode, frozen });
          if (revised) expect(findRevisionFaults({ before: plan, after: revised, frozen })).toEqual([]);
        }),
        runs,
      );
    },
  );

  test("made one after the other come to valid revisions too", () => {
    fc.assert(
      fc.property(anyRequest, fc.array(anyChange, { minLength: 2, maxLength: 6 }), (request, asked) => {
        let plan = planNow(request);
        for (const change of asked) {
          const revised = tryRevise(plan, [change]);
          if (revised) expect(findRevisionFaults({ before: plan, after: revised })).toEqual([]);
          plan = revised ?? plan;
        }
        const searched = tryRevise(plan, [], { mode: "all" });
        if (searched) expect(findRevisionFaults({ before: plan, after: searched })).toEqual([]);
      }),
      runs,
    );
  });
});

describe("one change by hand", () => {
  test("leaves every other route as it was", () => {
    fc.assert(
      fc.property(anyRequest, anyChange, (request, change) => {
        const plan = planNow(request);
        const revised = tryRevise(plan, [change]);
        if (!revised || (change.op === "add" && change.licensePlate === undefined)) return;
        const named = JSON.stringify(change);
        const ids = [
          ...("shipmentIds" in change ? (change.shipmentIds ?? []) : []),
          ...("shipmentId" in change ? [change.shipmentId] : []),
          ...("withShipmentId" in change ? [change.withShipmentId] : []),
        ];
        for (const { licensePlate, stops } of plan.routes) {
          const isNamed =
            named.includes(licensePlate) ||
            stops.some(({ shipmentIds }) => ids.some((id) => shipmentIds.includes(id)));
          if (!isNamed) expect(routeText(revised, licensePlate)).toBe(routeText(plan, licensePlate));
        }
      }),
      runs,
    );
  });

  test("swapped twice is as before", () => {
    let kept = 0;
    fc.assert(
      fc.property(anyRequest, fc.nat(9), fc.nat(9), (request, shipmentId, withShipmentId) => {
        const plan = planNow(request);
        const swap: PlanChange = { op: "swap", shipmentId, withShipmentId };
        const once = tryRevise(plan, [swap]);
        const twice = tryRevise(plan, [swap, swap]);
        if (!once || !twice) return;
        kept++;
        const orderOf = ({ routes }: Plan) =>
          routes.map(({ stops, ...route }) => ({
            ...route,
            stops: stops.map((stop) => ({
              ...stop,
              shipmentIds: stop.shipmentIds.toSorted(),
              items: stop.items.toSorted((a, b) => Number(a.shipmentId) - Number(b.shipmentId)),
            })),
          }));
        const head = ({ routes }: Plan) =>
          orderOf({ routes } as Plan).map(({ stops, ...route }) => ({
            ...route,
            stops: stops.map(({ customerName: _, ...stop }) => stop),
          }));
        expect(head(twice)).toEqual(head(plan));
      }),
      { numRuns: 120 },
    );
    expect(kept).toBeGreaterThan(5);
  });

  test("there and back keeps the loads of all vehicles", () => {
    fc.assert(
      fc.property(anyRequest, fc.nat(9), fc.nat(2), (request, shipmentId, index) => {
        const plan = planNow(request);
        const home = plan.routes.find(({ stops }) =>
          stops.some(({ shipmentIds }) => shipmentIds.includes(shipmentId)),
        );
        const other = request.vehicles[index]?.licensePlate;
        if (!home || !other) return;
        const there = tryRevise(plan, [{ op: "move", shipmentIds: [shipmentId], licensePlate: other }]);
        const back =
          there &&
          tryRevise(there, [{ op: "move", shipmentIds: [shipmentId], licensePlate: home.licensePlate }]);
        if (!back) return;
        const sums = ({ routes }: Plan) =>
          routes
            .flatMap(({ licensePlate, stops }) =>
              stops.flatMap(({ items }) => items.map((item) => JSON.stringify([licensePlate, item]))),
            )
            .sort();
        expect(sums(back)).toEqual(sums(plan));
      }),
      runs,
    );
  });
});

test("a search of the order is never longer than the order by hand", () => {
  let compared = 0;
  fc.assert(
    fc.property(anyRequest, fc.array(anyChange, { minLength: 1, maxLength: 2 }), (request, asked) => {
      const options = { ...request.options, objective: "shortest_distance" as const };
      const plan = planNow({ ...request, options });
      const hand = tryRevise(plan, asked);
      if (!hand) return;
      const searched = tryRevise(plan, asked, { mode: "routes" });
      expect(searched).toBeDefined();
      if (searched!.quality.shipmentsAssigned === hand.quality.shipmentsAssigned) {
        compared++;
        expect(searched!.quality.distanceMeters).toBeLessThanOrEqual(hand.quality.distanceMeters);
      }
    }),
    { numRuns: 150 },
  );
  expect(compared).toBeGreaterThan(10);
});

test("without a position, the cheapest of all places that keep the limits is taken", () => {
  let compared = 0;
  fc.assert(
    fc.property(anyRequest, fc.nat(9), fc.nat(2), (request, shipmentId, index) => {
      const vehicles = request.vehicles.map(({ maxTrips: _, ...vehicle }) => vehicle);
      const options = { ...request.options, objective: "shortest_distance" as const };
      const plan = planNow({ ...request, vehicles, options });
      const licensePlate = vehicles[index]?.licensePlate;
      const route = plan.routes.find((one) => one.licensePlate === licensePlate);
      const isThere = route?.stops.some(({ shipmentIds }) => shipmentIds.includes(shipmentId));
      const customer = plan.shipments.find(({ id }) => id === shipmentId)?.customerName;
      if (!licensePlate || isThere || route?.stops.some(({ customerName }) => customerName === customer))
        return;
      const move = { op: "move" as const, shipmentIds: [shipmentId], licensePlate };
      const positions = Array.from({ length: (route?.stops.length ?? 0) + 1 }, (_, place) => place + 1);
      const tried = positions.flatMap((position) => tryRevise(plan, [{ ...move, position }]) ?? []);
      const found = tryRevise(plan, [move]);
      expect(found !== undefined).toBe(tried.length > 0);
      if (!found) return;
      compared++;
      expect(found.quality.distanceMeters).toBe(
        Math.min(...tried.map(({ quality }) => quality.distanceMeters)),
      );
    }),
    { numRuns: 120 },
  );
  expect(compared).toBeGreaterThan(10);
});
