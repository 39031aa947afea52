import type { Identifier } from "./identifier.ts";
import type { PlanRoute } from "./plan.ts";

/**
 * How far a route of a plan is out. "claimed": somebody is about to send it. "sending": it is at the vendor's door.
 * "unknown": nobody can say yet whether the vendor has it. "dispatched": the vendor has it. "refused": the vendor did
 * not take it, so that it is not out.
 */
export type DispatchState = "claimed" | "sending" | "unknown" | "dispatched" | "refused";

/** A route of a plan that was sent to a driver, or is about to be. */
export type DispatchedRoute = {
  /** Of this claim alone: a route that is claimed again after a refusal has another one. */
  claimId: number;
  planId: string;
  /** The plan's revision that it was claimed from. */
  revision: number;
  licensePlate: string;
  externalJobId: string;
  driverEmail: string;
  /** Each once, as the plan has them. */
  shipmentIds: Identifier[];
  /** Those of them that may go out again, as text. */
  releasedShipmentIds: string[];
  /** ISO 8601 */
  claimedAt: string;
  state: DispatchState;
  /** The vendor's; null until its answer is known. */
  jobId: string | null;
  /** The route in the order and at the times in which the vendor has it driven; null until that is known. */
  driven: PlanRoute | null;
};

/** A shipment that is out, or may be. A split one stands once for each of its routes. */
export type DispatchedShipment = Pick<
  DispatchedRoute,
  "planId" | "revision" | "licensePlate" | "externalJobId" | "driverEmail" | "jobId"
> & {
  /** As text: a number and its text are the same identifier. */
  shipmentId: string;
  state: Exclude<DispatchState, "refused">;
};

/** The plates of the routes that no revision may touch: all but those that the vendor refused. */
export function frozenPlatesOf(routes: readonly DispatchedRoute[]): string[] {
  return routes.filter(({ state }) => state !== "refused").map(({ licensePlate }) => licensePlate);
}
