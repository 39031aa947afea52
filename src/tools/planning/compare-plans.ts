import * as z from "zod";
import type { App } from "../../app.ts";
import { Failure } from "../../domain/failure.ts";
import type { Plan } from "../../domain/plan.ts";
import { numberOrText, planId, revision } from "../fields.ts";
import { defineTool } from "../tool.ts";
import { comparisonAnswer, fromComparison } from "./compare/comparison-fields.ts";
import { describeComparison } from "./compare/comparison-text.ts";

const input = z.strictObject({
  plans: z
    .array(
      // A plan that is named by its identifier alone is meant as it stands now.
      z.preprocess(
        (value) => (typeof value === "string" ? { plan_id: value } : value),
        z.strictObject({ plan_id: planId, revision: numberOrText(revision).optional() }),
      ),
    )
    .min(2)
    .max(5)
    .describe("2 to 5; who moves is told against the first"),
});

type Wanted = z.output<typeof input>["plans"];

export const comparePlans = defineTool({
  name: "compare_plans",
  title: "Compare plans",
  description:
    "Sets 2 to 5 plans or revisions of plans side by side and changes nothing: vehicles, distance, duration, finish, fill by material, lateness, cost, what is left out, and who moves between the first and each other. " +
    "best says which is best in which figure; weighing them is left to the person. 对比方案、比较计划版本",
  access: "read",
  input,
  output: comparisonAnswer,
  async run({ plans: wanted }, app) {
    const plans = await readPlans(wanted, app);
    refuseTwice(plans);
    return { data: fromComparison(plans), text: describeComparison(plans) };
  },
});

/** The plans in the order of the call; what is not found is named by its place in it. */
async function readPlans(wanted: Wanted, app: App): Promise<Plan[]> {
  const store = await app.store();
  return Promise.all(
    wanted.map(({ plan_id, revision: number }, index) =>
      store.plans.get(plan_id, number).catch((error: unknown) => {
        if (!(error instanceof Failure) || error.code !== "not_found") throw error;
        const fields = error.details.fields?.map((field) => `plans[${index}].${field}`) ?? [];
        throw new Failure(error.code, error.message, { ...error.details, fields });
      }),
    ),
  );
}

function refuseTwice(plans: readonly Plan[]): void {
  const names = plans.map(({ planId: id, revision: number }) => `${id} revision ${number}`);
  const second = names.findIndex((name, index) => names.indexOf(name) < index);
  if (second < 0) return;
  throw new Failure("invalid_input", `\`plans[${second}]\` is ${names[second]} a second time.`, {
    hint: "Name different plans, or different revisions of one: {plan_id, revision}.",
    fields: [`plans[${second}]`],
  });
}
