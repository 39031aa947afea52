import type { PlanRoute } from "../../src/domain/plan.ts";
import type { Store } from "../../src/state/open-store.ts";
import { samplePlan } from "./sample-plan.ts";

/** A route as it is claimed for dispatching. */
export function claimOf(
  { planId, revision }: { planId: string; revision: number },
  { licensePlate, stops }: PlanRoute,
) {
  return {
    planId,
    revision,
    licensePlate,
    externalJobId: `${planId}-${licensePlate}`,
    driverEmail: "wang@example.com",
    shipmentIds: stops.flatMap(({ shipmentIds }) => shipmentIds),
  };
}

/** The write of a claimed route, as dispatching makes it. */
export function writeOf(
  store: Pick<Store, "writes">,
  externalJobId: string,
  send: () => Promise<unknown>,
): Promise<unknown> {
  return store.writes.once(
    {
      tool: "dispatch_plan",
      vendor: "routemate",
      requestId: externalJobId,
      arguments: { route: { externalJobId, stops: [] } },
      naturalKey: externalJobId,
    },
    { send, settleHint: "get_route_job tells." },
  );
}

/** A kept plan of one route, dispatched (or claimed alone) in the ledger without a vendor. */
export async function dispatchPlanned(
  store: Store,
  { jobId = "job-1", isClaimedOnly = false }: { jobId?: string; isClaimedOnly?: boolean } = {},
) {
  const plan = await store.plans.save(samplePlan({ vehicles: 1, stopsPerVehicle: 2 }));
  const [route] = plan.routes as [PlanRoute];
  const claim = claimOf(plan, route);
  const { claimId } = await store.dispatches.claim(claim);
  if (!isClaimedOnly) await writeOf(store, claim.externalJobId, async () => ({ jobId }));
  return { plan, route, claim, claimId, shipmentIds: claim.shipmentIds, externalJobId: claim.externalJobId };
}
