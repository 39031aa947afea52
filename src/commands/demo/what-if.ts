import type { PlanAnswer } from "./connect.ts";
import type { DemoDay } from "./demo-day.ts";
import type { PlanRevision } from "./revise.ts";

const shownLeftOut = 2;

/** Two ways to plan the same day side by side, and what a fleet that is too small would need. */
export async function askWhatIf(
  { session, say, heading }: DemoDay,
  { area, plan, revised }: { area: string; plan: PlanAnswer; revised: PlanRevision },
): Promise<void> {
  heading("What if: the plan, its revision, and all trucks sharing the work (plan_load, compare_plans)");
  const balanced = await session.plan({ area, objective: "balanced" });
  const plans = [
    { plan_id: plan.plan_id, revision: plan.revision },
    { plan_id: revised.planId, revision: revised.revision },
    { plan_id: balanced.plan.plan_id },
  ];
  say((await session.call("compare_plans", { plans })).text);

  const vehicles = plan.routes.slice(1).map(({ license_plate }) => license_plate);
  heading(`What if ${plan.routes[0]?.license_plate} breaks down: what would it take (plan_load)`);
  const { plan: short } = await session.plan({ area, vehicles });
  const leftOut = short.unassigned.filter(({ reason }) => reason !== "unmapped_item");
  for (const { message } of leftOut.slice(0, shownLeftOut)) say(message);
  if (leftOut.length > shownLeftOut) say(`… and ${leftOut.length - shownLeftOut} more are left out.`);
}
