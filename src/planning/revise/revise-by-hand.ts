import { Failure } from "../../domain/failure.ts";
import type { PlanContent } from "../../domain/plan.ts";
import type { KnownTravel } from "../../domain/travel.ts";
import type { PlanRequest } from "../prepare/request.ts";
import type { Draft } from "./draft.ts";

/** The touched routes alone as a request: `positionsOf` it is what the travel of a revision by hand is wanted between. */
export function toHandRequest(_draft: Draft): PlanRequest {
  throw new Failure("internal", "Plans can't be revised yet.");
}

/**
 * The plan with the changes and no search: untouched routes as they were, the others timed in the given order. A
 * Failure `infeasible` names the change, the limit that it breaks, whose, and by how much.
 */
export function reviseByHand(_draft: Draft, _travel?: KnownTravel): PlanContent {
  throw new Failure("internal", "Plans can't be revised yet.");
}
