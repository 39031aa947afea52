import type { PlanOptions } from "../../domain/plan.ts";
import type { Reoptimize } from "../../domain/plan-change.ts";
import type { Vehicle } from "../../domain/vehicle.ts";
import { partsOf } from "../complete/loads.ts";
import { driveAsGiven } from "../complete/visits.ts";
import { type Kept, keyOf, type PlanRequest } from "../prepare/request.ts";
import type { Draft, DraftPart, DraftRoute } from "./draft.ts";
import { partsByShipment } from "./draft-splits.ts";
import { prepareGiven, requestFor } from "./given-plan.ts";
import { refuseIncomplete } from "./refuse-incomplete.ts";

/** A search after changes. */
export type SearchMode = Exclude<Reoptimize, "none">;

/** More time than this is never taken to put the stops of single routes in order. */
const routesTimeLimitSeconds = 0.8;

/**
 * What is to be searched: the order within the touched vehicles ("routes"), or all that is not frozen ("all"). It
 * begins with the draft's routes, and leaves shipments that a change put on a vehicle there, at the position where one
 * was given. What "routes" would leave on no route by a part is refused. Its options hold for the search alone: those of the revision are the draft's.
 */
export function toSearchRequest(draft: Draft, mode: SearchMode): PlanRequest {
  if (mode === "routes") refuseIncomplete(draft);
  const routes = searchedRoutes(draft, mode);
  const riding = routes.flatMap(({ stops }) => stops.flatMap(({ parts }) => parts));
  const parts = mode === "all" ? [...riding, ...draft.loose] : riding;
  const whole = mode === "all" ? unassignedToPlace(draft) : new Set<string>();
  const { nameStop, ...request } = requestFor(draft, parts, whole);
  const plates = new Set(searchedPlates(draft, mode));
  const { timeLimitSeconds } = draft.options;
  return {
    ...request,
    // A vehicle that takes nothing keeps its place, so that all which names it still reads.
    vehicles: draft.vehicles.map((vehicle) =>
      plates.has(vehicle.licensePlate) ? vehicle : emptied(vehicle),
    ),
    options: {
      ...request.options,
      priorities: [...request.options.priorities, ...preferRiding(draft, { riding: parts, waiting: whole })],
      timeLimitSeconds:
        mode === "routes" ? Math.min(timeLimitSeconds, routesTimeLimitSeconds) : timeLimitSeconds,
    },
    kept: [...(request.kept ?? []), ...keep(draft, { mode, routes, parts })],
    earlierRoutes: routes.map(({ licensePlate, stops }) => ({ licensePlate, stops: stops.map(nameStop) })),
  };
}

/** The routes that a search may change. */
export function searchedRoutes(draft: Draft, mode: SearchMode): DraftRoute[] {
  const plates = new Set(searchedPlates(draft, mode));
  return draft.routes.filter(({ licensePlate }) => plates.has(licensePlate));
}

/** The vehicles that a search may use: without changes "routes" is of all that are not frozen. */
function searchedPlates({ vehicles, context, options, concerned }: Draft, mode: SearchMode): string[] {
  const out = new Set([...context.frozen, ...(options.withdrawn ?? [])]);
  const free = vehicles.map(({ licensePlate }) => licensePlate).filter((plate) => !out.has(plate));
  if (mode === "all" || concerned.size === 0) return free;
  return free.filter((plate) => concerned.has(plate));
}

/** What was left out and may be put in: not what was taken out by hand, nor what rides with something that is out. */
function unassignedToPlace(draft: Draft): Set<string> {
  const keys = draft.unassigned
    .filter(({ reason }) => reason !== "removed")
    .map(({ shipmentId }) => keyOf(shipmentId));
  const riding = partsByShipment(draft);
  const out = new Set(
    draft.routes
      .filter(({ licensePlate }) => draft.context.frozen.includes(licensePlate))
      .flatMap(({ stops }) => stops.flatMap(({ parts }) => parts.map(({ shipmentId }) => keyOf(shipmentId)))),
  );
  const groups = (draft.options.sameVehicle ?? []).map((group) => group.map(keyOf));
  const isBound = (key: string) =>
    groups.some((group) => group.includes(key) && group.some((one) => out.has(one)));
  return new Set(keys.filter((key) => !riding.has(key) && !isBound(key)));
}

/**
 * Whoever is on a route is not left out for others who wait, unless those were given a priority: a search counts how
 * many it serves, a dispatcher counts whom.
 */
function preferRiding(
  { options }: Draft,
  { riding, waiting }: { riding: readonly DraftPart[]; waiting: ReadonlySet<string> },
): PlanOptions["priorities"] {
  if (waiting.size === 0) return [];
  const own = new Set(
    options.priorities.filter(({ priority }) => priority > 0).map(({ shipmentId }) => keyOf(shipmentId)),
  );
  const ids = new Map(riding.map(({ shipmentId }) => [keyOf(shipmentId), shipmentId]));
  return [...ids].flatMap(([key, shipmentId]) => (own.has(key) ? [] : [{ shipmentId, priority: 1 }]));
}

function emptied(vehicle: Vehicle): Vehicle {
  return { ...vehicle, materialCapacities: [] };
}

type Searched = { mode: SearchMode; routes: readonly DraftRoute[]; parts: readonly DraftPart[] };

/** In "routes" each shipment stays on its vehicle; in "all" those that a change of this revision put there. */
function keep(draft: Draft, { mode, routes, parts }: Searched): Kept[] {
  const own = Map.groupBy(parts, ({ shipmentId }) => keyOf(shipmentId));
  return routes.flatMap((route) => {
    const kept = route.stops
      .flatMap((stop) => stop.parts)
      .filter((part) => mode === "routes" || draft.pinned.has(part));
    const positions = countPositions(draft, route);
    return kept.map((part): Kept => {
      const siblings = own.get(keyOf(part.shipmentId))!;
      const position = draft.pinned.get(part)?.hasPosition ? positions?.get(part) : undefined;
      return {
        shipmentId: part.shipmentId,
        licensePlate: route.licensePlate,
        ...(siblings.length > 1 && { part: siblings.indexOf(part) }),
        ...(position !== undefined && { position }),
      };
    });
  });
}

/**
 * The number of each part's stop as it would be driven. A search counts stops where a driver counts visits: undefined
 * where those are not the same, because a number would then mean another place.
 */
function countPositions(draft: Draft, route: DraftRoute): Map<DraftPart, number> | undefined {
  const parts = route.stops.flatMap((stop) => stop.parts);
  if (!parts.some((part) => draft.pinned.get(part)?.hasPosition)) return undefined;
  const { licensePlate } = route;
  const { prepared, tours } = prepareGiven(draft, { licensePlates: [licensePlate] });
  const { visits, stays } = driveAsGiven(prepared, tours.get(licensePlate)!);
  if (visits.length !== stays.length) return undefined;
  const left = Map.groupBy(parts, ({ shipmentId }) => keyOf(shipmentId));
  const pairs = visits.flatMap((visit, index) =>
    partsOf(visit.stays).map(({ consignment, part = 0 }) => {
      const key = keyOf(prepared.consignments[consignment]!.shipment.id);
      return [left.get(key)![part]!, index + 1] as const;
    }),
  );
  return new Map(pairs);
}
