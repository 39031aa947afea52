import { parseMoment } from "../../../domain/instant.ts";
import type { SetPriorityChange, SetWindowChange } from "../../../domain/plan-change.ts";
import { keyOf } from "../../prepare/request.ts";
import { conditionsOf, refuseConflict } from "../agreements.ts";
import { type Draft, standsOf, touch } from "../draft.ts";
import { type At, freeShipmentAt, refuse, refuseUnreadableTimes } from "../refuse.ts";

/** Gives a shipment one window, or none. */
export function setWindow(
  draft: Draft,
  { shipmentId: asked, startAt, endAt }: SetWindowChange,
  at: At,
): void {
  const shipmentId = freeShipmentAt(draft, asked, { ...at, field: "shipment_id" });
  refuseUnreadableTimes(at, { start_at: startAt, end_at: endAt });
  if (startAt !== undefined && endAt !== undefined && parseMoment(endAt)! < parseMoment(startAt)!) {
    refuse(at, "The window ends before it starts.", {
      code: "invalid_input",
      field: "end_at",
      hint: "Give end_at after start_at.",
    });
  }
  if (conditionsOf(draft, shipmentId).lateCostPerSecond !== undefined && endAt === undefined) {
    refuse(at, `Shipment ${shipmentId} may be late at a price, so its window needs an end.`, {
      field: "end_at",
      hint: "Give end_at.",
    });
  }
  const others = draft.options.timeWindows.filter((window) => keyOf(window.shipmentId) !== keyOf(shipmentId));
  const window = {
    shipmentId,
    ...(startAt !== undefined && { startAt }),
    ...(endAt !== undefined && { endAt }),
  };
  const isAnyTime = startAt === undefined && endAt === undefined;
  draft.options = { ...draft.options, timeWindows: isAnyTime ? others : [...others, window] };
  refuseConflict(draft, shipmentId, at);
  for (const { route } of standsOf(draft, shipmentId)) touch(draft, route.licensePlate, at.index);
}

/** Says how important a shipment is to later searches. */
export function setPriority(draft: Draft, { shipmentId: asked, priority }: SetPriorityChange, at: At): void {
  const shipmentId = freeShipmentAt(draft, asked, { ...at, field: "shipment_id" });
  if (!Number.isInteger(priority) || priority < 0 || priority > 100) {
    refuse(at, `priority is ${priority}: no whole number from 0 to 100.`, {
      code: "invalid_input",
      field: "priority",
      hint: "Give 0 to 100; the larger the more important.",
    });
  }
  const others = draft.options.priorities.filter((one) => keyOf(one.shipmentId) !== keyOf(shipmentId));
  draft.options = { ...draft.options, priorities: [...others, { shipmentId, priority }] };
  for (const { route } of standsOf(draft, shipmentId)) draft.concerned.set(route.licensePlate, at.index);
}
