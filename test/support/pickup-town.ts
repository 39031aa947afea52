import type { Problem } from "../../src/planning/problem.ts";
import { acrossGrid, routingProblem, type StopDraft } from "./routing-problem.ts";

/** Numbers below `limit` that look random and are the same each time (Numerical Recipes' generator). */
function createDraw(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

const horizon = 3000;

/**
 * Pairs with windows for most stops, after the pattern of Li and Lim (2003, "A metaheuristic for the pickup and delivery
 * problem with time windows"): in clusters or spread out, more vehicles than needed, and each of them dear.
 */
export function pickupTown({
  pairs,
  isClustered,
  seed,
}: {
  pairs: number;
  isClustered: boolean;
  seed: number;
}): Problem {
  const draw = createDraw(seed);
  const centers = Array.from({ length: 8 }, (): [number, number] => [10 + draw(80), 10 + draw(80)]);
  const anyPlace = (): [number, number] => {
    const [x, y] = centers[draw(8)]!;
    return isClustered ? [x + draw(9) - 4, y + draw(9) - 4] : [draw(100), draw(100)];
  };
  const places: [number, number][] = [[50, 50], ...Array.from({ length: 2 * pairs }, anyPlace)];
  const meters = acrossGrid(places);
  const around = (moment: number): [number, number] => [
    Math.max(0, moment - 150 - draw(150)),
    moment + 150 + draw(150),
  ];
  const stops = Array.from({ length: pairs }, (_, pair): StopDraft[] => {
    const [from, to] = [2 * pair + 1, 2 * pair + 2];
    const amount = [10 + draw(31)];
    const [out, between, back] = [meters[0]![from]!, meters[from]![to]!, meters[to]![0]!];
    const first = out + draw(Math.max(1, horizon - out - between - back - 200));
    const last = first + 100 + between;
    return [
      { location: from, pickup: amount, service: 100, ...(draw(4) > 0 && { windows: [around(first)] }) },
      {
        location: to,
        delivery: amount,
        service: 100,
        pickupOf: 2 * pair,
        ...(draw(4) > 0 && { windows: [around(last)] }),
      },
    ];
  });
  const vehicle = { capacity: [200], shift: [0, horizon] as [number, number], fixedCost: 5000 };
  return routingProblem({
    stops: stops.flat(),
    vehicles: Array.from({ length: pairs }, () => vehicle),
    meters: [meters],
  });
}
