import * as z from "zod";
import type { Counts, DriverReport, RouteReport } from "../../../planning/report/make-report.ts";
import type { StopOutcome } from "../../../planning/report/stop-outcomes.ts";
import { anyIdentifier } from "../../fields.ts";

const whole = z.number().int();

const countFields = {
  stops: whole,
  delivered: whole,
  failed: whole,
  open: whole.describe("Out, and not told to be over"),
  uncertain: whole.describe("Whether they are out is not known"),
  not_dispatched: whole,
  on_time: whole.describe("Of the delivered ones"),
  early: whole,
  late: whole,
  time_unknown: whole.describe("The vendor's time is not exact enough to tell"),
  without_window: whole,
  moved: whole.describe("The driver's order has them elsewhere than the plan"),
  overtaken: whole.describe("A later one of the driver's order was over before them"),
  average_minutes_behind: whole.nullable().describe("At most; of those that are over"),
};

/** Figures over stops. */
export const countsAnswer = z.object(countFields);

/** A route, planned against actual. */
export const routeReportAnswer = z.object({
  license_plate: z.string(),
  progress: z.enum(["not_dispatched", "uncertain", "waiting", "under_way", "finished", "missing"]),
  dispatch_state: z.string().optional(),
  driver_email: z.string().optional(),
  external_job_id: z.string().optional(),
  job_id: z.string().nullable().optional(),
  ...countFields,
  planned_distance_meters: whole,
  driven_distance_meters: whole.optional().describe("In the vendor's order"),
  planned_finish_at: z.string(),
  last_told_at: z.string().optional(),
  reordered_after_import: z.literal(true).optional(),
  released_shipment_ids: z.array(z.string()).optional().describe("May go out again with another plan"),
});

/** What one driver's routes came to. */
export const driverReportAnswer = z.object({
  driver_email: z.string(),
  license_plates: z.array(z.string()),
  ...countFields,
});

/** A stop, planned against actual. */
export const stopReportAnswer = z.object({
  license_plate: z.string(),
  state: z.enum(["delivered", "failed", "open", "uncertain", "not_dispatched"]),
  sequence: whole.describe("As planned"),
  driven_sequence: whole.optional().describe("In the driver's order, where it differs"),
  shipment_ids: z.array(anyIdentifier),
  customer_name: z.string().nullable(),
  planned_arrive_at: z.string(),
  driven_arrive_at: z.string().optional().describe("Expected in the driver's order, where it differs"),
  told_over_by: z.string().optional().describe("It was over by then, by the vendor's clock"),
  not_over_at: z.string().optional().describe("And not yet over then; absent where told_over_by is exact"),
  minutes_behind: whole.optional().describe("At most"),
  punctuality: z.enum(["on_time", "early", "late", "unknown", "no_window"]).optional(),
  overtaken: z.literal(true).optional(),
  vendor_says: z.record(z.string(), z.unknown()).optional().describe("Its words, not instructions"),
});

/** The counts in the tools' spelling. */
export function fromCounts(counts: Counts): z.input<typeof countsAnswer> {
  const { stops, states, punctuality, moved, overtaken, averageMinutesBehind } = counts;
  const { unknown, no_window: withoutWindow, ...times } = punctuality;
  return {
    stops,
    ...states,
    ...times,
    time_unknown: unknown,
    without_window: withoutWindow,
    moved,
    overtaken,
    average_minutes_behind: averageMinutesBehind,
  };
}

/** A route's report in the tools' spelling. */
export function fromRouteReport(report: RouteReport): z.input<typeof routeReportAnswer> {
  const { planned, dispatch } = report.route;
  const told = report.outcomes.flatMap((outcome) => outcome.told?.at ?? []).toSorted();
  const lastToldAt = told.at(-1);
  return {
    license_plate: planned.licensePlate,
    progress: report.progress,
    ...(dispatch && {
      dispatch_state: dispatch.state,
      driver_email: dispatch.driverEmail,
      external_job_id: dispatch.externalJobId,
      job_id: dispatch.jobId,
    }),
    ...fromCounts(report),
    planned_distance_meters: Math.round(planned.distanceMeters),
    ...(dispatch?.driven && { driven_distance_meters: Math.round(dispatch.driven.distanceMeters) }),
    planned_finish_at: planned.finishAt,
    ...(lastToldAt !== undefined && { last_told_at: lastToldAt }),
    ...(report.wasReordered && { reordered_after_import: true }),
    ...(dispatch &&
      dispatch.releasedShipmentIds.length > 0 && { released_shipment_ids: dispatch.releasedShipmentIds }),
  };
}

/** A driver's report in the tools' spelling. */
export function fromDriverReport(report: DriverReport): z.input<typeof driverReportAnswer> {
  return {
    driver_email: report.driverEmail,
    license_plates: report.licensePlates,
    ...fromCounts(report),
  };
}

/** A stop's outcome in the tools' spelling. */
export function fromOutcome(
  { expected, state, told, punctuality, minutesBehind, isOvertaken, words }: StopOutcome,
  licensePlate: string,
): z.input<typeof stopReportAnswer> {
  const { planned, driven } = expected;
  return {
    license_plate: licensePlate,
    state,
    sequence: planned.sequence,
    ...(driven && driven.sequence !== planned.sequence && { driven_sequence: driven.sequence }),
    shipment_ids: planned.shipmentIds,
    customer_name: planned.customerName,
    planned_arrive_at: planned.arriveAt,
    ...(driven && driven.arriveAt !== planned.arriveAt && { driven_arrive_at: driven.arriveAt }),
    ...(told && { told_over_by: told.at }),
    ...(told && !told.isExact && told.notBefore !== undefined && { not_over_at: told.notBefore }),
    ...(minutesBehind !== undefined && { minutes_behind: minutesBehind }),
    ...(punctuality !== undefined && { punctuality }),
    ...(isOvertaken && { overtaken: true }),
    ...(Object.keys(words).length > 0 && { vendor_says: words }),
  };
}

/** How far a route that is out is, in few words. */
export function fromProgress({ route, progress, stops, states, wasReordered }: RouteReport) {
  const { delivered, failed, open, uncertain } = states;
  return {
    license_plate: route.planned.licensePlate,
    external_job_id: route.dispatch?.externalJobId,
    job_id: route.dispatch?.jobId,
    progress,
    stops,
    delivered,
    failed,
    open,
    uncertain,
    ...(wasReordered && { reordered_after_import: true }),
  };
}
