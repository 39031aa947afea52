import { Failure } from "../../../domain/failure.ts";
import type { Plan } from "../../../domain/plan.ts";
import { planDifference } from "../../../planning/compare/plan-difference.ts";
import type { Plans } from "../../../state/plans.ts";
import { describeSince } from "../compare/difference-text.ts";

/** A revision that the same call made before, and what it was made from. */
export type EarlierRevision = { before: Plan; made: Plan };

/**
 * What a call on a revision that is not the newest comes to: the revision that the same changes made before, or a
 * `conflict` that names the newest revision and says in a line what changed since.
 */
export async function findEarlierRevision(
  plans: Plans,
  { newest, revision, fingerprint }: { newest: Plan; revision: number; fingerprint: string },
): Promise<EarlierRevision> {
  const { planId } = newest;
  // A revision above the newest is `not_found` here.
  const before = await plans.get(planId, revision);
  const next = revision + 1 === newest.revision ? newest : await plans.get(planId, revision + 1);
  if (next.changesFingerprint === fingerprint) return { before, made: next };
  throw new Failure(
    "conflict",
    `Plan ${planId} is at revision ${newest.revision}, and you changed revision ${revision}; nothing was changed. ` +
      `Since then: ${describeSince(planDifference(before, newest), newest.options.startAt)}`,
    {
      hint:
        `Read it with get_plan {plan_id: "${planId}"}; if the change is still wanted, ` +
        `call again with revision ${newest.revision}.`,
      fields: ["revision"],
    },
  );
}
