import type { Problem } from "../problem.ts";

/** What holds for all questions about a problem. */
export type Facts = {
  /** Some stops deliver and some pick up, or vehicles load again, so that the load depends on the order. */
  isMixed: boolean;
  /** Some vehicle may load again, so that it depends on the place too what rides together. */
  hasTrips: boolean;
  /** Some stops must not share a route, which comes before everything that is counted here. */
  hasCompany: boolean;
  /** All times are whole and nothing is waited for at the start: then a look at a route can be as exact as its schedule. */
  isPlain: boolean;
};

/** Reads a problem through once, so that no question about it has to. */
export function readFacts({ stops, vehicles, serviceTables = [] }: Problem): Facts {
  const services = [stops, ...serviceTables].flatMap((table) => [table.serviceSeconds, table.setupSeconds]);
  const shifts = [vehicles.shiftStart, vehicles.shiftEnd];
  const limits = [vehicles.maxTravelSeconds, vehicles.maxDistanceMeters, vehicles.maxDurationSeconds];
  const reloads = vehicles.reloadSeconds ? [vehicles.reloadSeconds] : [];
  const hasTrips = vehicles.mostTrips?.some((most) => most > 1) ?? false;
  const hasBoth = stops.delivery.some((amount) => amount > 0) && stops.pickup.some((amount) => amount > 0);
  const times = [...reloads, ...services, stops.windowStart, stops.windowEnd, ...shifts, ...limits];
  return {
    isPlain: stops.releaseSeconds === undefined && times.every((column) => column.every(isWhole)),
    isMixed: hasBoth || hasTrips,
    hasTrips,
    hasCompany: stops.classes !== undefined || stops.apartGroup !== undefined,
  };
}

function isWhole(value: number): boolean {
  return Number.isSafeInteger(value) || value === Number.POSITIVE_INFINITY;
}
