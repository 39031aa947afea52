import type { Identifier } from "../../domain/identifier.ts";
import type { ShipmentLock } from "../../domain/plan.ts";
import type { PlanChange } from "../../domain/plan-change.ts";
import type { DroppedRule } from "../../domain/would-take.ts";
import { keyOf, type PlanRequest } from "../prepare/request.ts";

/** The locks of a shipment. */
export function locksOf({ options }: PlanRequest, shipmentId: Identifier): ShipmentLock[] {
  return options.locks.filter((lock) => keyOf(lock.shipmentId) === keyOf(shipmentId));
}

/** Changes after which a shipment has these locks instead of its own: ending them ends all. */
export function lockAnew(shipmentId: Identifier, locks: readonly ShipmentLock[]): PlanChange[] {
  const kept = locks.map(({ shipmentId: _, ...agreed }) => agreed);
  return [
    { op: "unlock", shipmentIds: [shipmentId] },
    ...kept
      .filter((agreed) => Object.values(agreed).some((value) => value !== undefined))
      .map((agreed): PlanChange => ({ op: "lock", shipmentIds: [shipmentId], ...agreed })),
  ];
}

/** A lock without what it says of the vehicle, the position or the time. */
export function loosen(lock: ShipmentLock, rule: DroppedRule): ShipmentLock {
  const { licensePlate, position, notBefore, notAfter, shipmentId } = lock;
  return {
    shipmentId,
    ...(rule !== "vehicle_lock" && licensePlate !== undefined && { licensePlate }),
    ...(rule !== "position_lock" && position !== undefined && { position }),
    ...(rule !== "time_lock" && notBefore !== undefined && { notBefore }),
    ...(rule !== "time_lock" && notAfter !== undefined && { notAfter }),
  };
}
