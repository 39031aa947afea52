import type { Plan, PlanRoute, PlanStop } from "../../../domain/plan.ts";
import type { KnownTravel } from "../../../domain/travel.ts";
import type { BrokenLimit } from "../../../planning/revise/broken-limit.ts";
import { type GivenStop, timeGivenRoute } from "../../../planning/revise/time-given-route.ts";
import { importVisits } from "./build-import.ts";

/** The identifiers of a route's stops at the vendor: as they were sent, and in the order that the driver gets. */
export type StopOrders = {
  sent: readonly string[];
  driven: readonly string[];
  /** By road, where there is a source of it; asked for only where the order changed. */
  readTravel?: () => Promise<KnownTravel | undefined>;
};

/** A route as it is driven, and what that does to what was planned. */
export type DriverOrder = {
  driven: PlanRoute;
  /** Limits that the driver's order breaks, one sentence each. */
  broken: BrokenLimit[];
  /** What else is odd about the order. */
  remarks: string[];
};

/**
 * Works out a route in the driver's order: its times, its loading order, and the limits that it breaks now. A route
 * that is driven as planned stays as it is.
 */
export async function inDriverOrder(plan: Plan, route: PlanRoute, orders: StopOrders): Promise<DriverOrder> {
  const { order, remarks } = readOrder(plan, route, orders);
  const isAsPlanned = order.every((stop, index) => stop === route.stops[index]);
  if (isAsPlanned && remarks.length === 0) return { driven: route, broken: [], remarks };
  const given = order.map((stop): GivenStop => ({ ...stop }));
  const travel = await orders.readTravel?.();
  const { route: timed, broken } = timeGivenRoute(plan, {
    licensePlate: route.licensePlate,
    order: given,
    ...(travel && { travel }),
  });
  const stops = timed.stops.map((stop, index) => withPlace(stop, order[index]));
  return { driven: { ...timed, stops }, broken, remarks };
}

/** The stops of a driven route that the plan had elsewhere. */
export function movedStops({ stops }: PlanRoute): (PlanStop & { plannedSequence: number })[] {
  return stops.flatMap((stop) =>
    stop.plannedSequence === undefined ? [] : [{ ...stop, plannedSequence: stop.plannedSequence }],
  );
}

function withPlace(stop: PlanStop, planned: PlanStop | undefined): PlanStop {
  const { plannedSequence: _, ...plain } = stop;
  if (!planned || planned.sequence === stop.sequence) return plain;
  return { ...plain, plannedSequence: planned.sequence };
}

/** The planned stops in the driver's order, each with the trip that it is on by the loadings before it. */
function readOrder(plan: Plan, route: PlanRoute, { sent, driven }: StopOrders) {
  const visits = new Map(
    importVisits(plan, route).map((visit, index) => [sent[index] ?? visit.stopId, visit]),
  );
  const remarks: string[] = [];
  const order: PlanStop[] = [];
  const hasTrips = route.stops.some(({ trip }) => trip !== undefined);
  let trip = 1;
  for (const [index, stopId] of driven.entries()) {
    const visit = visits.get(stopId);
    if (!visit) continue;
    visits.delete(stopId);
    if (visit.kind === "reload") trip += 1;
    if (visit.kind === "start" && index > 0)
      remarks.push(`The start stands as the driver's stop ${index + 1}.`);
    if (visit.kind === "end" && index < driven.length - 1)
      remarks.push(`The end stands as the driver's stop ${index + 1} of ${driven.length}.`);
    if (visit.kind !== "stop") continue;
    order.push(hasTrips && visit.stop.trip !== trip ? { ...visit.stop, trip } : visit.stop);
  }
  const lacking = [...visits.values()].flatMap((visit) => (visit.kind === "stop" ? [visit.stop] : []));
  if (lacking.length > 0)
    remarks.push(`RouteMate's answer lacks ${lacking.length} stops, which are told last.`);
  return { order: [...order, ...lacking], remarks };
}
