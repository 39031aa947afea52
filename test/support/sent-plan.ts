import type { App } from "../../src/app.ts";
import type { Plan } from "../../src/domain/plan.ts";
import { buildImport, externalJobIdOf } from "../../src/tools/planning/dispatch/build-import.ts";
import { planLoad } from "../../src/tools/planning/plan-load.ts";
import { importOnce } from "../../src/tools/routes/import-once.ts";
import { smallDay } from "./small-day.ts";

const call = () => ({ signal: new AbortController().signal, reportProgress: () => {} });

/** A plan of two trucks that is kept and not sent. */
export async function keepPlan(app: App, changes: Record<string, unknown> = {}): Promise<Plan> {
  const { data } = await planLoad.run({ ...smallDay, ...changes }, app, call());
  return (await app.store()).plans.get(String(data["plan_id"]));
}

/** Sends a route of a plan as dispatching does: claimed first, then imported once. */
export async function sendRoute(
  app: App,
  plan: Plan,
  { licensePlate, driverEmail = "driver@example.com" }: { licensePlate: string; driverEmail?: string },
): Promise<string> {
  const route = plan.routes.find((one) => one.licensePlate === licensePlate);
  if (!route) throw new Error(`no route of ${licensePlate}`);
  const externalJobId = externalJobIdOf(plan, licensePlate);
  const { dispatches } = await app.store();
  await dispatches.claim({
    planId: plan.planId,
    revision: plan.revision,
    licensePlate,
    externalJobId,
    driverEmail,
    shipmentIds: [...new Set(route.stops.flatMap(({ shipmentIds }) => shipmentIds))],
  });
  const sent = buildImport({ plan, route, driverEmail });
  await importOnce(app, {
    tool: "dispatch_plan",
    requestId: externalJobId,
    route: sent,
    signal: call().signal,
  });
  return externalJobId;
}
