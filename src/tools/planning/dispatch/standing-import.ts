import type { DispatchedRoute } from "../../../domain/dispatch.ts";
import type { RouteImport } from "../../../domain/route-job.ts";
import type { Store } from "../../../state/open-store.ts";
import { buildImport } from "./build-import.ts";

/**
 * What was sent, or is about to be, under a claim: made again of the revision that it was claimed from, which nobody
 * changes, so that going on with it is the same write. The ledger could not tell it: its record has no customers.
 */
export async function importOfStanding(
  { plans }: Pick<Store, "plans">,
  { planId, revision, licensePlate, driverEmail }: DispatchedRoute,
): Promise<RouteImport | undefined> {
  const plan = await plans.get(planId, revision);
  const route = plan.routes.find((one) => one.licensePlate === licensePlate);
  return route && buildImport({ plan, route, driverEmail });
}
