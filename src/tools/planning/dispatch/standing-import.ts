import type { DispatchedRoute } from "../../../domain/dispatch.ts";
import type { RouteImport } from "../../../domain/route-job.ts";
import type { Store } from "../../../state/open-store.ts";
import { buildImport } from "./build-import.ts";

/**
 * What was sent, or was about to be, under a claim: as the ledger has it, so that going on with it is the same write;
 * where it never came to a write, made again of the revision that it was claimed from.
 */
export async function importOfStanding(
  { writes, plans }: Pick<Store, "writes" | "plans">,
  { planId, revision, licensePlate, externalJobId, driverEmail }: DispatchedRoute,
): Promise<RouteImport | undefined> {
  const { items } = await writes.list({ tool: "dispatch_plan", naturalKey: externalJobId, limit: 20 });
  const write = items.find(({ state }) => state !== "refused");
  const kept = write && (write.arguments as { route?: RouteImport }).route;
  if (kept) return kept;
  const plan = await plans.get(planId, revision);
  const route = plan.routes.find((one) => one.licensePlate === licensePlate);
  return route && buildImport({ plan, route, driverEmail });
}
