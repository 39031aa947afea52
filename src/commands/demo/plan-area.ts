import type { PlanAnswer } from "./connect.ts";
import type { DemoDay } from "./demo-day.ts";
import { showPlan, showVehicles } from "./report.ts";

/** Looks at the fleet and an area's shipments, says what an unknown item is, and plans. */
export async function planArea({ session, say, heading }: DemoDay, area: string): Promise<PlanAnswer> {
  heading("Fleet (list_vehicles)");
  showVehicles(await session.call("list_vehicles", {}), say);

  heading(`Unshipped shipments in ${area} (list_unshipped_shipments)`);
  say((await session.call("list_unshipped_shipments", { area, limit: 5 })).text);

  heading("First plan (plan_load)");
  const first = await session.plan({ area });
  say(first.text);

  const [unmapped] = first.plan.unmapped_items;
  if (unmapped) {
    heading("An item that no material fits: say which one it is (set_material_rule), plan again");
    const material = first.plan.routes[0]?.loads[0]?.material ?? "";
    say((await session.call("set_material_rule", { material, item_name: unmapped.item_name })).text);
  }
  const { plan } = await session.plan({ area });
  heading(`The plan as the search found it: ${plan.plan_id}`);
  showPlan(plan, say);
  return plan;
}
