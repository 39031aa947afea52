import fc from "fast-check";
import { expect, test } from "vitest";
import type { Problem } from "../../../src/planning/problem.ts";
import { scheduleRoute } from "../../../src/planning/schedule.ts";
import { barSome, drawDiscount, endOtherFleet } from "../../../src/planning/search/operators/other-fleets.ts";
import { recreate } from "../../../src/planning/search/operators/recreate.ts";
import { ruin } from "../../../src/planning/search/operators/ruin.ts";
import type { Routes } from "../../../src/planning/search/routes.ts";
import { prepareSearch, type SearchParts } from "../../../src/planning/search/search-parts.ts";
import { StopBudget } from "../../../src/planning/search/stop-budget.ts";
import { acrossGrid, routingProblem } from "../../support/routing-problem.ts";

const dimensions = 2;
const anyAmounts = (least: number, most: number) =>
  fc.array(fc.integer({ min: least, max: most }), { minLength: dimensions, maxLength: dimensions });

/** Few kinds of vehicles, each in a limited number, that carry and cost differently; some stops are not for all. */
const anyMixedFleet: fc.Arbitrary<Problem> = fc
  .record({
    stops: fc.array(
      fc.record({
        location: fc.integer({ min: 1, max: 8 }),
        delivery: anyAmounts(0, 6),
        service: fc.nat(20),
        barred: fc.uniqueArray(fc.nat(2), { maxLength: 1 }),
      }),
      { minLength: 3, maxLength: 14 },
    ),
    kinds: fc.array(
      fc.record({
        capacity: anyAmounts(6, 40),
        fixedCost: fc.nat(300),
        costPerMeter: fc.integer({ min: 1, max: 4 }),
        maxStops: fc.integer({ min: 2, max: 14 }),
        count: fc.integer({ min: 1, max: 3 }),
      }),
      { minLength: 2, maxLength: 3 },
    ),
    windows: fc.array(fc.tuple(fc.nat(100), fc.integer({ min: 60, max: 400 })), { maxLength: 14 }),
    places: fc.array(fc.tuple(fc.nat(20), fc.nat(20)), { minLength: 9, maxLength: 9 }),
  })
  .map(({ stops, kinds, windows, places }) =>
    routingProblem({
      dimensions,
      stops: stops.map((stop, index) => {
        const window = windows[index];
        return window ? { ...stop, windows: [[window[0], window[0] + window[1]]] } : stop;
      }),
      vehicles: kinds.flatMap(({ count, ...kind }) => new Array(count).fill(kind)),
      meters: [acrossGrid(places)],
    }),
  );

const anySeeds = fc.array(fc.nat(13), { minLength: 1, maxLength: 8 });
const anyShare = fc.double({ min: 0.05, max: 1, noNaN: true });

test("a bar is on all types that carry more than one of them, and on no other", () => {
  let met = 0;
  fc.assert(
    fc.property(anyMixedFleet, fc.nat(), (problem, seed) => {
      const parts = start(problem, seed);
      const { choice } = parts;
      for (let round = 0; round < 25; round++) {
        const wasBarring = barSome(parts);
        const isBarred = [...choice.isBarred].map((flag) => flag === 1);
        if (wasBarring) met++;
        else expect(isBarred).not.toContain(true);
        const sizes = isBarred.map((_, type) => sizeOf(problem, vehicleOf(parts.routes, type)));
        const largest = Math.max(...sizes.filter((_, type) => !isBarred[type]));
        for (const [type, size] of sizes.entries()) expect(isBarred[type]).toBe(size > largest);
        endOtherFleet(parts);
        expect([...choice.isBarred]).not.toContain(1);
      }
    }),
    { numRuns: 20 },
  );
  expect(met).toBeGreaterThan(20);
});

test("while types are barred, no route begins on one of them or changes to one", () => {
  let met = 0;
  fc.assert(
    fc.property(anyMixedFleet, anySeeds, fc.nat(2), (problem, seeds, type) => {
      const parts = start(problem, 7);
      const { routes, choice } = parts;
      for (const seed of seeds) {
        const before = routes.type.slice();
        routes.begin();
        choice.barLarger(type % routes.model.types.count);
        ruin(parts, seed % problem.stops.count);
        const isBarred = choice.isBarred.slice();
        for (const stop of removedOf(parts)) parts.placement.place(stop, "near");
        for (let route = 0; route < routes.opened; route++) {
          const now = routes.type[route]!;
          if (routes.size[route] === 0 || isBarred[now] === 0) continue;
          expect(now).toBe(before[route]);
          met++;
        }
        endOtherFleet(parts);
        routes.undo();
      }
    }),
    { numRuns: 60 },
  );
  expect(met).toBeGreaterThan(20);
});

test("with a discount an insertion adds what cost less discount grows by, both worked out from nothing", () => {
  let met = 0;
  fc.assert(
    fc.property(anyMixedFleet, fc.nat(13), anyShare, (problem, seed, share) => {
      const parts = start(problem, 7);
      const { routes, choice, insertion } = parts;
      if (!choice.discount.isUseful) return;
      routes.begin();
      ruin(parts, seed % problem.stops.count);
      choice.discount.share = share;
      for (const stop of removedOf(parts)) {
        const before = discountedCost(problem, routes, share);
        if (!insertion.find(stop)) continue;
        insertion.apply(stop);
        expect(insertion.score).toBeCloseTo(discountedCost(problem, routes, share) - before, 6);
        met++;
      }
    }),
    { numRuns: 100 },
  );
  expect(met).toBeGreaterThan(100);
});

test("a round with other fleets ends with true costs and no rule broken, and can be undone exactly", () => {
  let met = 0;
  fc.assert(
    fc.property(anyMixedFleet, anySeeds, anyShare, fc.nat(2), (problem, seeds, share, type) => {
      const parts = start(problem, 7);
      const { routes, choice } = parts;
      for (const [round, seed] of seeds.entries()) {
        const before = stateOf(routes);
        routes.begin();
        choice.barLarger(type % routes.model.types.count);
        ruin(parts, seed % problem.stops.count);
        if (choice.discount.isUseful) choice.discount.share = share;
        recreate(parts, seed % problem.stops.count);
        expect(choice.discount.share).toBe(0);
        expect([...choice.isBarred]).not.toContain(1);
        let total = 0;
        for (const { route, vehicle, stops } of readRoutes(routes)) {
          const schedule = scheduleRoute(problem, { vehicle, stops });
          expect(schedule.violations).toEqual([]);
          expect(routes.score[route]).toBe(schedule.cost);
          total += schedule.cost;
          met++;
        }
        expect(routes.total).toBe(total);
        expectEachInUseOnce(routes);
        if (round % 2 === 0) parts.absence.keepTrial();
        else {
          routes.undo();
          expect(stateOf(routes)).toEqual(before);
        }
      }
    }),
    { numRuns: 60 },
  );
  expect(met).toBeGreaterThan(100);
});

test("the end of a discount gives each route that changed a vehicle that no free one undercuts", () => {
  let [met, changed] = [0, 0];
  fc.assert(
    fc.property(anyMixedFleet, fc.nat(13), anyShare, (problem, seed, share) => {
      const parts = start(problem, 7);
      const { routes, choice } = parts;
      if (!choice.discount.isUseful) return;
      routes.begin();
      ruin(parts, seed % problem.stops.count);
      choice.discount.share = share;
      for (const stop of removedOf(parts)) parts.placement.place(stop, "near");
      const touched = [...routes.touched.subarray(0, routes.touchedCount)];
      const [typesBefore, totalBefore] = [[...routes.type], routes.total];
      endOtherFleet(parts);
      expect(routes.total).toBeLessThanOrEqual(totalBefore);
      if (typesBefore.join() !== [...routes.type].join()) changed++;
      const last = readRoutes(routes).find(({ route }) => route === touched.at(-1));
      if (!last) return;
      const cost = scheduleRoute(problem, last).cost;
      for (const [type, free] of routes.free.entries()) {
        if (free === 0) continue;
        const other = scheduleRoute(problem, { vehicle: vehicleOf(routes, type), stops: last.stops });
        if (other.violations.length === 0) expect(other.cost).toBeGreaterThanOrEqual(cost);
        met++;
      }
    }),
    { numRuns: 150 },
  );
  expect(met).toBeGreaterThan(20);
  expect(changed).toBeGreaterThan(0);
});

test("a discount is drawn on some rounds and not on others, as a share of the cost", () => {
  const kinds = [
    { capacity: [5], fixedCost: 10 },
    { capacity: [9], fixedCost: 15 },
  ];
  const stops = [1, 2, 3].map((location) => ({ location, delivery: [2] }));
  const meters = [acrossGrid([0, 1, 2, 3].map((x) => [x, x] as [number, number]))];
  const parts = start(routingProblem({ stops, vehicles: kinds, meters }), 3);
  const shares = Array.from({ length: 400 }, () => {
    drawDiscount(parts);
    const { share } = parts.choice.discount;
    endOtherFleet(parts);
    return share;
  });
  expect(shares).toContain(0);
  expect(shares.some((share) => share > 0)).toBe(true);
  expect(shares.every((share) => share >= 0 && share < 1)).toBe(true);
});

function start(problem: Problem, seed: number): SearchParts {
  const budget = new StopBudget({ seed, iterations: 1, now: () => 0 }, Number.POSITIVE_INFINITY);
  const parts = prepareSearch(problem, { seed }, budget);
  if (!parts) throw new Error("the search was cancelled");
  return parts;
}

const removedOf = ({ removed }: SearchParts): number[] => [...removed.stops.subarray(0, removed.count)];

const vehicleOf = ({ model }: Routes, type: number): number => model.types.members[type]![0]!;

/** Shares of the largest capacities, summed. */
function sizeOf({ vehicles }: Problem, vehicle: number): number {
  let size = 0;
  for (let d = 0; d < dimensions; d++) {
    const column = Array.from({ length: vehicles.count }, (_, of) => vehicles.capacity[of * dimensions + d]!);
    size += vehicles.capacity[vehicle * dimensions + d]! / Math.max(...column);
  }
  return size;
}

/** Each route in use, with some vehicle of its type. */
function readRoutes(routes: Routes) {
  const { model, next, size, type, opened } = routes;
  const used = Array.from({ length: opened }, (_, route) => route).filter((route) => size[route]! > 0);
  return used.map((route) => {
    const stops: number[] = [];
    const home = model.stopCount + route;
    for (let node = next[home]!; node !== home; node = next[node]!) stops.push(node);
    return { route, vehicle: vehicleOf(routes, type[route]!), stops };
  });
}

/** Cost less a share of the cost beyond the cheapest way of driving as far, for the room left in the fullest material. */
function discountedCost(problem: Problem, routes: Routes, share: number): number {
  const { fixedCost, costPerMeter, capacity } = problem.vehicles;
  const least = Math.min(...costPerMeter);
  return readRoutes(routes).reduce((sum, { vehicle, stops }) => {
    const { cost, distanceMeters } = scheduleRoute(problem, { vehicle, stops });
    const fills = Array.from({ length: dimensions }, (_, d) => {
      const load = stops.reduce((all, stop) => all + problem.stops.delivery[stop * dimensions + d]!, 0);
      return load / capacity[vehicle * dimensions + d]!;
    });
    const extra = fixedCost[vehicle]! + (costPerMeter[vehicle]! - least) * distanceMeters;
    return sum + cost - share * (1 - Math.max(...fills)) * extra;
  }, 0);
}

/** No vehicle is lost or driven twice. */
function expectEachInUseOnce({ type, size, free, model }: Routes): void {
  const inUse = new Array(model.types.count).fill(0);
  for (const [route, stops] of size.entries()) if (stops > 0) inUse[type[route]!]++;
  for (let of = 0; of < inUse.length; of++) expect(inUse[of] + free[of]!).toBe(model.types.available[of]);
}

function stateOf(routes: Routes) {
  const { routeOf, size, type, meters, seconds, stay, score, free, total, used } = routes;
  const copies = [routeOf, size, type, meters, seconds, stay, score, free].map((values) => [...values]);
  return { copies, total, used, orders: readRoutes(routes) };
}
