import type { Identifier } from "../../domain/identifier.ts";
import { readClock } from "../prepare/clock.ts";
import { type Conditions, readConditions } from "../prepare/conditions.ts";
import { keyOf } from "../prepare/request.ts";
import type { Draft, DraftPart } from "./draft.ts";
import { type At, refuse } from "./refuse.ts";

/** What is agreed for a shipment as the draft stands. */
export function conditionsOf(draft: Draft, id: Identifier): Conditions {
  return readAgreed(draft)(id);
}

/** The same for whoever asks of many. */
export function readAgreed({ options, vehicles, shipments }: Draft): (id: Identifier) => Conditions {
  const licensePlates = vehicles.map(({ licensePlate }) => licensePlate);
  const shipmentIds = shipments.map((shipment) => shipment.id);
  return readConditions(options, { clock: readClock(options.startAt), licensePlates, shipmentIds });
}

/** Refuses a change after which what is agreed for a shipment can't be kept. */
export function refuseConflict(draft: Draft, id: Identifier, at: At): void {
  const { conflict } = conditionsOf(draft, id);
  if (conflict === "") return;
  refuse(at, `Shipment ${id} ${conflict}.`, {
    hint: "End the other lock with unlock first, or change its window.",
  });
}

/** The plates of vehicles that a shipment may ride: in service, not dispatched, and kept off by no lock or rule. */
export function platesFor(draft: Draft, id: Identifier): string[] {
  const { vehicle, vehicles } = conditionsOf(draft, id);
  const out = new Set([...draft.context.frozen, ...(draft.options.withdrawn ?? [])]);
  const allowed = vehicle >= 0 ? [vehicle] : (vehicles ?? [...draft.vehicles.keys()]);
  return allowed.map((one) => draft.vehicles[one]!.licensePlate).filter((plate) => !out.has(plate));
}

/** Refuses a vehicle that a lock or rule keeps a shipment off. */
export function refuseKeptOff(
  draft: Draft,
  { shipmentId, lockedTo }: Pick<DraftPart, "shipmentId" | "lockedTo">,
  { licensePlate, at }: { licensePlate: string; at: At },
): void {
  const { vehicle, vehicles } = conditionsOf(draft, shipmentId);
  const locked = vehicle >= 0 ? draft.vehicles[vehicle]!.licensePlate : lockedTo;
  if (locked !== undefined && locked !== licensePlate) {
    refuse(at, `Shipment ${shipmentId} is locked to ${locked}: it can't go to ${licensePlate}.`, {
      hint: `Put unlock with shipment_ids [${JSON.stringify(shipmentId)}] before this change.`,
    });
  }
  const plates = vehicles?.map((one) => draft.vehicles[one]!.licensePlate);
  if (!plates || plates.includes(licensePlate)) return;
  refuse(at, `Shipment ${shipmentId} may not ride ${licensePlate} (shipment_rules).`, {
    hint: `It may ride ${plates.join(", ")}.`,
  });
}

/** Forgets that a shipment was left out, and how it was split while it was. */
export function forgetLeftOut(draft: Draft, id: Identifier): void {
  draft.unassigned = draft.unassigned.filter(({ shipmentId }) => keyOf(shipmentId) !== keyOf(id));
  dropSplit(draft, id);
}

/** Forgets how a shipment was split that is on no route. */
export function dropSplit(draft: Draft, id: Identifier): void {
  const { splits } = draft.options;
  if (!splits) return;
  draft.options = {
    ...draft.options,
    splits: splits.filter(({ shipmentId }) => keyOf(shipmentId) !== keyOf(id)),
  };
}
