import { Failure } from "../../domain/failure.ts";
import type { PlanContent } from "../../domain/plan.ts";
import type { Reoptimize } from "../../domain/plan-change.ts";
import type { Draft } from "./draft.ts";

/**
 * The plan of a search with the routes that were no part of it. A Failure `infeasible` where the search leaves out
 * what was on a route and no change of a vehicle tells why.
 */
export function joinRevision(
  _draft: Draft,
  _content: PlanContent,
  _mode: Exclude<Reoptimize, "none">,
): PlanContent {
  throw new Failure("internal", "Plans can't be revised yet.");
}
