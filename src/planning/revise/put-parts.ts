import { refuseKeptOff } from "./agreements.ts";
import { type Draft, type DraftPart, openRoute, routeOf, touch } from "./draft.ts";
import { addItems } from "./items.ts";
import { findPlace, putAt } from "./place-stop.ts";
import { type At, refuse } from "./refuse.ts";

/** Where parts of one shipment go. */
export type Target = { licensePlate: string; position?: number | undefined; trip?: number | undefined };

/** Puts parts of one shipment on a vehicle: at a position, else where it costs least. */
export function putParts(
  draft: Draft,
  parts: readonly DraftPart[],
  { target, at }: { target: Target; at: At },
): void {
  const { licensePlate, position, trip } = target;
  for (const part of parts) {
    refuseKeptOff(draft, part, { licensePlate, at });
    draft.pinned.set(part, { hasPosition: position !== undefined });
  }
  if (position === undefined) putCheapest(draft, parts, { target, at });
  else {
    const index = position - 1;
    const own = tripAt(draft, { licensePlate, position, trip }, at);
    openRoute(draft, licensePlate).stops.splice(index, 0, { trip: own, parts: [...parts] });
  }
  touch(draft, licensePlate, at.index);
}

function putCheapest(
  draft: Draft,
  parts: readonly DraftPart[],
  { target, at }: { target: Target; at: At },
): void {
  const { licensePlate, trip } = target;
  const trips = new Set(routeOf(draft, licensePlate)?.stops.map((stop) => stop.trip));
  if (trip !== undefined && trip > trips.size + 1) refuseTrip(licensePlate, { trip, trips: trips.size, at });
  if (trip !== undefined && trip === trips.size + 1) {
    openRoute(draft, licensePlate).stops.push({ trip, parts: [...parts] });
    return;
  }
  putAt(draft, parts, findPlace(draft, { parts, licensePlates: [licensePlate], trip })!);
}

/** The trip of a position: the given one where that is in order, else that of the stop which stands there. */
function tripAt(draft: Draft, { licensePlate, position, trip }: Required<Target>, at: At): number {
  const stops = routeOf(draft, licensePlate)?.stops ?? [];
  if (position! > stops.length + 1) {
    refuse(at, `Position ${position} is beyond the route of ${licensePlate}: it has ${stops.length} stops.`, {
      code: "invalid_input",
      field: "position",
      hint: `Give a position from 1 to ${stops.length + 1}, or none for the cheapest place.`,
    });
  }
  const before = stops[position! - 2]?.trip;
  const behind = stops[position! - 1]?.trip;
  if (trip === undefined) return behind ?? before ?? 1;
  const isInOrder = trip >= (before ?? 1) && trip <= (behind ?? (before ?? 0) + 1);
  if (!isInOrder) {
    refuse(at, `Position ${position} of ${licensePlate} is not on trip ${trip}.`, {
      code: "invalid_input",
      field: "trip",
      hint: "Leave out position or trip.",
    });
  }
  return trip;
}

function refuseTrip(
  licensePlate: string,
  { trip, trips, at }: { trip: number; trips: number; at: At },
): never {
  return refuse(at, `${licensePlate} drives ${trips} trips: there is no trip ${trip} yet.`, {
    code: "invalid_input",
    field: "trip",
    hint: `Give a trip from 1 to ${trips + 1}.`,
  });
}

/** Parts of one shipment as one. */
export function unite(parts: readonly DraftPart[]): DraftPart {
  const [first, ...others] = parts;
  if (others.length === 0) return first!;
  return { shipmentId: first!.shipmentId, items: addItems(...parts.map(({ items }) => items)) };
}
