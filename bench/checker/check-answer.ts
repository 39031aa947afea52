import type { Answer, Instance, Stop, VehicleType } from "../instances/instance.ts";
import { checkTimes } from "./check-times.ts";
import { measure, partsOf } from "./measure.ts";

/** What an answer is worth: its cost in the instance's units, and every rule it breaks, as sentences. */
export type Verdict = { feasible: boolean; cost: number; faults: string[] };

/** Scores an answer from the instance alone: coverage, fleet, capacity, allowed stops, windows, shift, duration. */
export function checkAnswer(instance: Instance, answer: Answer): Verdict {
  const faults = [...checkCoverage(instance, answer), ...checkFleet(instance, answer)];
  let scaledCost = 0;
  answer.routes.forEach(({ vehicleType, stops }, index) => {
    const vehicle = instance.fleet[vehicleType];
    const visits = stops.map((stop) => instance.stops[stop]);
    if (!vehicle || !visits.every((visit) => visit !== undefined)) return;
    const routeFaults = [
      ...checkLoad(vehicle, visits),
      ...checkAllowed(vehicle, stops),
      ...checkTimes(instance, vehicle, visits),
    ];
    faults.push(...routeFaults.map((fault) => `route ${index + 1} ${fault}`));
    scaledCost += scaledCostOf(instance, vehicle, visits);
  });
  scaledCost += partsOf[instance.rounding] * forgonePrizes(instance, answer);
  const cost = scaledCost / partsOf[instance.rounding] / instance.costDivisor;
  return { feasible: faults.length === 0, cost, faults };
}

function checkCoverage({ stops }: Instance, { routes }: Answer): string[] {
  const visits = new Map<number, number>();
  for (const stop of routes.flatMap((route) => route.stops)) visits.set(stop, (visits.get(stop) ?? 0) + 1);
  const faults = stops.flatMap(({ prize }, stop) => {
    const times = visits.get(stop) ?? 0;
    const isRight = times === 1 || (times === 0 && prize !== undefined);
    return isRight ? [] : [`stop ${stop} is visited ${times} times`];
  });
  const unknown = [...visits.keys()].filter((stop) => !(stop in stops));
  return [...faults, ...unknown.map((stop) => `stop ${stop} does not exist`)];
}

/** What the stops that may be left out, and are, would have been worth. */
function forgonePrizes({ stops }: Instance, { routes }: Answer): number {
  const visited = new Set(routes.flatMap((route) => route.stops));
  return stops.reduce((sum, { prize = 0 }, stop) => (visited.has(stop) ? sum : sum + prize), 0);
}

function checkFleet({ fleet }: Instance, { routes }: Answer): string[] {
  const used = new Map<number, number>();
  for (const { vehicleType } of routes) used.set(vehicleType, (used.get(vehicleType) ?? 0) + 1);
  return [...used].flatMap(([type, count]) => {
    const available = fleet[type]?.count;
    if (available === undefined) return [`vehicle type ${type} does not exist`];
    return count > available ? [`${count} vehicles of type ${type} are used, ${available} are there`] : [];
  });
}

function checkLoad({ capacity }: VehicleType, visits: Stop[]): string[] {
  return capacity.flatMap((most, dimension) => {
    const load = visits.reduce((sum, { demand }) => sum + (demand[dimension] ?? Number.NaN), 0);
    return load <= most ? [] : [`carries ${load} of dimension ${dimension}, its vehicle takes ${most}`];
  });
}

function checkAllowed({ allowedStops }: VehicleType, stops: number[]): string[] {
  if (!allowedStops) return [];
  const allowed = new Set(allowedStops);
  return stops.filter((stop) => !allowed.has(stop)).map((stop) => `may not visit stop ${stop}`);
}

/** Whole for whole costs, so that the sum over the routes is exact. */
function scaledCostOf(instance: Instance, vehicle: VehicleType, visits: Stop[]): number {
  if (visits.length === 0) return 0;
  const { depot, fixedCost, costPerDistance } = vehicle;
  const places = [depot, ...visits.map(({ place }) => place), depot];
  let distance = 0;
  for (const [index, to] of places.entries()) {
    const from = places[index - 1];
    if (from !== undefined) distance += measure(instance, from, to);
  }
  return fixedCost * partsOf[instance.rounding] + costPerDistance * distance;
}
