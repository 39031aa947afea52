import { amountsOfSingles } from "../pairs.ts";
import type { Problem } from "../problem.ts";
import { mostTripsOf } from "../schedule/visits.ts";
import type { PackingProblem } from "./packing-problem.ts";

/**
 * What remains of a routing problem when nothing has a place: every plan that serves the stops is a packing of this
 * problem, with the same vehicles and the same price, so that bounds on the packing hold for the plan. Deliveries are
 * all on board at the start of a route and pickups at its end, but for those of pairs, each within the capacity; stops are counted; and the
 * seconds of service fit into the shift and the longest duration. A vehicle that loads again carries as much as all of
 * its trips could. Travel, windows and groups are left out.
 */
export function relaxToPacking(
  problem: Problem,
  { stops: served, price }: { stops: readonly number[]; price: "vehicles" | "fixedCost" },
): PackingProblem {
  const { dimensions: own, vehicles } = problem;
  const dimensions = 2 * own + 2;
  const groups = groupVehicles(problem, price);
  const first = groups.map(([vehicle = 0]) => vehicle);
  const startLoad = amountsOfSingles(problem, problem.stops.delivery);
  const endLoad = amountsOfSingles(problem, problem.stops.pickup);
  const loadRow = (stop: number): number[] => [
    ...startLoad.subarray(stop * own, (stop + 1) * own),
    ...endLoad.subarray(stop * own, (stop + 1) * own),
    1,
    Math.floor(leastService(problem, stop)),
  ];
  const isAllowed = served.flatMap((stop) =>
    first.map((vehicle) => problem.stops.isAllowed[stop * vehicles.count + vehicle]!),
  );
  return {
    dimensions,
    items: { count: served.length, load: Float64Array.from(served.flatMap(loadRow)) },
    types: {
      count: first.length,
      capacity: Float64Array.from(first.flatMap((vehicle) => capacityRow(problem, vehicle))),
      cost: Float64Array.from(first, (vehicle) => (price === "vehicles" ? 1 : vehicles.fixedCost[vehicle]!)),
      available: Int32Array.from(groups, (members) => members.length),
    },
    isAllowed: Uint8Array.from(isAllowed),
  };
}

/** Whole numbers: services are rounded down and the time for them up, which only makes the packing easier. */
function capacityRow(problem: Problem, vehicle: number): number[] {
  const { vehicles, dimensions } = problem;
  const trips = mostTripsOf(problem, vehicle);
  const own = vehicles.capacity.subarray(vehicle * dimensions, (vehicle + 1) * dimensions);
  const capacity = own.map((most) => Math.min(most * trips, Number.MAX_SAFE_INTEGER));
  const shift = vehicles.shiftEnd[vehicle]! - vehicles.shiftStart[vehicle]!;
  const seconds = Math.max(0, Math.ceil(Math.min(shift, vehicles.maxDurationSeconds[vehicle]!)));
  return [...capacity, ...capacity, vehicles.maxStops[vehicle]!, seconds];
}

/** The least that any vehicle needs at the stop. */
function leastService({ stops, serviceTables = [] }: Problem, stop: number): number {
  return Math.min(stops.serviceSeconds[stop]!, ...serviceTables.map((table) => table.serviceSeconds[stop]!));
}

/** Vehicles that carry, cost and may serve the same. */
function groupVehicles(problem: Problem, price: "vehicles" | "fixedCost"): number[][] {
  const { vehicles, stops } = problem;
  const keyOf = (vehicle: number): string => {
    const cost = price === "vehicles" ? 1 : vehicles.fixedCost[vehicle]!;
    let barred = "";
    for (let stop = 0; stop < stops.count; stop++) {
      if (stops.isAllowed[stop * vehicles.count + vehicle] === 0) barred += `${stop},`;
    }
    return `${capacityRow(problem, vehicle).join()}|${cost}|${barred}`;
  };
  const all = Array.from({ length: vehicles.count }, (_, vehicle) => vehicle);
  return [...Map.groupBy(all, keyOf).values()];
}
