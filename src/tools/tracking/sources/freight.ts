import type { Tracking, TrackingSummary } from "../../../domain/freight.ts";
import type { ShipmentStatus } from "../../../domain/tracking.ts";
import { quote } from "../../../domain/vendor-text.ts";
import type { Asking, Question } from "./ask-source.ts";

/** How a tracked freight load stands. */
export function freightOf({ app }: Asking, trackingId: string): Question {
  return {
    source: "transmit",
    basis: "live",
    ask: async (signal) => {
      const transmit = await app.transmit();
      const tracking = await transmit.getTracking(trackingId, { signal });
      const { createdAt, updatedAt, fromDate, toDate, deletedAt } = tracking;
      const status = statusOfFreight(tracking);
      return {
        status,
        told: describe(tracking),
        timeline: [
          { at: createdAt, status: "dispatched", what: "tracking made" },
          { at: updatedAt, status, what: `${metersOf(tracking)} at its last change` },
          { at: fromDate, what: "tracking starts (from_date)" },
          { at: toDate, what: "tracking ends (to_date), whatever has happened to the load" },
          ...(deletedAt === null
            ? []
            : [{ at: deletedAt, status: "cancelled" as const, what: "tracking deleted" }]),
        ],
      };
    },
  };
}

/**
 * What the metres say; the vendor's `completed` says only that to_date has passed, and no word of the vendor says that
 * a load was delivered.
 */
export function statusOfFreight({
  status,
  route,
  deletedAt,
}: Pick<TrackingSummary, "status" | "route" | "deletedAt">): ShipmentStatus {
  if (deletedAt !== null) return "cancelled";
  if (status === "completed") return "unknown";
  const { coveredMeters, remainingMeters } = route;
  if (remainingMeters === 0 && coveredMeters !== null && coveredMeters > 0) return "arriving";
  if (coveredMeters !== null && coveredMeters > 0) return "in_transit";
  return "dispatched";
}

function describe(tracking: Tracking): string {
  const { status, enabled, deletedAt } = tracking;
  const parts = [
    status === "completed"
      ? "The tracking's time is over, which says nothing of delivery"
      : `The tracking is ${quote(status, 20)}`,
    metersOf(tracking),
    ...(enabled ? [] : ["paused"]),
    ...(deletedAt === null ? [] : ["deleted: the tracking has ended, the load may still be under way"]),
  ];
  return `${parts.join("; ")}.`;
}

function metersOf({ route: { totalMeters, coveredMeters, remainingMeters } }: Tracking): string {
  const known = (meters: number | null) => (meters === null ? "an unknown number of" : String(meters));
  return `${known(coveredMeters)} of ${known(totalMeters)} metres covered, ${known(remainingMeters)} left`;
}
