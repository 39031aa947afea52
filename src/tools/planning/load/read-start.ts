import type { App } from "../../../app.ts";
import { Failure } from "../../../domain/failure.ts";
import type { EarlierRoute } from "../../../planning/prepare/request.ts";
import type { PlanLoadArguments } from "../plan-load.ts";

/** The plan to begin with, as far as the search needs it. */
export type Start = { planId: string; revision: number; routes: EarlierRoute[] };

/** Reads the earlier plan that was asked for; `not_found` or `invalid_input` name the argument that is wrong. */
export async function readStart(
  { start_from_plan: planId, start_from_revision: revision }: PlanLoadArguments,
  app: App,
): Promise<Start | undefined> {
  if (planId === undefined && revision === undefined) return undefined;
  if (planId === undefined) {
    throw new Failure("invalid_input", "`start_from_revision` is given without `start_from_plan`.", {
      hint: "Give start_from_plan too: the revision is one of that plan's.",
      fields: ["start_from_revision"],
    });
  }
  const store = await app.store();
  const plan = await store.plans.get(planId, revision).catch((error: unknown) => {
    if (!(error instanceof Failure) || error.code !== "not_found") throw error;
    const fields = error.details.fields?.map((field) => `start_from_${field.replace("plan_id", "plan")}`);
    const hint = error.details.hint?.replace("`revision`", "`start_from_revision`");
    throw new Failure(error.code, error.message, {
      ...error.details,
      ...(hint && { hint }),
      fields: fields ?? [],
    });
  });
  return {
    planId: plan.planId,
    revision: plan.revision,
    routes: plan.routes.map(({ licensePlate, stops }) => ({
      licensePlate,
      stops: stops.map(({ shipmentIds, trip }) => ({ shipmentIds, ...(trip !== undefined && { trip }) })),
    })),
  };
}
