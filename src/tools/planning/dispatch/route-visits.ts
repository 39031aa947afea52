import type { PlanRoute, PlanStop } from "../../../domain/plan.ts";
import { stopIdOf } from "../../../domain/stop-id.ts";

/** A place of a route in the planned order, with its identifier at the vendor. */
export type RouteVisit =
  | { kind: "start" | "end"; stopId: string }
  /** Where it loads for the trip of that number. */
  | { kind: "reload"; stopId: string; trip: number }
  | { kind: "stop"; stopId: string; stop: PlanStop };

/** What a driver passes on a route: the start, its stops, the start again before each further trip, and the end. */
export function visitsOf(route: PlanRoute, { hasEnd }: { hasEnd: boolean }): RouteVisit[] {
  const used = new Map<string, number>();
  const unique = (idOf: (visit: number) => string) => {
    const visit = (used.get(idOf(1)) ?? 0) + 1;
    used.set(idOf(1), visit);
    return idOf(visit);
  };
  const ofDepot = (name: string) => unique((visit) => stopIdOf([name], visit));
  const visits: RouteVisit[] = [{ kind: "start", stopId: ofDepot("depot-start") }];
  for (const [index, stop] of route.stops.entries()) {
    const { trip = 1 } = stop;
    if (index > 0 && trip !== (route.stops[index - 1]?.trip ?? 1)) {
      visits.push({ kind: "reload", stopId: ofDepot(`depot-reload-${trip}`), trip });
    }
    visits.push({ kind: "stop", stopId: unique((visit) => stopIdOf(stop.shipmentIds, visit)), stop });
  }
  return hasEnd ? [...visits, { kind: "end", stopId: ofDepot("depot-end") }] : visits;
}
