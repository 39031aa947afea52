import type { Identifier } from "../../../domain/identifier.ts";
import { parseMoment } from "../../../domain/instant.ts";
import type { ShipmentLock } from "../../../domain/plan.ts";
import type { LockChange } from "../../../domain/plan-change.ts";
import { keyOf } from "../../prepare/request.ts";
import { readAgreed, refuseConflict } from "../agreements.ts";
import { type Draft, routeOf, type Stand, standsOf, touch } from "../draft.ts";
import { type At, freeShipmentAt, freeVehicleAt, refuse, refuseUnreadableTimes } from "../refuse.ts";

/** Agrees where and when shipments are delivered, for every later optimisation. */
export function lock(draft: Draft, change: LockChange, at: At): void {
  const { licensePlate, position, notBefore, notAfter } = change;
  if (licensePlate !== undefined) freeVehicleAt(draft, licensePlate, at);
  refuseTimes(change, at);
  const asked = change.shipmentIds ?? idsOnRoute(draft, licensePlate, at);
  const ids = asked.map((id, index) => {
    const field = change.shipmentIds ? `shipment_ids[${index}]` : "license_plate";
    const known = freeShipmentAt(draft, id, { ...at, field });
    return known;
  });
  const isWhere = licensePlate === undefined && position === undefined && !notBefore && !notAfter;
  for (const shipmentId of ids) {
    if (isWhere) lockWhereItIs(draft, shipmentId, at);
    else {
      addLock(draft, {
        shipmentId,
        ...(licensePlate !== undefined && { licensePlate }),
        ...(position !== undefined && { position }),
        ...(notBefore !== undefined && { notBefore }),
        ...(notAfter !== undefined && { notAfter }),
      });
    }
    const changesTimes = notBefore !== undefined || notAfter !== undefined;
    for (const { route } of standsOf(draft, shipmentId)) {
      if (changesTimes) touch(draft, route.licensePlate, at.index);
      else draft.concerned.set(route.licensePlate, at.index);
    }
  }
  const agreed = readAgreed(draft);
  for (const id of ids) refuseImpossible(draft, { id, agreed }, at);
}

function refuseTimes({ notBefore, notAfter }: LockChange, at: At): void {
  refuseUnreadableTimes(at, { not_before: notBefore, not_after: notAfter });
  if (!notBefore || !notAfter || parseMoment(notBefore)! <= parseMoment(notAfter)!) return;
  refuse(at, "not_after is before not_before.", {
    code: "invalid_input",
    field: "not_after",
    hint: "Give a later not_after.",
  });
}

/** All that is on a route, for a change that names its vehicle alone. */
function idsOnRoute(draft: Draft, licensePlate: string | undefined, at: At): Identifier[] {
  if (licensePlate === undefined) {
    return refuse(at, "Neither shipment_ids nor license_plate is given.", {
      code: "invalid_input",
      hint: "Name shipments, or a vehicle for all on its route.",
    });
  }
  const stops = routeOf(draft, licensePlate)?.stops ?? [];
  const ids = new Map(
    stops.flatMap(({ parts }) => parts.map(({ shipmentId }) => [keyOf(shipmentId), shipmentId] as const)),
  );
  if (ids.size > 0) return [...ids.values()];
  return refuse(at, `${licensePlate} has no route.`, {
    field: "license_plate",
    hint: "Name shipments, or another vehicle.",
  });
}

/** Of a split shipment each part is locked to its own vehicle. */
function lockWhereItIs(draft: Draft, shipmentId: Identifier, at: At): void {
  const stands = standsOf(draft, shipmentId);
  const plates = new Set(stands.map(({ route }) => route.licensePlate));
  const [licensePlate] = plates;
  if (licensePlate === undefined) {
    refuse(at, `Shipment ${shipmentId} is on no route: it stands nowhere to be locked to.`, {
      hint: "Put it on a route with add, or say which license_plate it is locked to.",
    });
  }
  if (plates.size === 1) {
    addLock(draft, { shipmentId, licensePlate });
    return;
  }
  for (const { part, route } of stands) part.lockedTo = route.licensePlate;
}

function addLock(draft: Draft, entry: ShipmentLock): void {
  const { locks } = draft.options;
  const isThere = locks.some(
    (one) =>
      keyOf(one.shipmentId) === keyOf(entry.shipmentId) &&
      one.licensePlate === entry.licensePlate &&
      one.position === entry.position &&
      one.notBefore === entry.notBefore &&
      one.notAfter === entry.notAfter,
  );
  if (!isThere) draft.options = { ...draft.options, locks: [...locks, entry] };
}

type Locked = { id: Identifier; agreed: ReturnType<typeof readAgreed> };

/** Refuses a lock that others, rules or what is out can't be kept beside. */
function refuseImpossible(draft: Draft, { id, agreed }: Locked, at: At): void {
  const { vehicle, position, together, apart, conflict } = agreed(id);
  if (conflict !== "") refuseConflict(draft, id, at);
  const plate = draft.vehicles[vehicle]?.licensePlate;
  const elsewhere = standsOf(draft, id).find(({ part }) => part.lockedTo && plate && part.lockedTo !== plate);
  if (elsewhere) {
    refuse(at, `A part of shipment ${id} is locked to ${elsewhere.part.lockedTo}, not to ${plate}.`, {
      hint: "End that lock with unlock first.",
    });
  }
  for (const { shipmentId } of draft.options.locks) {
    if (keyOf(shipmentId) === keyOf(id)) continue;
    const other = agreed(shipmentId);
    if (vehicle < 0 || other.vehicle < 0) continue;
    const isSame = other.vehicle === vehicle;
    const tell = (why: string) =>
      refuse(
        at,
        `Shipment ${id} can't be locked so: ${shipmentId} is locked to ${draft.vehicles[other.vehicle]!.licensePlate}${why}.`,
        {
          hint: `End that lock with unlock first, or lock ${id} otherwise.`,
        },
      );
    if (!isSame && together !== undefined && other.together === together)
      tell(", and the two ride together (same_vehicle)");
    if (isSame && apart !== undefined && other.apart === apart)
      tell(" too, and the two ride apart (different_vehicles)");
    if (isSame && position > 0 && other.position === position && !shareStop(draft, id, shipmentId)) {
      tell(` as stop ${position} too`);
    }
  }
}

function shareStop(draft: Draft, id: Identifier, other: Identifier): boolean {
  const stops = new Set(standsOf(draft, id).map(({ stop }: Stand) => stop));
  return standsOf(draft, other).some(({ stop }) => stops.has(stop));
}
