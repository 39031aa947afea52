import type { PlanContent, PlanRoute } from "../../domain/plan.ts";
import type { KnownTravel } from "../../domain/travel.ts";
import { warnOfEstimates } from "../complete/warnings.ts";
import { writeRoute } from "../complete-plan.ts";
import type { PlanRequest } from "../prepare/request.ts";
import { type Draft, routeOf } from "./draft.ts";
import { givenRequest } from "./given-plan.ts";
import { judgeRoutes, refuseWorse } from "./judge-revision.ts";
import { tellOn, toContent } from "./measure-revision.ts";
import { refuseIncomplete } from "./refuse-incomplete.ts";

/** The routes that have to be timed, as a request: `positionsOf` it is what the travel of a revision by hand is wanted between. */
export function toHandRequest(draft: Draft): PlanRequest {
  const routes = [...draft.concerned.keys()].flatMap((plate) => routeOf(draft, plate) ?? []);
  return givenRequest(draft, { routes, extra: [] });
}

/**
 * The plan with the changes and no search: untouched routes as they were, the others timed in the given order, by
 * `travel` between `positionsOf` `toHandRequest`, else great-circle estimates. A Failure `infeasible` names the change,
 * the limit that it breaks, whose, and by how much; what was broken before and is no worse is let be.
 */
export function reviseByHand(draft: Draft, travel?: KnownTravel): PlanContent {
  refuseIncomplete(draft);
  const judged = judgeRoutes(draft, { licensePlates: [...draft.concerned.keys()], travel });
  refuseWorse(draft, judged);
  const known = new Map(draft.plan.routes.map((route) => [route.licensePlate, route]));
  const routes = draft.routes.map(({ licensePlate }): PlanRoute => {
    const driven = draft.touched.has(licensePlate) ? judged.routes.get(licensePlate) : undefined;
    return driven ? writeRoute(judged.prepared, driven.driven) : known.get(licensePlate)!;
  });
  return toContent(draft, {
    routes,
    unassigned: draft.touched.size > 0 ? tellOn(draft.unassigned) : draft.unassigned,
    reason: tellWork(draft),
    iterations: 0,
    repeatable: true,
    warnings: warnOfEstimates(travel),
  });
}

function tellWork({ touched, routes }: Draft): string {
  const anew = routes.filter(({ licensePlate }) => touched.has(licensePlate)).length;
  if (anew === 0) return "Revised by hand, without a search: every route is as it was.";
  return `Revised by hand, without a search: ${anew} of ${routes.length} routes timed anew in the given order, the others are as they were.`;
}
