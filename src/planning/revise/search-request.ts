import { Failure } from "../../domain/failure.ts";
import type { Reoptimize } from "../../domain/plan-change.ts";
import type { PlanRequest } from "../prepare/request.ts";
import type { Draft } from "./draft.ts";

/**
 * What is to be searched: the order within the touched vehicles ("routes"), or all that is not frozen ("all"); it
 * begins with the draft's routes. Its options hold for the search alone: those of the revision are the draft's.
 */
export function toSearchRequest(_draft: Draft, _mode: Exclude<Reoptimize, "none">): PlanRequest {
  throw new Failure("internal", "Plans can't be revised yet.");
}
