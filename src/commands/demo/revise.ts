import * as z from "zod";
import type { PlanAnswer } from "./connect.ts";
import type { DemoDay } from "./demo-day.ts";

const revisionAnswer = z.object({ revision: z.number() });

/** A revision of a plan, by which the next change names what it was made on. */
export type PlanRevision = { planId: string; revision: number };

/** A customer moves to the emptiest truck and is locked there; a change that cannot be, and a stale one, are refused. */
export async function revise({ session, say, heading }: DemoDay, plan: PlanAnswer): Promise<PlanRevision> {
  const { plan_id, revision } = plan;
  const [fullest, emptiest] = [plan.routes[0], plan.routes.at(-1)];
  const shipment_ids = fullest?.stops.at(-1)?.shipment_ids ?? [];
  const license_plate = emptiest?.license_plate ?? "";

  heading("The dispatcher moves a customer, and locks what he agreed with him (revise_plan)");
  const changes = [
    { op: "move", shipment_ids, license_plate },
    { op: "lock", shipment_ids },
  ];
  const moved = await session.call("revise_plan", { plan_id, revision, changes });
  say(moved.text);
  const next = revisionAnswer.parse(moved.data).revision;

  heading("A truck half as large comes instead: which limit that would break; the plan stays (revise_plan)");
  const smaller = {
    op: "set_vehicle",
    license_plate: fullest?.license_plate,
    material_capacities: halfOf(fullest),
  };
  say(await session.refusal("revise_plan", { plan_id, revision: next, changes: [smaller] }));

  heading("Who changes what somebody else has changed meanwhile is told so (revise_plan)");
  const unlock = { op: "unlock", shipment_ids };
  say(await session.refusal("revise_plan", { plan_id, revision, changes: [unlock] }));
  return { planId: plan_id, revision: next };
}

/** Room for half of what a route carries. */
function halfOf(route: PlanAnswer["routes"][number] | undefined) {
  return (route?.loads ?? []).map(({ material, quantity }) => ({
    material_name: material,
    capacity: Math.floor(Number(quantity) / 2),
  }));
}
