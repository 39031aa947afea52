import type { App } from "../../../app.ts";
import type { PlanRoute } from "../../../domain/plan.ts";
import { findOverlaps, routesElsewhere } from "../dispatch/find-overlaps.ts";

/** Vehicles that the routes need while they are out with another plan, one sentence each. */
export async function warnOfBusyVehicles(routes: readonly PlanRoute[], app: App): Promise<string[]> {
  const store = await app.store();
  const own = routes.map((route) => ({ route }));
  return findOverlaps(own, await routesElsewhere(store, { own }));
}
