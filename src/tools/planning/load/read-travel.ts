import type { App } from "../../../app.ts";
import type { PlanRequest } from "../../../planning/prepare/request.ts";
import { positionsOf } from "../../../planning/prepare-plan.ts";
import type { Call } from "../../tool.ts";

/** How much of a plan's progress reading its travel is. */
const shareOfTravel = 0.2;

/** A request with travel by road, and what is left of the call's progress for the search. */
export type TravelledRequest = { request: PlanRequest; reportProgress: Call["reportProgress"] };

/** Asks the source of travel times, where there is one; what it does not know is estimated when the plan is made. */
export async function readTravel(
  request: PlanRequest,
  app: App,
  { signal, reportProgress }: Call,
): Promise<TravelledRequest> {
  const source = await app.travel();
  const positions = positionsOf(request);
  if (!source || positions.length < 2) return { request, reportProgress };
  const travel = await source.travelBetween({
    positions,
    departAt: request.options.startAt,
    signal,
    onProgress: (fraction) =>
      reportProgress(fraction * shareOfTravel, `Travel times: ${Math.round(fraction * 100)} %`),
  });
  return {
    request: { ...request, travel },
    reportProgress: (fraction, message) =>
      reportProgress(shareOfTravel + fraction * (1 - shareOfTravel), message),
  };
}
