import { partsOf } from "./complete/loads.ts";
import { findIncomplete, type Settled } from "./complete/settle.ts";
import { keyOf, type PlanRequest } from "./prepare/request.ts";
import { type Grain, isApart } from "./prepare/stops.ts";
import type { PreparedPlan } from "./prepare-plan.ts";
import type { Solution } from "./solution.ts";

/** A problem, what the search made of it, and the routes that comes to. */
export type Attempt = {
  prepared: PreparedPlan;
  solution: Solution;
  settled: Settled;
  /** What making the problem took. */
  preparingMilliseconds: number;
};

/**
 * Whether an attempt serves more priority than another; as much, and more shipments; or as many, and its search spent
 * less on parts of split shipments that came to nothing.
 */
export function servesMore(attempt: Attempt, other: Attempt): boolean {
  const measure = measureServed(attempt);
  const otherMeasure = measureServed(other);
  const differing = measure.findIndex((value, index) => value !== otherMeasure[index]);
  return differing >= 0 && measure[differing]! > otherMeasure[differing]!;
}

function measureServed(attempt: Attempt): number[] {
  const { consignments } = attempt.prepared;
  const unassigned = findUnassigned(attempt);
  const served = consignments.filter(
    ({ shipment, conditions }) => conditions.penalty === undefined && !unassigned.has(keyOf(shipment.id)),
  );
  const priority = served.reduce((sum, { conditions }) => sum + conditions.priority, 0);
  return [priority, served.length, -findPartlyPlaced(attempt).length];
}

/** Shipments that are on no route; a split one is delivered whole or not at all. */
function findUnassigned({ prepared, settled }: Attempt): Set<string> {
  const delivered = partsOf(settled.routes.flatMap(({ stays }) => stays));
  const served = new Set(delivered.map(({ consignment }) => consignment));
  const left = prepared.consignments.filter((_, consignment) => !served.has(consignment));
  return new Set([
    ...prepared.unassigned.map(({ shipmentId }) => keyOf(shipmentId)),
    ...left.map(({ shipment }) => keyOf(shipment.id)),
  ]);
}

/** Split shipments of which the search placed a part, but that are on no route. */
function findPartlyPlaced(attempt: Attempt): string[] {
  const { prepared, solution } = attempt;
  const unassigned = findUnassigned(attempt);
  const keys = [...findIncomplete(prepared, solution)].map((index) =>
    keyOf(prepared.consignments[index]!.shipment.id),
  );
  return keys.filter((key) => unassigned.has(key));
}

/**
 * Ways to try again what the best attempt left out, the most promising first: every shipment a stop of its own, only
 * those left out, or without the split shipments that the latest attempt could place in part alone. Where stops are
 * counted (a limit, a locked position), stops that were served stay joined: apart they would count several times.
 */
export function finerGrains(best: Attempt, latest: Attempt): Grain[] {
  const { grain, stops, consignments, request } = best.prepared;
  const left = findLeftOut(best);
  if (left.size === 0) return [];
  const keysOf = (stop: number) =>
    stops[stop]!.parts.map(({ consignment }) => keyOf(consignments[consignment]!.shipment.id));
  const coarse = [...stops.keys()].filter((stop) => isCoarse(best.prepared, stop)).map(keysOf);
  const hopeless = new Set(findPartlyPlaced(latest).filter((key) => isApart(latest.prepared.grain, key)));
  const again = coarse.filter((keys) => keys.some((key) => left.has(key) && !hopeless.has(key))).flat();
  const grains: Grain[] = [];
  if (coarse.length > 0 && !countsStops(request)) grains.push({ ...grain, apart: "all" });
  if (again.length > 0 && grain.apart !== "all") {
    grains.push({ ...grain, apart: new Set([...grain.apart, ...again]) });
  }
  if (hopeless.size > 0) grains.push({ ...grain, givenUp: new Set([...grain.givenUp, ...hopeless]) });
  return grains;
}

/** What the search, not the screening before it, left out although it had to be served. */
function findLeftOut(attempt: Attempt): Set<string> {
  const { unassigned, grain } = attempt.prepared;
  const hopeless = new Set(unassigned.map(({ shipmentId }) => keyOf(shipmentId)));
  const { consignments } = attempt.prepared;
  for (const { shipment, conditions } of consignments) {
    if (conditions.penalty !== undefined) hopeless.add(keyOf(shipment.id));
  }
  const all = [...findUnassigned(attempt)];
  return new Set(all.filter((key) => !hopeless.has(key) && !grain.givenUp.has(key)));
}

/** Whether the stop could be cut finer: it joins shipments, or is a vehicle-sized part of one. */
function isCoarse({ stops, consignments, grain }: PreparedPlan, stop: number): boolean {
  const { parts } = stops[stop]!;
  const { shipment, isSplit, parts: given } = consignments[parts[0]!.consignment]!;
  return parts.length > 1 || (isSplit && !given && !isApart(grain, keyOf(shipment.id)));
}

function countsStops({ options }: PlanRequest): boolean {
  return (
    options.maxStopsPerRoute !== undefined || options.locks.some(({ position }) => position !== undefined)
  );
}
