import fc from "fast-check";
import { expect, test } from "vitest";
import type { Problem } from "../../../src/planning/problem.ts";
import { scheduleRoute } from "../../../src/planning/schedule.ts";
import { noPlace, type PairPlace } from "../../../src/planning/search/operators/pair-place.ts";
import { createPairTrial } from "../../../src/planning/search/operators/pair-trial.ts";
import { createPairWalk } from "../../../src/planning/search/operators/pair-walk.ts";
import { ruin } from "../../../src/planning/search/operators/ruin.ts";
import { search } from "../../../src/planning/search/search.ts";
import { prepareSearch } from "../../../src/planning/search/search-parts.ts";
import { StopBudget } from "../../../src/planning/search/stop-budget.ts";
import { findSolutionFaults } from "../../support/check-solution.ts";
import { acrossGrid, routingProblem, type StopDraft } from "../../support/routing-problem.ts";

/** Draws so that nothing is ever overlooked. */
const wakeful = { fraction: () => 1 - 2 ** -32 };

const points = fc.tuple(fc.nat(20), fc.nat(20));
const window = fc
  .tuple(fc.nat(400), fc.nat(400))
  .map(([from, length]): [number, number] => [from, from + length]);

/** A pair, or now and then a single stop, at the next two places. */
const anyUnit = fc.record(
  {
    amount: fc.tuple(fc.nat(5), fc.nat(5)),
    service: fc.nat(20),
    early: window,
    late: window,
    isPair: fc.constantFrom(true, true, true, false),
    barred: fc.nat(2),
  },
  { requiredKeys: ["amount", "service", "isPair"] },
);

/** Problems that pairs are walked through in: one window a stop, no set-up, nothing but cost to be made small. */
const anyPlainProblem: fc.Arbitrary<Problem> = fc
  .record({
    places: fc.array(points, { minLength: 15, maxLength: 15 }),
    units: fc.array(anyUnit, { minLength: 2, maxLength: 7 }),
    isTimed: fc.boolean(),
    mostStops: fc.constantFrom(2 ** 31 - 1, 2 ** 31 - 1, 4, 6),
    mostMeters: fc.constantFrom(Infinity, Infinity, 900),
    isMixed: fc.boolean(),
    costPerStop: fc.constantFrom(0, 7),
  })
  .map(({ places, units, isTimed, mostStops, mostMeters, isMixed, costPerStop }) => {
    const stops = units.flatMap((unit, index): StopDraft[] => {
      const { amount, service, early, late, isPair, barred } = unit;
      const ends = { service, ...(barred === undefined ? {} : { barred: [barred] }) };
      const at = 2 * index;
      const first = { ...ends, location: at + 1, ...(isTimed && early ? { windows: [early] } : {}) };
      const last = { ...ends, location: at + 2, ...(isTimed && late ? { windows: [late] } : {}) };
      if (!isPair)
        return [
          { ...first, delivery: amount },
          { ...last, pickup: amount },
        ];
      return [
        { ...first, pickup: amount },
        { ...last, delivery: amount, pickupOf: at },
      ];
    });
    const vehicles = [9, 6, 12].map((capacity, index) => ({
      capacity: isMixed ? [capacity, 15 - capacity] : [9, 9],
      fixedCost: isMixed ? 10 * capacity : 50,
      costPerMeter: isMixed && index === 2 ? 2 : 1,
      shift: [0, 1500] as [number, number],
      maxStops: mostStops,
      maxDistance: mostMeters,
      costPerStop,
    }));
    return routingProblem({ dimensions: 2, stops, vehicles, meters: [acrossGrid(places)] });
  });

function start(problem: Problem) {
  const budget = new StopBudget({ seed: 3, iterations: 1, now: () => 0 }, Number.POSITIVE_INFINITY);
  const parts = prepareSearch(problem, { seed: 3 }, budget);
  if (!parts) throw new Error("the search was cancelled");
  return parts;
}

/** What the routes score more with the pair at a place. */
function scoreAdded({ routes }: ReturnType<typeof start>, pickup: number, place: PairPlace): number {
  const route = routes.routeOf[place.after]!;
  const before = routes.total;
  routes.mark(route);
  routes.setType(route, place.type);
  routes.link(pickup, place.after);
  routes.link(routes.model.pairs!.partner[pickup]!, place.afterDelivery);
  routes.refresh(route);
  routes.rescore(route);
  const added = routes.total - before;
  routes.takeBack(route);
  return added;
}

test("walking a route finds no worse a place for a pair than putting it everywhere", () => {
  let found = 0;
  fc.assert(
    fc.property(anyPlainProblem, fc.array(fc.nat(13), { minLength: 1, maxLength: 5 }), (problem, seeds) => {
      const parts = start(problem);
      const { routes, choice, removed } = parts;
      if (!routes.model.pairs) return;
      const walk = createPairWalk({ routes, choice, random: wakeful });
      const tryAll = createPairTrial({ routes, choice });
      expect(walk).toBeDefined();
      for (const seed of seeds) {
        routes.begin();
        ruin(parts, seed % problem.stops.count);
        for (const pickup of removed.stops.slice(0, removed.count)) {
          const delivery = routes.model.pairs.partner[pickup]!;
          if (delivery < 0) continue;
          for (let route = 0; route < routes.opened; route++) {
            const isOpen =
              routes.size[route]! > 0 && choice.canTake(route, pickup) && choice.canTake(route, delivery);
            if (!isOpen) continue;
            const [walked, tried] = [noPlace(), noPlace()];
            walk!(pickup, route, walked);
            tryAll(pickup, route, tried);
            expect(walked.score < Infinity).toBe(tried.score < Infinity);
            // Where a larger route may take a cheaper vehicle, what the legs cost bounds nothing.
            if (routes.model.types.count === 1) expect(walked.score).toBe(tried.score);
            if (walked.score === Infinity) continue;
            expect(scoreAdded(parts, pickup, walked)).toBe(walked.score);
            found++;
          }
        }
        routes.undo();
      }
    }),
    { numRuns: 300 },
  );
  expect(found).toBeGreaterThan(200);
});

test("any solution that was walked to holds every rule", () => {
  fc.assert(
    fc.property(anyPlainProblem, fc.integer(), (problem, seed) => {
      const solution = search(problem, { seed, iterations: 300, now: () => 0 });
      const schedules = solution.routes.map((route) => scheduleRoute(problem, route));
      expect(schedules.flatMap((schedule) => schedule.violations)).toEqual([]);
      expect(findSolutionFaults(problem, solution, schedules)).toEqual([]);
    }),
    { numRuns: 200 },
  );
});
