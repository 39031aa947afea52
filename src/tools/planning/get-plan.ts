import * as z from "zod";
import { Failure } from "../../domain/failure.ts";
import type { Plan } from "../../domain/plan.ts";
import { licensePlate, planId, revision } from "../fields.ts";
import { defineTool } from "../tool.ts";
import { readDrivenPlan } from "./dispatch/read-driven-plan.ts";
import { fromPlan, planAnswer } from "./plan/plan-fields.ts";
import { describePlan, describeRouteStops } from "./plan/plan-text.ts";

export const getPlan = defineTool({
  name: "get_plan",
  title: "Get a plan",
  description:
    "Gives a plan that plan_load made: routes with loads and stops in driving order, what was left out and why. " +
    "A route that is out is shown as its driver has it, with dispatch; planned_sequence tells where a stop was planned. " +
    "For a long route name its license_plate; from_sequence, from_route and from_unassigned continue where a list was cut. 查看配载计划",
  access: "read",
  input: z.strictObject({
    plan_id: planId,
    revision: revision.optional(),
    license_plate: licensePlate.optional().describe("Only this vehicle's route"),
    detail: z.enum(["summary", "full"]).optional().describe("full adds what is unloaded at each stop"),
    from_route: z
      .number()
      .int()
      .min(1)
      .max(1_000)
      .optional()
      .describe("Leaves out the routes before this one"),
    from_unassigned: z
      .number()
      .int()
      .min(1)
      .max(5_000)
      .optional()
      .describe("Leaves out the left-out shipments before this one"),
    from_sequence: z.number().int().min(1).optional().describe("Leaves out the stops before this one"),
  }),
  output: planAnswer,
  async run({ plan_id, revision: wanted, license_plate, detail, ...from }, app) {
    const plan = await readDrivenPlan(app, plan_id, wanted);
    const route = plan.routes.find(({ licensePlate: plate }) => plate === license_plate);
    if (license_plate !== undefined && !route) {
      throw new Failure("not_found", "No route of this plan is driven by that `license_plate`.", {
        hint: `Its vehicles are ${describePlates(plan)}.`,
        fields: ["license_plate"],
      });
    }
    return {
      data: fromPlan(plan, {
        ...(license_plate !== undefined && { licensePlate: license_plate }),
        ...(from.from_route !== undefined && { fromRoute: from.from_route }),
        ...(from.from_unassigned !== undefined && { fromUnassigned: from.from_unassigned }),
        ...(from.from_sequence !== undefined && { fromSequence: from.from_sequence }),
        withItems: detail === "full",
      }),
      text: route ? describeRouteStops(route, plan.options.startAt) : describePlan(plan),
    };
  },
});

function describePlates({ routes }: Plan): string {
  const plates = routes.map(({ licensePlate: plate }) => plate);
  if (plates.length <= 10) return plates.join(", ") || "none";
  return `${plates.slice(0, 10).join(", ")} and ${plates.length - 10} more`;
}
