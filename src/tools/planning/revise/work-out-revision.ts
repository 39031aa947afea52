import type { App } from "../../../app.ts";
import { Failure } from "../../../domain/failure.ts";
import type { Plan, PlanContent } from "../../../domain/plan.ts";
import type { Reoptimize } from "../../../domain/plan-change.ts";
import { applyChanges } from "../../../planning/revise/apply-changes.ts";
import type { Draft, RevisionContext } from "../../../planning/revise/draft.ts";
import { joinRevision } from "../../../planning/revise/join-revision.ts";
import { reviseByHand, toHandRequest } from "../../../planning/revise/revise-by-hand.ts";
import { toSearchRequest } from "../../../planning/revise/search-request.ts";
import type { NewPlan } from "../../../state/plans.ts";
import type { Call } from "../../tool.ts";
import { readTravel } from "../load/read-travel.ts";
import type { ChangeArguments } from "./change-fields.ts";
import type { ReadChanges } from "./read-changes.ts";

/** What is to be done to a plan, and on what ground. */
export type Revision = {
  plan: Plan;
  /** The changes as the caller wrote them, and as they are made. */
  given: readonly ChangeArguments[];
  read: ReadChanges;
  context: RevisionContext;
  mode: Reoptimize;
  timeLimitSeconds: number;
};

type Watch = { app: App; call: Call };

/** Makes the changes and searches what is asked for; keeps nothing. Failures name the change of the call. */
export async function workOutRevision(revision: Revision, watch: Watch): Promise<NewPlan> {
  const { plan, read, context } = revision;
  try {
    const draft = applyChanges(plan, read.changes, context);
    const content = await makeContent(draft, revision, watch);
    return {
      ...content,
      area: plan.area,
      merchantId: plan.merchantId,
      options: draft.options,
      vehicles: draft.vehicles,
      shipments: draft.shipments,
      ...(plan.materialRules && { materialRules: plan.materialRules }),
      ...(plan.materials && { materials: plan.materials }),
    };
  } catch (error) {
    throw nameSource(error, read, revision.given);
  }
}

async function makeContent(
  draft: Draft,
  { mode, timeLimitSeconds }: Revision,
  { app, call }: Watch,
): Promise<PlanContent> {
  if (mode === "none") {
    const travelled = await readTravel(toHandRequest(draft), app, call);
    return reviseByHand(draft, travelled.request.travel);
  }
  const wanted = toSearchRequest(draft, mode);
  const timed = { ...wanted, options: { ...wanted.options, timeLimitSeconds } };
  const { request, reportProgress } = await readTravel(timed, app, call);
  const content = await app.makePlan(request, {
    signal: call.signal,
    onProgress: ({ fraction, routes, unassigned }) =>
      reportProgress(fraction, `${routes} vehicles used, ${unassigned} stops left out`),
  });
  return joinRevision(draft, content, mode);
}

/** The planner names the changes that it was given; the caller knows those that he wrote. */
function nameSource(error: unknown, { sources }: ReadChanges, given: readonly ChangeArguments[]): unknown {
  if (!(error instanceof Failure)) return error;
  const rename = (text: string) =>
    text.replace(/changes\[(\d+)\](\.shipment_ids\[0\])?/g, (whole, index, first) => {
      const source = sources[Number(index)];
      if (source === undefined) return whole;
      const isSingle = first !== undefined && given[source]?.shipment_id !== undefined;
      return `changes[${source}]${isSingle ? ".shipment_id" : (first ?? "")}`;
    });
  const { fields, hint } = error.details;
  return new Failure(
    error.code,
    rename(error.message),
    {
      ...error.details,
      ...(hint !== undefined && { hint: rename(hint) }),
      ...(fields && { fields: fields.map(rename) }),
    },
    error,
  );
}
