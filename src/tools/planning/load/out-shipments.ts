import * as z from "zod";
import type { App } from "../../../app.ts";
import type { DispatchedShipment } from "../../../domain/dispatch.ts";
import type { Identifier } from "../../../domain/identifier.ts";
import { shipmentIdsOf } from "../../../domain/stop-id.ts";
import { quote } from "../../../domain/vendor-text.ts";
import type { PlanRequest } from "../../../planning/prepare/request.ts";
import { countThatFits } from "../../answer-size.ts";
import { someIds } from "../release/release-fields.ts";

/** What a plan leaves out because it is on the road, as plan_load tells it. */
export const outShipmentsAnswer = {
  already_dispatched: z
    .array(z.object({ shipment_id: z.string(), plan_id: z.string(), license_plate: z.string() }))
    .optional()
    .describe("Left out, for they are on the road: release_shipments lets them be planned again"),
  already_dispatched_omitted: z.number().int().optional(),
};

const mostAnswerTokens = 800;
const mostRoutesNamed = 3;
const mostIdsNamed = 5;
const mostJobsNamed = 3;

/** Routes that were sent by hand this long ago are history: the ERP has their shipments as shipped. */
const recentMilliseconds = 7 * 24 * 60 * 60 * 1000;

/** The shipments of a request that are out, or may be: they go on no other route until they are released. */
export async function findOut(request: PlanRequest, app: App): Promise<DispatchedShipment[]> {
  const { dispatches } = await app.store();
  return dispatches.withShipments(wantedIds(request));
}

/** The request without what is out. */
export function withoutOut(request: PlanRequest, out: readonly DispatchedShipment[]): PlanRequest {
  if (out.length === 0) return request;
  const ids = out.map(({ shipmentId }) => shipmentId);
  return { ...request, excludedShipmentIds: [...(request.excludedShipmentIds ?? []), ...ids] };
}

/** Names how many shipments are out, some of them, where, and what lets them be planned again. */
export function warnOfOut(out: readonly DispatchedShipment[]): string[] {
  if (out.length === 0) return [];
  const routes = [...Map.groupBy(out, ({ externalJobId }) => externalJobId).values()];
  const named = routes.slice(0, mostRoutesNamed).flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const ids = someIds(
      group.map(({ shipmentId }) => shipmentId),
      mostIdsNamed,
    );
    const how = first.state === "dispatched" ? "out" : "being sent or perhaps out";
    return [`${ids} ${how} with ${quote(first.licensePlate)} of plan ${first.planId}`];
  });
  const more = routes.length > named.length ? `; and more on ${routes.length - named.length} routes` : "";
  const count = new Set(out.map(({ shipmentId }) => shipmentId)).size;
  const left =
    count === 1
      ? "1 shipment was dispatched already and is"
      : `${count} shipments were dispatched already and are`;
  return [
    `${left} left out: ${named.join("; ")}${more}. release_shipments is for those that have to go out again, as after a failed stop.`,
  ];
}

/** What went out while the search was on is on the routes all the same; dispatching will not send it twice. */
export function warnOfOutMeanwhile(out: readonly DispatchedShipment[]): string[] {
  const [first] = out;
  if (!first) return [];
  const ids = someIds([...new Set(out.map(({ shipmentId }) => shipmentId))], mostIdsNamed);
  return [
    `${ids} went out with plan ${first.planId} while this plan was worked out: take them off with revise_plan (remove), ` +
      "or dispatch_plan will hold their routes back.",
  ];
}

/** The shipments that were left out, cut to what an answer has room for. */
export function fromOut(out: readonly DispatchedShipment[]) {
  if (out.length === 0) return {};
  const all = out.map(({ shipmentId, planId, licensePlate }) => ({
    shipment_id: shipmentId,
    plan_id: planId,
    license_plate: licensePlate,
  }));
  const shown = all.slice(0, countThatFits(all, mostAnswerTokens));
  return {
    already_dispatched: shown,
    ...(shown.length < all.length && { already_dispatched_omitted: all.length - shown.length }),
  };
}

/** A route that was sent by hand is no plan's: nobody knows whether its stops are these shipments, but they may be. */
export async function warnOfHandSent(request: PlanRequest, app: App): Promise<string[]> {
  const { routeImports } = await app.store();
  const since = new Date(app.now() - recentMilliseconds).toISOString();
  const jobs = await routeImports.find({ tool: "import_route", since });
  const wanted = new Set(wantedIds(request).map(String));
  const warnings = jobs.flatMap(({ externalJobId, stopIds }) => {
    const ids = [...new Set(stopIds.flatMap(shipmentIdsOf))].filter((id) => wanted.has(id));
    if (ids.length === 0) return [];
    return [
      `${someIds(ids, mostIdsNamed)} may be out already: job ${quote(externalJobId)}, sent with import_route, has such stops. ` +
        "They are planned all the same; exclude_shipment_ids leaves them out.",
    ];
  });
  const more = warnings.length - mostJobsNamed;
  return more > 0
    ? [...warnings.slice(0, mostJobsNamed), `${more} more jobs sent with import_route have such stops.`]
    : warnings;
}

function wantedIds({ shipments, excludedShipmentIds = [] }: PlanRequest): Identifier[] {
  const excluded = new Set(excludedShipmentIds.map(String));
  return shipments.map(({ id }) => id).filter((id) => !excluded.has(String(id)));
}
