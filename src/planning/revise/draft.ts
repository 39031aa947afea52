import type { Identifier } from "../../domain/identifier.ts";
import type { MaterialRule } from "../../domain/material-rule.ts";
import type { Plan, PlanOptions, UnassignedShipment } from "../../domain/plan.ts";
import type { MaterialQuantity } from "../../domain/plan-change.ts";
import type { Shipment } from "../../domain/shipment.ts";
import type { Vehicle } from "../../domain/vehicle.ts";

/** What surrounds a revision. */
export type RevisionContext = {
  /** License plates of dispatched routes: no change may touch them, no search moves them. */
  frozen: readonly string[];
  /** Today's material rules, for what is added or unassigned; what is on a route keeps the materials it was mapped to. */
  rules: readonly MaterialRule[];
  /** Names of materials beside those of the plan's vehicles and of the rules. */
  materials?: readonly string[];
};

/** What is unloaded of one shipment at a stop: all of it, or one of its parts. Each is one object as long as it rides. */
export type DraftPart = {
  shipmentId: Identifier;
  /** Exact decimals, none of zero. */
  items: MaterialQuantity[];
  /** The vehicle that this part of a split shipment is locked to. */
  lockedTo?: string;
};

/** A stop by what is unloaded there; trips count from 1. */
export type DraftStop = { parts: DraftPart[]; trip: number };

/** A route by its stops in driving order. */
export type DraftRoute = { licensePlate: string; stops: DraftStop[] };

/** A plan with changes made, before anything is timed or searched. */
export type Draft = {
  /** The plan as it was. */
  plan: Plan;
  context: RevisionContext;
  /** As the changes leave them; those of the revision. */
  options: PlanOptions;
  vehicles: Vehicle[];
  shipments: Shipment[];
  routes: DraftRoute[];
  unassigned: UnassignedShipment[];
  /** Parts of shipments whose other parts are on routes: they have to find a place too. */
  loose: DraftPart[];
  /** License plates whose routes have to be worked out anew, with the change that touched each last. */
  touched: Map<string, number>;
  /** The same, and those of shipments whose locks or priority changed: what "routes" searches. */
  concerned: Map<string, number>;
  /** Shipments that changes named, by `keyOf`, with the last change that did. */
  named: Map<string, number>;
  /** What changes put on a vehicle, and at a position where they said so: the search of this revision leaves it there. */
  pinned: Map<DraftPart, { hasPosition: boolean }>;
  /** Today's plates by those of the plan, where vehicles got another. */
  renamed: Map<string, string>;
  /** Whether a change took room or vehicles away, so that leaving shipments out is nobody's mistake. */
  hasLessRoom: boolean;
};

/** Where a part stands. */
export type Stand = { route: DraftRoute; stop: DraftStop; part: DraftPart };

/** Marks a route to be worked out anew. */
export function touch(draft: Draft, licensePlate: string, change: number): void {
  draft.touched.set(licensePlate, change);
  draft.concerned.set(licensePlate, change);
}

/** The route of a vehicle; undefined while it is idle. */
export function routeOf(draft: Draft, licensePlate: string): DraftRoute | undefined {
  return draft.routes.find((route) => route.licensePlate === licensePlate);
}

/** The same, begun where it is idle. */
export function openRoute(draft: Draft, licensePlate: string): DraftRoute {
  const known = routeOf(draft, licensePlate);
  if (known) return known;
  const route: DraftRoute = { licensePlate, stops: [] };
  draft.routes.push(route);
  return route;
}

/** Where the parts of a shipment stand, in the order of the routes. */
export function standsOf(draft: Draft, id: Identifier): Stand[] {
  const key = String(id);
  return draft.routes.flatMap((route) =>
    route.stops.flatMap((stop) =>
      stop.parts
        .filter(({ shipmentId }) => String(shipmentId) === key)
        .map((part) => ({ route, stop, part })),
    ),
  );
}

/** Takes parts off their stops; stops and trips that are empty then are gone. */
export function takeOff(draft: Draft, stands: readonly Stand[], change: number): DraftPart[] {
  for (const { route, stop, part } of stands) {
    stop.parts = stop.parts.filter((one) => one !== part);
    draft.pinned.delete(part);
    touch(draft, route.licensePlate, change);
    tidy(draft, route);
  }
  return stands.map(({ part }) => part);
}

/** Drops empty stops and an empty route, and counts trips from 1 again. */
export function tidy(draft: Draft, route: DraftRoute): void {
  route.stops = route.stops.filter(({ parts }) => parts.length > 0);
  const trips = [...new Set(route.stops.map(({ trip }) => trip))].sort((a, b) => a - b);
  for (const stop of route.stops) stop.trip = trips.indexOf(stop.trip) + 1;
  if (route.stops.length === 0) draft.routes = draft.routes.filter((one) => one !== route);
}
