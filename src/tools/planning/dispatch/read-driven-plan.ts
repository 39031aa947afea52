import type { App } from "../../../app.ts";
import type { Plan } from "../../../domain/plan.ts";
import { asDriven } from "./as-driven.ts";
import { dispatchesAsDriven } from "./keep-driven.ts";

/** A revision of a plan (the newest when left out) as it is shown: routes that are out as their drivers have them. */
export async function readDrivenPlan(app: App, planId: string, revision?: number): Promise<Plan> {
  const store = await app.store();
  const plan = await store.plans.get(planId, revision);
  return asDriven(plan, await dispatchesAsDriven(app, plan));
}
