import { Failure } from "../../domain/failure.ts";
import type { Identifier } from "../../domain/identifier.ts";
import type { Coordinates } from "../../domain/place.ts";
import type { Plan, PlanRoute, PlanStop, StopItem } from "../../domain/plan.ts";
import type { KnownTravel } from "../../domain/travel.ts";
import { writeRoute } from "../complete-plan.ts";
import { keyOf, type PlanRequest } from "../prepare/request.ts";
import type { BrokenLimit } from "./broken-limit.ts";
import { type Draft, type DraftPart, type DraftRoute, type DraftStop, routeOf } from "./draft.ts";
import { judgeTour } from "./find-broken.ts";
import { givenRequest, prepareGiven } from "./given-plan.ts";
import { isSameItems } from "./items.ts";
import { openDraft } from "./open-draft.ts";

/** A stop of somebody else's order: whose goods are unloaded there, and what where a shipment stands on several stops. */
export type GivenStop = { shipmentIds: readonly Identifier[]; items?: readonly StopItem[]; trip?: number };

/** A route of a plan in another order. */
export type GivenRoute = {
  licensePlate: string;
  order: readonly GivenStop[];
  /** Between `positionsOf` `toGivenRequest`; great-circle estimates when left out. */
  travel?: KnownTravel;
};

/** A route as it is driven, and what it breaks that way. */
export type TimedRoute = { route: PlanRoute; broken: BrokenLimit[] };

/** The route as a request: `positionsOf` it is what travel is wanted between. */
export function toGivenRequest(plan: Plan, licensePlate: string): PlanRequest {
  const draft = readDraft(plan, licensePlate);
  return givenRequest(draft, { routes: [routeOf(draft, licensePlate)!], extra: [] });
}

/**
 * One route of a plan in the given order: times, distances and loading positions are those of that order. Nothing is
 * refused but a plate that has no route (`not_found`); what the order breaks is told. What the order lacks is put at
 * its end, because it is on the vehicle; what it has and the route does not is passed over.
 */
export function timeGivenRoute(plan: Plan, { licensePlate, order, travel }: GivenRoute): TimedRoute {
  const draft = readDraft(plan, licensePlate);
  const route = routeOf(draft, licensePlate)!;
  const broken = putInOrder(route, order);
  const unplaced = travel ? new Set<string>() : lendPositions(draft, route);
  const { prepared, tours } = prepareGiven(draft, { licensePlates: [licensePlate], travel });
  const judged = judgeTour(prepared, tours.get(licensePlate)!);
  const timed = writeRoute(prepared, judged.driven);
  const stops = timed.stops.map((stop): PlanStop => {
    const isLent = stop.shipmentIds.some((id) => unplaced.has(keyOf(id)));
    return isLent ? { ...stop, lat: null, lng: null, distanceMeters: 0 } : stop;
  });
  const untold = stops.filter(({ shipmentIds }) => shipmentIds.some((id) => unplaced.has(keyOf(id))));
  return {
    route: { ...timed, stops },
    broken: [...broken, ...untold.map((stop) => tellUnplaced(licensePlate, stop)), ...judged.broken],
  };
}

function tellUnplaced(licensePlate: string, { sequence, shipmentIds }: PlanStop): BrokenLimit {
  const message = `Stop ${sequence} (shipment ${shipmentIds.join(", ")}) has no position: the drive to it is not counted, and the times behind it are estimates`;
  return { limit: "no_position", licensePlate, sequence, shipmentId: shipmentIds[0]!, over: 1, message };
}

/** A stop without a position that others follow counts as lying on the way: it borrows that of the stop before. */
function lendPositions(draft: Draft, { stops }: DraftRoute): Set<string> {
  const positionOf = new Map(draft.shipments.map(({ id, geoCoordinates }) => [keyOf(id), geoCoordinates]));
  const lent = new Map<string, Coordinates>();
  const placeOf = ({ parts }: DraftStop) => positionOf.get(keyOf(parts[0]!.shipmentId));
  const { lat, lng } = draft.options.depot;
  for (const trip of Map.groupBy(stops, (stop) => stop.trip).values()) {
    const last = trip.findLastIndex((stop) => placeOf(stop) != null);
    let before: Coordinates = { lat, lng };
    for (const stop of trip.slice(0, last + 1)) {
      before = placeOf(stop) ?? before;
      if (placeOf(stop) == null) for (const { shipmentId } of stop.parts) lent.set(keyOf(shipmentId), before);
    }
  }
  draft.shipments = draft.shipments.map((shipment) => {
    const position = lent.get(keyOf(shipment.id));
    return position ? { ...shipment, geoCoordinates: position } : shipment;
  });
  return new Set(lent.keys());
}

function readDraft(plan: Plan, licensePlate: string): Draft {
  const draft = openDraft(plan, { frozen: [], rules: plan.materialRules ?? [] });
  if (routeOf(draft, licensePlate)) return draft;
  throw new Failure("not_found", `Plan ${plan.planId} has no route of ${licensePlate}.`, {
    hint: "get_plan tells the plates of its routes.",
    fields: ["license_plate"],
  });
}

/** Puts the route's parts in the order of the given stops; told is what does not fit together. */
function putInOrder(route: DraftRoute, order: readonly GivenStop[]): BrokenLimit[] {
  const left = [...route.stops];
  const planned = new Map(route.stops.flatMap((stop) => stop.parts.map((part) => [part, stop] as const)));
  const broken: BrokenLimit[] = [];
  const { licensePlate } = route;
  const stops: DraftStop[] = [];
  for (const [index, given] of order.entries()) {
    const parts = given.shipmentIds.flatMap((id) => {
      const found = takePart(left, id, given.items);
      if (found.length === 0) {
        const message = `Stop ${index + 1} of the given order names shipment ${id}, which is not on the planned route`;
        broken.push({
          limit: "unknown",
          licensePlate,
          sequence: index + 1,
          shipmentId: id,
          over: 1,
          message,
        });
      }
      return found;
    });
    const trip =
      given.trip ?? Math.max(stops.at(-1)?.trip ?? 1, ...parts.map((part) => planned.get(part)!.trip));
    if (parts.length > 0) stops.push({ parts, trip });
  }
  const missing = left.filter(({ parts }) => parts.length > 0);
  for (const { parts } of missing) {
    for (const { shipmentId } of parts) {
      const message = `The given order lacks shipment ${shipmentId}, which is on the planned route`;
      broken.push({ limit: "missing", licensePlate, shipmentId, over: 1, message });
    }
  }
  const lastTrip = stops.at(-1)?.trip ?? 1;
  route.stops = [...stops, ...missing.map(({ parts }) => ({ parts, trip: lastTrip }))];
  return broken;
}

/** Takes a shipment off the first planned stop that has it; where it stands on several, off the one with these items. */
function takePart(
  left: readonly DraftStop[],
  id: Identifier,
  items: readonly StopItem[] | undefined,
): DraftPart[] {
  const isIts = ({ shipmentId }: { shipmentId: Identifier }) => keyOf(shipmentId) === keyOf(id);
  const holders = left.filter(({ parts }) => parts.some(isIts));
  const wanted = items?.filter(isIts) ?? [];
  const fits = ({ parts }: DraftStop) =>
    isSameItems(
      parts.filter(isIts).flatMap((part) => part.items),
      wanted,
    );
  const holder = (wanted.length > 0 && holders.find(fits)) || holders[0];
  if (!holder) return [];
  const taken = holder.parts.filter(isIts);
  holder.parts = holder.parts.filter((part) => !isIts(part));
  return taken;
}
