import type { PlanContent } from "../../src/domain/plan.ts";
import { makePlan } from "../../src/planning/make-plan.ts";
import type { PlanRequest } from "../../src/planning/prepare/request.ts";
import { search } from "../../src/planning/search/search.ts";

/** Plans with the real search in this thread, on a clock that stands still: only iterations count. */
export function makePlanNow(request: PlanRequest): PlanContent {
  const now = () => 0;
  return makePlan(request, { now, solve: (problem, budget) => search(problem, { ...budget, now }) });
}
