import type { Identifier } from "../../domain/identifier.ts";
import type { PlanChange } from "../../domain/plan-change.ts";
import { instantOf, timeOfDay } from "../prepare/clock.ts";
import { joinWords } from "../prepare/load-words.ts";
import { keyOf } from "../prepare/request.ts";
import type { PreparedPlan } from "../prepare-plan.ts";
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
  const whose = stop === ownStop ? "its window" : `the window of ${joinWords(ids.map(String))}`;
  const before = ids.map((id) => endWindow(prepared, id, until));
  return {
    change: "later_window",
    licensePlate,
    minutes: Math.round(amount / 60),
    until,
    ...(stop !== ownStop && { windowOf: ids }),
    text: `if ${whose} ended at ${timeOfDay(clock, end)}, on ${licensePlate}`,
    ...(before.every((change) => change !== undefined) && { before }),
  };
}

/** The shipment's one window with another end; nothing where it has several, or a lock has the earlier end. */
function endWindow({ request }: PreparedPlan, shipmentId: Identifier, endAt: string): PlanChange | undefined {
  const key = keyOf(shipmentId);
  const { timeWindows, locks } = request.options;
  const [window, second] = timeWindows.filter((one) => keyOf(one.shipmentId) === key);
  const isLocked = locks.some(
    ({ shipmentId: locked, notAfter }) =>
      keyOf(locked) === key && notAfter !== undefined && Date.parse(notAfter) < Date.parse(endAt),
  );
  if (!window || second || isLocked) return undefined;
  const { startAt } = window;
  // A window that lay before the plan's start is moved, not stretched.
  return { op: "set_window", shipmentId, ...(startAt !== undefined && { startAt }), endAt };
}
