import type { Plan, PlanContent } from "../../src/domain/plan.ts";
import type { PlanChange, Reoptimize } from "../../src/domain/plan-change.ts";
import type { PlanRequest } from "../../src/planning/prepare/request.ts";
import { applyChanges } from "../../src/planning/revise/apply-changes.ts";
import { joinRevision } from "../../src/planning/revise/join-revision.ts";
import { reviseByHand } from "../../src/planning/revise/revise-by-hand.ts";
import { toSearchRequest } from "../../src/planning/revise/search-request.ts";
import { makePlanNow } from "./make-plan-now.ts";

/** A first revision of a request, as a store would keep it. */
export function planNow(request: PlanRequest): Plan {
  return keep(request, makePlanNow(request));
}

function keep({ options, vehicles, shipments }: PlanRequest, content: PlanContent): Plan {
  return {
    ...content,
    planId: "plan_1",
    revision: 1,
    createdAt: "2026-11-22T18:40:00+08:00",
    area: null,
    merchantId: null,
    options,
    vehicles: [...vehicles],
    shipments: [...shipments],
  };
}

type Asked = { mode?: Reoptimize; frozen?: readonly string[] };

/** The next revision, made as the tool does but in this thread. */
export function reviseNow(
  plan: Plan,
  changes: readonly PlanChange[],
  { mode = "none", frozen = [] }: Asked = {},
): Plan {
  const draft = applyChanges(plan, changes, { frozen, rules: [] });
  const content =
    mode === "none"
      ? reviseByHand(draft)
      : joinRevision(draft, makePlanNow(toSearchRequest(draft, mode)), mode);
  const { options, vehicles, shipments } = draft;
  return JSON.parse(
    JSON.stringify({ ...plan, ...content, options, vehicles, shipments, revision: plan.revision + 1 }),
  );
}
