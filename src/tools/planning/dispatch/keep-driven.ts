import type { App } from "../../../app.ts";
import type { DispatchedRoute } from "../../../domain/dispatch.ts";
import type { Plan } from "../../../domain/plan.ts";
import type { KnownTravel } from "../../../domain/travel.ts";
import { toGivenRequest } from "../../../planning/revise/time-given-route.ts";
import { readTravel } from "../load/read-travel.ts";
import { type DriverOrder, inDriverOrder } from "./driver-order.ts";

/** For asking after ways by road once the job is there. */
const travelMilliseconds = 10_000;

/** A route that is out, and its order where that was just worked out. */
export type ReadBack = { dispatch: DispatchedRoute; order?: DriverOrder };

/**
 * Works out how a route that is out is driven, and keeps it with the dispatch: right after its import, and later where
 * the process died in between. What the ledger has of the vendor's answer is enough; nobody is asked.
 */
export async function keepDriven(app: App, plan: Plan, dispatch: DispatchedRoute): Promise<ReadBack> {
  if (dispatch.state !== "dispatched") return { dispatch };
  const { planId, licensePlate, externalJobId, revision } = dispatch;
  const store = await app.store();
  const [sent] = await store.routeImports.find({ tool: "dispatch_plan", externalJobId, limit: 1 });
  const sentPlan = revision === plan.revision ? plan : await store.plans.get(planId, revision);
  const route = sentPlan.routes.find((one) => one.licensePlate === licensePlate);
  if (!sent || !route || sent.orderedStopIds.length === 0) return { dispatch };
  const order = await inDriverOrder(sentPlan, route, {
    sent: sent.stopIds,
    driven: sent.orderedStopIds,
    readTravel: () => travelOf(app, sentPlan, licensePlate),
  });
  await store.dispatches.keepDriven({ planId, licensePlate, driven: order.driven });
  return { dispatch: { ...dispatch, driven: order.driven }, order };
}

/** Ways by road as the plan has them; estimates are better than a route whose order nobody knows. */
async function travelOf(app: App, plan: Plan, licensePlate: string): Promise<KnownTravel | undefined> {
  const call = { signal: AbortSignal.timeout(travelMilliseconds), reportProgress: () => {} };
  try {
    const { request } = await readTravel(toGivenRequest(plan, licensePlate), app, call);
    return request.travel;
  } catch (error) {
    app.log.warn("driver's order", { reason: `ways are estimated: ${String(error)}` });
    return undefined;
  }
}

/** The routes of a plan that are out, those healed whose order a dead process left unread. */
export async function dispatchesAsDriven(app: App, plan: Plan): Promise<DispatchedRoute[]> {
  const store = await app.store();
  const dispatches = await store.dispatches.ofPlan(plan.planId);
  const healed: DispatchedRoute[] = [];
  for (const dispatch of dispatches) {
    const isUnread = dispatch.state === "dispatched" && dispatch.driven === null;
    healed.push(isUnread ? (await tryToKeep(app, plan, dispatch)).dispatch : dispatch);
  }
  return healed;
}

/** The route is out whatever comes of its order: what goes wrong here is told in the log and tried again next time. */
export async function tryToKeep(app: App, plan: Plan, dispatch: DispatchedRoute): Promise<ReadBack> {
  try {
    return await keepDriven(app, plan, dispatch);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    app.log.warn("driver's order", { external_job_id: dispatch.externalJobId, reason });
    return { dispatch };
  }
}
