import type { Identifier } from "../../domain/identifier.ts";
import type { ShipmentLock } from "../../domain/plan.ts";
import type { PlanChange } from "../../domain/plan-change.ts";
import { instantOf, timeOfDay } from "../prepare/clock.ts";
import { joinWords } from "../prepare/load-words.ts";
import { keyOf } from "../prepare/request.ts";
import type { PreparedPlan } from "../prepare-plan.ts";
import { lockAnew, locksOf } from "./lock-anew.ts";
import type { Relaxation } from "./relax.ts";
import type { Told } from "./tell-limit.ts";

/** A time window that ends later. `ownStop`: the stop of the shipment that comes in. */
export function tellWindow(prepared: PreparedPlan, relaxation: Relaxation, ownStop: number): Told {
  const { vehicle, amount, stop = ownStop } = relaxation;
  const { problem, clock, request, stops, consignments } = prepared;
  const { licensePlate } = request.vehicles[vehicle]!;
  const end = problem.stops.windowEnd[problem.stops.windowOffset[stop + 1]! - 1]! + amount;
  const until = instantOf(clock, end);
  const ids = [
    ...new Set(stops[stop]!.parts.map(({ consignment }) => consignments[consignment]!.shipment.id)),
  ];
  const isLocked = ids.some((id) => locksOf(request, id).some((lock) => endsBefore(lock, until)));
  const what = isLocked ? "lock" : "window";
  const whose = stop === ownStop ? `its ${what}` : `the ${what} of ${joinWords(ids.map(String))}`;
  const before = ids.map((id) => endLater(prepared, id, until));
  return {
    change: "later_window",
    licensePlate,
    minutes: Math.round(amount / 60),
    until,
    ...(stop !== ownStop && { windowOf: ids }),
    text: `if ${whose} ended at ${timeOfDay(clock, end)}, on ${licensePlate}`,
    ...(before.every((changes) => changes !== undefined) && { before: before.flat() }),
  };
}

/** The shipment's one window, and its lock, with another end; undefined where it has several windows. */
function endLater(prepared: PreparedPlan, shipmentId: Identifier, endAt: string): PlanChange[] | undefined {
  const { request } = prepared;
  const { timeWindows } = request.options;
  const [window, second] = timeWindows.filter((one) => keyOf(one.shipmentId) === keyOf(shipmentId));
  if (second) return undefined;
  const locks = locksOf(request, shipmentId);
  const isLocked = locks.some((lock) => endsBefore(lock, endAt));
  const later = locks.map((lock) => (endsBefore(lock, endAt) ? { ...lock, notAfter: endAt } : lock));
  const isEarlier = window?.endAt !== undefined && Date.parse(window.endAt) < Date.parse(endAt);
  const { startAt } = window ?? {};
  return [
    ...(isEarlier
      ? [{ op: "set_window" as const, shipmentId, ...(startAt !== undefined && { startAt }), endAt }]
      : []),
    ...(isLocked ? lockAnew(shipmentId, later) : []),
  ];
}

function endsBefore({ notAfter }: ShipmentLock, moment: string): boolean {
  return notAfter !== undefined && Date.parse(notAfter) < Date.parse(moment);
}
