import * as z from "zod";
import type { App } from "../../app.ts";
import { frozenPlatesOf } from "../../domain/dispatch.ts";
import { cancelled, Failure } from "../../domain/failure.ts";
import type { Plan } from "../../domain/plan.ts";
import type { Reoptimize } from "../../domain/plan-change.ts";
import { fingerprintOf } from "../../state/fingerprint.ts";
import { numberOrText, planId, revision } from "../fields.ts";
import { type Call, defineTool } from "../tool.ts";
import { changeFields } from "./revise/change-fields.ts";
import { checkForm } from "./revise/change-forms.ts";
import { findEarlierRevision } from "./revise/earlier-revision.ts";
import { type ErpLookUps, lookUpChanges } from "./revise/look-up-changes.ts";
import { readChanges } from "./revise/read-changes.ts";
import { refuseDispatched } from "./revise/refuse-dispatched.ts";
import { answerRevision, type MadeRevision, revisionAnswer } from "./revise/revision-answer.ts";
import { workOutRevision } from "./revise/work-out-revision.ts";

const input = z.strictObject({
  plan_id: planId,
  revision: numberOrText(revision).describe("The revision that you read and change; a stale one is refused"),
  changes: z
    .preprocess(
      // One change without its list is meant as a list of one.
      (value) => (typeof value === "object" && value !== null && "op" in value ? [value] : value),
      z.array(changeFields).max(200),
    )
    .optional()
    .describe("Made in this order, all or none"),
  reoptimize: z
    .enum(["none", "routes", "all"])
    .optional()
    .describe(
      "none (default): just the changes; routes: best order on the vehicles touched (all without changes); all: a new search over all that is not locked or out",
    ),
  time_limit_seconds: z.number().min(0.1).max(300).optional().describe("Of the search"),
});

type ReviseArguments = z.output<typeof input>;

/** An order of a few hundred stops is found long before; with the rest of the call it stays below a second. */
const searchSeconds: Record<Reoptimize, number> = { none: 0, routes: 0.7, all: 5 };

export const revisePlan = defineTool({
  name: "revise_plan",
  title: "Revise a plan",
  description:
    "Changes a plan by hand and keeps it as its next revision, or says which limit the change would break and by how much and keeps nothing; writes at no vendor. " +
    "op: move {shipment_id(s), license_plate, position?} · swap {shipment_id, with_shipment_id} · remove · add {shipment_id(s) or shipments, license_plate?} · " +
    "lock {shipment_id(s), license_plate?, position?, not_before?, not_after?; or license_plate alone: its whole route} · unlock · reorder {license_plate, shipment_ids} · " +
    "split {shipment_id, license_plate, items} · set_vehicle {license_plate, out_of_service | new_license_plate | material_capacities | rules} · set_window · set_priority. " +
    "Answers who moved where, km and minutes more or less, loads. Locks hold in later searches; routes that are dispatched are frozen. 调整计划、换车、改单、锁定、拆单",
  access: "write",
  mayAskVendors: true,
  input,
  output: revisionAnswer,
  async run(args, app, call) {
    refuseNothing(args);
    for (const [index, change] of (args.changes ?? []).entries()) checkForm(change, index);
    return answerRevision(await revise(args, { app, call }));
  },
});

type Watch = { app: App; call: Call };

/** The next revision of the plan, or the one that this very call made before. */
async function revise(args: ReviseArguments, watch: Watch): Promise<MadeRevision> {
  const { plans } = await watch.app.store();
  const { plan_id: id, revision: wanted } = args;
  const { changes = [], reoptimize = "none" } = args;
  const fingerprint = fingerprintOf("revise_plan", { changes, reoptimize });
  const findEarlier = async (newest: Plan): Promise<MadeRevision> => ({
    ...(await findEarlierRevision(plans, { newest, revision: wanted, fingerprint })),
    newest: newest.revision,
  });
  const plan = await plans.get(id);
  if (plan.revision !== wanted) return findEarlier(plan);
  try {
    return { before: plan, made: await makeRevision(plan, { args, fingerprint }, watch) };
  } catch (error) {
    // Somebody was quicker: told as if this call had come after.
    const newest = isConflict(error) ? await plans.get(id) : plan;
    if (newest.revision === wanted) throw error;
    return findEarlier(newest);
  }
}

async function makeRevision(
  plan: Plan,
  { args, fingerprint }: { args: ReviseArguments; fingerprint: string },
  { app, call }: Watch,
): Promise<Plan> {
  const { changes = [], reoptimize: mode = "none" } = args;
  const store = await app.store();
  const [routes, rules, erp] = await Promise.all([
    store.dispatches.ofPlan(plan.planId),
    store.materialRules.list(),
    lookUpChanges(changes, plan, { app, signal: call.signal }),
  ]);
  const read = readChanges(changes, plan, erp);
  await refuseDispatched(read, { app, routes });
  const frozen = frozenPlatesOf(routes);
  if (changes.length === 0) refuseFrozen(plan, frozen, mode);
  const timeLimitSeconds = args.time_limit_seconds ?? searchSeconds[mode];
  const context = { frozen, rules, materials: knownMaterials(plan, erp) };
  const revision = { plan, given: changes, read, mode, timeLimitSeconds, context };
  const revised = await workOutRevision(revision, { app, call });
  if (call.signal.aborted) throw cancelled();
  return store.plans.revise({
    planId: plan.planId,
    expectedRevision: plan.revision,
    plan: { ...revised, changesFingerprint: fingerprint },
    frozenPlates: frozen,
  });
}

/** Beside those of the plan's vehicles: what it was made with, and what the ERP was asked for. */
function knownMaterials({ materials = [] }: Plan, { vehicles = [] }: ErpLookUps): string[] {
  const owned = vehicles.flatMap(({ materialCapacities }) => materialCapacities);
  return [...new Set([...materials, ...owned.map(({ materialName }) => materialName)])];
}

function refuseNothing({ changes = [], reoptimize = "none" }: ReviseArguments): void {
  if (changes.length > 0 || reoptimize !== "none") return;
  throw new Failure("invalid_input", "Neither `changes` nor `reoptimize` says what is to be done.", {
    hint:
      'Give changes, for example [{op: "move", shipment_id: 17, license_plate: "粤A12345"}], ' +
      "or reoptimize routes (best order on each vehicle) or all (a new search).",
    fields: ["changes", "reoptimize"],
  });
}

/** A search over nothing would make a revision that says nothing. */
function refuseFrozen({ planId: id, routes, unassigned }: Plan, frozen: readonly string[], mode: Reoptimize) {
  const isFrozen = routes.every(({ licensePlate }) => frozen.includes(licensePlate));
  if (frozen.length === 0 || !isFrozen || (mode === "all" && unassigned.length > 0)) return;
  throw new Failure(
    "conflict",
    `Every route of plan ${id} is dispatched and frozen: nothing is left to search.`,
    {
      hint: "plan_report tells how they go; what came back goes out again with release_shipments and a new plan.",
      fields: ["reoptimize"],
    },
  );
}

function isConflict(error: unknown): boolean {
  return error instanceof Failure && error.code === "conflict";
}
