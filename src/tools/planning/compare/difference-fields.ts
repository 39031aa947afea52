import * as z from "zod";
import {
  type Change,
  moveKinds,
  type PlanDifference,
  type ShipmentMove,
  type StandingPlace,
  type VehicleDifference,
} from "../../../planning/compare/difference.ts";
import { countThatFits } from "../../answer-size.ts";
import { anyIdentifier } from "../../fields.ts";

const change = z.object({ before: z.number(), after: z.number() });
const counted = z.object({ before: z.number(), after: z.number(), more: z.number() });
const maybeText = z.object({ before: z.string().nullable(), after: z.string().nullable() });
const maybeNumber = z.object({ before: z.number().nullable(), after: z.number().nullable() });
const placeAnswer = z.object({
  license_plate: z.string(),
  stop: z.number().int(),
  trip: z.number().int().optional(),
});
const omittedCount = z.number().int().optional();

/** A shipment that stands elsewhere, as the tools give it. */
export const moveAnswer = z.object({
  shipment_id: anyIdentifier,
  customer_name: z.string().nullable(),
  kind: z
    .enum(moveKinds)
    .describe(
      "gone: not in the second plan at all; reordered: same vehicle, other order; served: on a route again",
    ),
  from: z.array(placeAnswer),
  to: z.array(placeAnswer),
  reason: z.string().optional(),
  message: z.string().optional(),
});

const vehicleAnswer = z.object({
  license_plate: z.string(),
  stops: change,
  distance_meters: counted,
  duration_seconds: counted,
  finish_at: maybeText,
  waiting_seconds: change.optional(),
  late_seconds: change.optional(),
  cost_yuan: maybeText.optional(),
  loads: z.array(
    z.object({
      material: z.string(),
      trip: z.number().int().optional(),
      quantity: z.object({ before: z.string(), after: z.string() }),
      capacity: maybeNumber,
      fill: maybeNumber,
      notice: z.enum(["over", "nearly_full", "nearly_empty", "empty"]).optional(),
    }),
  ),
});

/** A difference as revise_plan answers it: only what changed. */
export const differenceAnswer = z.object({
  vehicles_used: change,
  shipments_assigned: change,
  distance_meters: counted,
  duration_seconds: counted,
  finish_at: maybeText,
  waiting_seconds: change,
  late_seconds: change,
  cost_yuan: maybeText.optional(),
  moves: z.array(moveAnswer).describe("Shipments that stand elsewhere; pushed along by others is no move"),
  moves_omitted: omittedCount,
  vehicles: z.array(vehicleAnswer),
  vehicles_omitted: omittedCount,
  tight_windows: z.array(
    z.object({
      shipment_id: anyIdentifier,
      license_plate: z.string(),
      end_at: z.string(),
      slack_seconds: change.describe("Until the window ends; below 0: after it"),
    }),
  ),
  tight_windows_omitted: omittedCount,
  agreements: z.array(z.string()),
  agreements_omitted: omittedCount,
});

type DifferenceAnswer = z.input<typeof differenceAnswer>;

/** The difference in the tools' spelling; lists are cut to their part of an answer, and every cut is counted. */
export function fromDifference(difference: PlanDifference): DifferenceAnswer {
  const { before, after } = difference.figures;
  const moves = cutList(difference.moves.map(fromMove), 1_800);
  const vehicles = cutList(difference.vehicles.map(fromVehicle), 1_800);
  const windows = cutList(difference.windows.map(fromWindow), 500);
  const agreements = cutList(
    difference.agreements.map(({ words }) => words),
    500,
  );
  return {
    vehicles_used: { before: before.vehiclesUsed, after: after.vehiclesUsed },
    shipments_assigned: { before: before.shipmentsAssigned, after: after.shipmentsAssigned },
    distance_meters: withMore({ before: before.distanceMeters, after: after.distanceMeters }),
    duration_seconds: withMore({ before: before.durationSeconds, after: after.durationSeconds }),
    finish_at: { before: before.finishAt, after: after.finishAt },
    waiting_seconds: { before: before.waitingSeconds, after: after.waitingSeconds },
    late_seconds: { before: before.lateSeconds, after: after.lateSeconds },
    ...((before.costYuan !== null || after.costYuan !== null) && {
      cost_yuan: { before: before.costYuan, after: after.costYuan },
    }),
    moves: moves.shown,
    ...(moves.omitted > 0 && { moves_omitted: moves.omitted }),
    vehicles: vehicles.shown,
    ...(vehicles.omitted > 0 && { vehicles_omitted: vehicles.omitted }),
    tight_windows: windows.shown,
    ...(windows.omitted > 0 && { tight_windows_omitted: windows.omitted }),
    agreements: agreements.shown,
    ...(agreements.omitted > 0 && { agreements_omitted: agreements.omitted }),
  };
}

/** As many entries as fit, and how many do not. */
export function cutList<Entry>(
  entries: readonly Entry[],
  budgetTokens: number,
): { shown: Entry[]; omitted: number } {
  const count = countThatFits(entries, budgetTokens);
  return { shown: entries.slice(0, count), omitted: entries.length - count };
}

/** The move in the tools' spelling. */
export function fromMove(move: ShipmentMove): z.input<typeof moveAnswer> {
  return {
    shipment_id: move.shipmentId,
    customer_name: move.customerName,
    kind: move.kind,
    from: move.from.map(fromPlace),
    to: move.to.map(fromPlace),
    ...(move.reason !== undefined && { reason: move.reason }),
    ...(move.message !== undefined && { message: move.message }),
  };
}

function fromPlace({ licensePlate, ...place }: StandingPlace) {
  return { license_plate: licensePlate, ...place };
}

function fromVehicle(vehicle: VehicleDifference): DifferenceAnswer["vehicles"][number] {
  const { waitingSeconds, lateSeconds, costYuan } = vehicle;
  return {
    license_plate: vehicle.licensePlate,
    stops: vehicle.stops,
    distance_meters: withMore(vehicle.distanceMeters),
    duration_seconds: withMore(vehicle.durationSeconds),
    finish_at: vehicle.finishAt,
    ...(isOther(waitingSeconds) && { waiting_seconds: waitingSeconds }),
    ...(isOther(lateSeconds) && { late_seconds: lateSeconds }),
    ...(costYuan && { cost_yuan: costYuan }),
    loads: vehicle.loads.map(({ fill, ...load }) => ({
      ...load,
      fill: { before: roundFill(fill.before), after: roundFill(fill.after) },
    })),
  };
}

function fromWindow({
  shipmentId,
  licensePlate,
  endAt,
  slackSeconds,
}: PlanDifference["windows"][number]): DifferenceAnswer["tight_windows"][number] {
  return { shipment_id: shipmentId, license_plate: licensePlate, end_at: endAt, slack_seconds: slackSeconds };
}

function withMore({ before, after }: Change<number>) {
  return { before, after, more: after - before };
}

function isOther({ before, after }: Change<number>): boolean {
  return before !== after;
}

/** Four places are more than any truck needs. */
export function roundFill<Fill extends number | null>(fill: Fill): Fill | number {
  return fill === null ? fill : Math.round(fill * 1e4) / 1e4;
}
