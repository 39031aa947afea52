import type { DispatchedRoute } from "../../../domain/dispatch.ts";
import type { RouteImport } from "../../../domain/route-job.ts";
import type { Store } from "../../../state/open-store.ts";
import { buildImport } from "./build-import.ts";

/**
<<<<<<< HEAD
 * What was sent, or is about to be, under a claim: made again of the revision that it was claimed from, which nobody
 * changes, so that going on with it is the same write. The ledger could not tell it: its record has no customers.
=======
 * What was sent, or was about to be, under a claim: made again of the revision that it was claimed from and for the
 * driver that it was claimed for, so that going on with it is the same write. The ledger has it without what is
 * personal in it.
>>>>>>> 9e854ac (Work out how routes are driven, by road where there is a source of ways)
 */
export async function importOfStanding(
  { plans }: Pick<Store, "plans">,
  { planId, revision, licensePlate, driverEmail }: DispatchedRoute,
): Promise<RouteImport | undefined> {
  const plan = await plans.get(planId, revision);
  const route = plan.routes.find((one) => one.licensePlate === licensePlate);
  return route && buildImport({ plan, route, driverEmail });
}
