import * as z from "zod";
import { quote } from "../../domain/vendor-text.ts";
import { page, pageAnswer } from "../fields.ts";
import { defineTool } from "../tool.ts";

/** As many as fit into an answer, however long the names of their areas are. */
const mostPlans = 40;

export const listPlans = defineTool({
  name: "list_plans",
  title: "List plans",
  description:
    "Lists the plans that were made, the newest first, with how many vehicles and shipments each has and how many of its routes are dispatched. 计划列表",
  access: "read",
  input: z.strictObject(page),
  output: z.object({
    plans: z.array(
      z.object({
        plan_id: z.string(),
        revision: z.number().int(),
        created_at: z.string(),
        area: z.string().optional(),
        vehicles_used: z.number().int(),
        routes_dispatched: z.number().int().describe("Of as many as vehicles_used"),
        shipments_assigned: z.number().int(),
        shipments_unassigned: z.number().int(),
        distance_meters: z.number().int(),
      }),
    ),
    ...pageAnswer,
  }),
  async run({ limit = 20, cursor }, app) {
    const store = await app.store();
    const found = await store.plans.list({
      limit: Math.min(limit, mostPlans),
      ...(cursor !== undefined && { cursor }),
    });
    const dispatched = await store.dispatches.countByPlan(found.items.map(({ planId }) => planId));
    const lines = found.items.map(
      (plan) =>
        `${plan.planId} revision ${plan.revision}, ${plan.createdAt}${plan.area === null ? "" : `, ${quote(plan.area)}`}: ` +
        `${plan.shipmentsAssigned} shipments on ${plan.vehiclesUsed} vehicles, ${plan.shipmentsUnassigned} left out` +
        (dispatched.has(plan.planId)
          ? `; ${dispatched.get(plan.planId)} of ${plan.vehiclesUsed} routes are dispatched`
          : ""),
    );
    return {
      data: {
        plans: found.items.map((plan) => ({
          plan_id: plan.planId,
          revision: plan.revision,
          created_at: plan.createdAt,
          ...(plan.area !== null && { area: plan.area }),
          vehicles_used: plan.vehiclesUsed,
          routes_dispatched: dispatched.get(plan.planId) ?? 0,
          shipments_assigned: plan.shipmentsAssigned,
          shipments_unassigned: plan.shipmentsUnassigned,
          distance_meters: plan.distanceMeters,
        })),
        ...(found.nextCursor !== undefined && { next_cursor: found.nextCursor }),
        total: found.total,
      },
      text: lines.length > 0 ? lines.join("\n") : "No plan yet: plan_load makes one.",
    };
  },
});
