import { Failure } from "../../../domain/failure.ts";
import type { Plan, PlanRoute } from "../../../domain/plan.ts";
import type { Store } from "../../../state/open-store.ts";

/** What the call says of plan and vehicles. */
export type WantedRoutes = {
  plan_id: string;
  revision?: number | undefined;
  license_plates?: string[] | undefined;
  drivers?: Record<string, string> | undefined;
};

const mostNamed = 10;

/** The newest revision; `conflict` naming it when the call is about an older one. */
export async function newestPlan(
  { plans }: Pick<Store, "plans">,
  { plan_id: planId, revision }: WantedRoutes,
): Promise<Plan> {
  const plan = await plans.get(planId);
  if (revision === undefined || revision === plan.revision) return plan;
  // Tells a revision that never was from one that is no longer the newest.
  await plans.get(planId, revision);
  throw new Failure(
    "conflict",
    `Plan ${planId} is at revision ${plan.revision}; revision ${revision} is no longer sent.`,
    {
      hint: `Look at revision ${plan.revision} with get_plan (compare_plans shows what changed), then dispatch that one.`,
      fields: ["revision"],
    },
  );
}

/** The routes that the call is about, in the plan's order; refuses plates that the plan has not. */
export function chooseRoutes(
  plan: Plan,
  { license_plates: plates, drivers = {} }: WantedRoutes,
): PlanRoute[] {
  if (plan.routes.length === 0) {
    throw new Failure("invalid_input", `Plan ${plan.planId} has no route to send: all is left out of it.`, {
      hint: "get_plan tells why each shipment is left out; revise_plan or plan_load makes routes.",
      fields: ["plan_id"],
    });
  }
  const known = new Set(plan.routes.map(({ licensePlate }) => licensePlate));
  const refuse = (field: string, plate: string) => {
    throw new Failure("invalid_input", `\`${field}\` names ${plate}, which has no route in this plan.`, {
      hint: `Its vehicles are ${named([...known])}.`,
      fields: [field],
    });
  };
  const strange = plates?.findIndex((plate) => !known.has(plate)) ?? -1;
  if (strange >= 0) refuse(`license_plates[${strange}]`, plates?.[strange] ?? "");
  const stranger = Object.keys(drivers).find((plate) => !known.has(plate));
  if (stranger !== undefined) refuse(`drivers.${stranger}`, stranger);
  const wanted = plates && new Set(plates);
  return plan.routes.filter(({ licensePlate }) => !wanted || wanted.has(licensePlate));
}

/** Some of them by name, the others by their number. */
export function named(names: readonly string[], most = mostNamed): string {
  if (names.length <= most) return names.join(", ");
  return `${names.slice(0, most).join(", ")} and ${names.length - most} more`;
}
