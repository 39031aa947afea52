import type { ModelPlan } from "./model.ts";
import { pick, type ResolvedChange, resolveChange } from "./resolve-change.ts";
import { brokenAnswer, errorCode, note, type Stage } from "./stage.ts";
import type { Step } from "./steps.ts";

/** A stale revision is told before any limit; what is no call at all may be told before that. */
const staleCodes = ["conflict", "invalid_input", "not_found"];

/** Changes a plan; the model knows which changes must be refused and that a refused one leaves all as it was. */
export async function playRevise(
  stage: Stage,
  { plan: index, changes: drafts, reoptimize, isStale }: Step & { do: "revise" },
): Promise<string[]> {
  const { world, model } = stage;
  const plan = pick(model.plans, index);
  const before = await world.store.plans.get(plan.planId);
  const changes = drafts.map((draft) => resolveChange(draft, { plan: before, town: model.town }));
  const isOld = isStale && plan.revision > 1;
  const result = await world.server().call("revise_plan", {
    plan_id: plan.planId,
    revision: isOld ? plan.revision - 1 : plan.revision,
    changes: changes.map((change) => change.arguments),
    reoptimize,
    time_limit_seconds: 0.2,
  });
  for (const op of new Set(drafts.map((draft) => draft.op))) note(stage, `revise, ${op}`, result);
  note(stage, `revise, reoptimize ${reoptimize}`, result);
  const broken = brokenAnswer(result);
  if (!result || broken.length > 0) return broken;
  const after = await world.store.plans.get(plan.planId);
  if (result.isError) {
    const isSame = JSON.stringify(after) === JSON.stringify(before);
    return [
      ...(isSame ? [] : [`a refused revision changed ${plan.planId}: ${result.text}`]),
      ...(isOld && !staleCodes.includes(errorCode(result) ?? "")
        ? [`a stale revision is told as ${result.text}`]
        : []),
    ];
  }
  // The very change that made an earlier revision is a repeat, however old the revision is that it names.
  if (result.data["repeated"] === true)
    return after.revision === before.revision ? [] : [`a repeated change revised ${plan.planId}`];
  plan.revision += 1;
  take(plan, changes);
  const touched = touchedFrozen(plan, changes);
  return [
    ...(isOld ? [`${plan.planId} took changes of a stale revision`] : []),
    ...touched.map((what) => `${plan.planId} took a change of ${what}, which is out`),
  ];
}

/** What an accepted revision says of shipments and room. */
function take(plan: ModelPlan, changes: ResolvedChange[]): void {
  for (const { arguments: args, shipments, plates } of changes) {
    if (args.op === "add") for (const id of shipments) plan.shipments.add(id);
    const [plate = ""] = plates;
    const capacities = plan.capacities.get(plate);
    if (args.op !== "set_vehicle" || !capacities) continue;
    for (const [material, capacity] of givenCapacities(args)) capacities.set(material, capacity);
    const renamed = args["new_license_plate"];
    if (typeof renamed !== "string") continue;
    plan.capacities.delete(plate);
    plan.capacities.set(renamed, capacities);
  }
}

function givenCapacities(args: Record<string, unknown>): [string, number][] {
  const given = args["material_capacities"];
  if (!Array.isArray(given)) return [];
  return given.map(({ material_name, capacity }) => [String(material_name), Number(capacity)]);
}

/** Vehicles and shipments of frozen routes that changes name. */
function touchedFrozen({ frozen }: ModelPlan, changes: ResolvedChange[]): string[] {
  const bytes = [...frozen.values()].join("");
  return changes.flatMap(({ shipments, plates }) => [
    ...plates.filter((plate) => frozen.has(plate)),
    ...shipments.filter((id) => bytes.includes(`"${id}"`)),
  ]);
}
