import type { Identifier } from "../../domain/identifier.ts";
import type { SolutionRoute } from "../solution.ts";
import type { Consignment } from "./consignment.ts";
import { type EarlierRoute, type EarlierStop, keyOf } from "./request.ts";
import type { Grain, PlannedStop } from "./stops.ts";

type Context = {
  licensePlates: readonly string[];
  stops: readonly PlannedStop[];
  consignments: readonly Consignment[];
};

/**
 * An earlier plan's routes by the stops of the search. What is no longer there is passed over, and so is whatever a
 * route before has; the search leaves aside a route that breaks a rule now.
 */
export function toInitialRoutes(
  earlier: readonly EarlierRoute[],
  { licensePlates, stops, consignments }: Context,
): SolutionRoute[] {
  const stopsOf = findStops(stops, consignments);
  const taken = new Set<number>();
  return earlier.flatMap(({ licensePlate, stops: visits }) => {
    const vehicle = licensePlates.indexOf(licensePlate);
    if (vehicle < 0) return [];
    const members: number[] = [];
    const reloads: number[] = [];
    let trip = visits[0]?.trip ?? 1;
    for (const visit of visits) {
      const found = visit.shipmentIds.flatMap((id) => stopsAt(visit, id, stopsOf));
      const next = [...new Set(found)].filter((stop) => !taken.has(stop));
      for (const stop of next) taken.add(stop);
      const isNewTrip = (visit.trip ?? 1) > trip && members.length > 0;
      if (isNewTrip && next.length > 0 && reloads.at(-1) !== members.length) reloads.push(members.length);
      if (next.length > 0) trip = visit.trip ?? 1;
      members.push(...next);
    }
    if (members.length === 0) return [];
    return [{ vehicle, stops: members, ...(reloads.length > 0 && { reloads }) }];
  });
}

type FoundStop = { stop: number; part: number | undefined };

function findStops(stops: Context["stops"], consignments: Context["consignments"]): Map<string, FoundStop[]> {
  const stopsOf = new Map<string, FoundStop[]>();
  for (const [stop, { parts }] of stops.entries()) {
    for (const { consignment, part } of parts) {
      const key = keyOf(consignments[consignment]!.shipment.id);
      const found = stopsOf.get(key);
      if (found) found.push({ stop, part });
      else stopsOf.set(key, [{ stop, part }]);
    }
  }
  return stopsOf;
}

/** The stops of a shipment, or of the parts of it that the visit names. */
function stopsAt(
  { parts = [] }: EarlierStop,
  id: Identifier,
  stopsOf: ReadonlyMap<string, FoundStop[]>,
): number[] {
  const named = parts.filter(({ shipmentId }) => keyOf(shipmentId) === keyOf(id));
  return (stopsOf.get(keyOf(id)) ?? [])
    .filter(({ part }) => part === undefined || named.length === 0 || named.some((one) => one.part === part))
    .map(({ stop }) => stop);
}

/**
 * How finely shipments must be cut so that the earlier routes can be driven again: shipments that would share a stop
 * but rode on two vehicles are stops of their own.
 */
export function grainOf(earlier: readonly EarlierRoute[], context: Omit<Context, "licensePlates">): Grain {
  const vehiclesOf = new Map<string, Set<string>>();
  for (const { licensePlate, stops } of earlier) {
    for (const { shipmentIds, trip = 1 } of stops) {
      for (const id of shipmentIds) {
        const riding = vehiclesOf.get(keyOf(id)) ?? new Set();
        vehiclesOf.set(keyOf(id), riding.add(`${licensePlate} ${trip}`));
      }
    }
  }
  const torn = context.stops.flatMap(({ parts }) => {
    const keys = parts.map(({ consignment }) => keyOf(context.consignments[consignment]!.shipment.id));
    const ridings = new Set(keys.map((key) => [...(vehiclesOf.get(key) ?? [])].sort().join("|")));
    return ridings.size > 1 ? keys : [];
  });
  return { apart: new Set(torn), givenUp: new Set() };
}
