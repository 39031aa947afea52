import { timeOfDay } from "../prepare/clock.ts";
import { joinWords } from "../prepare/load-words.ts";
import { quantityText } from "../prepare/quantities.ts";
import type { PreparedPlan } from "../prepare-plan.ts";
import type { Relaxation } from "./relax.ts";

/**
 * The relaxation in whole minutes, stops and tenths of a kilometer, as it is told: rounded up, so that it is enough,
 * and with one unit less it is not.
 */
export function roundUp(relaxation: Relaxation, { problem }: PreparedPlan): Relaxation {
  const { limit, amount, stop, material } = relaxation;
  // Sums of fractions may be off in their last digits.
  const toNext = (unit: number, from = 0) => Math.ceil((from + amount) / unit - 1e-9) * unit - from;
  if (limit === "max_duration" || limit === "shift") return { ...relaxation, amount: toNext(60) };
  if (limit === "max_distance") return { ...relaxation, amount: toNext(100) };
  if (limit === "capacity" && material === undefined) return { ...relaxation, amount: toNext(0.001) };
  if (limit !== "time_window" || stop === undefined) return relaxation;
  const { windowEnd, windowOffset } = problem.stops;
  return { ...relaxation, amount: toNext(60, windowEnd[windowOffset[stop + 1]! - 1]!) };
}

/** "It would fit with 40 条 more of 坯布 on 粤A12345, or with 12 minutes more of route on 粤B67890."; "" for none. */
export function describeRelaxations(
  prepared: PreparedPlan,
  relaxations: readonly Relaxation[],
  ownStop: number,
): string {
  if (relaxations.length === 0) return "";
  return ` It would fit ${relaxations.map((one) => describe(prepared, one, ownStop)).join(", or ")}.`;
}

function describe(prepared: PreparedPlan, relaxation: Relaxation, ownStop: number): string {
  const { cargo, fleet, problem, clock } = prepared;
  const { limit, vehicle, amount, material, stop = ownStop } = relaxation;
  const plate = fleet[vehicle]!.licensePlate;
  switch (limit) {
    case "capacity":
      return material === undefined
        ? `with ${Number((amount * 100).toFixed(1))} % more room on ${plate}`
        : `with ${quantityText(amount, cargo.scale)} 条 more of ${cargo.materials[material]} on ${plate}`;
    case "max_stops":
      return `with ${counted(amount, "stop")} more on ${plate}`;
    case "max_trips":
      return `with ${counted(amount, "trip")} more of ${plate}`;
    case "max_distance":
      return `with ${(amount / 1000).toFixed(1)} km more on ${plate}`;
    case "shift":
      return `if the shift of ${plate} ended at ${timeOfDay(clock, problem.vehicles.shiftEnd[vehicle]! + amount)}`;
    case "time_window": {
      const end = problem.stops.windowEnd[problem.stops.windowOffset[stop + 1]! - 1]! + amount;
      return `if ${describeWindow(prepared, stop, ownStop)} ended at ${timeOfDay(clock, end)}, on ${plate}`;
    }
    default:
      return `with ${counted(Math.round(amount / 60), "minute")} more of route on ${plate}`;
  }
}

function describeWindow({ stops, consignments }: PreparedPlan, stop: number, ownStop: number): string {
  if (stop === ownStop) return "its window";
  const ids = stops[stop]!.parts.map(({ consignment }) => String(consignments[consignment]!.shipment.id));
  return `the window of ${joinWords(ids)}`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
