import * as z from "zod";
import type { Failure } from "../../../domain/failure.ts";
import { oneLine, quote } from "../../../domain/vendor-text.ts";
import { countThatFits, estimateDataTokens } from "../../answer-size.ts";
import { anyIdentifier } from "../../fields.ts";
import { repeatedAnswer } from "../../repeated.ts";
import type { CarriedOut } from "../../tool.ts";
import type { RouteOutcome } from "./dispatch-routes.ts";
import { movedStops } from "./driver-order.ts";
import type { Dispatch } from "./prepare-dispatch.ts";

const routeAnswer = z.object({
  license_plate: z.string(),
  state: z
    .enum(["dispatched", "unknown", "refused", "blocked", "waiting"])
    .describe(
      "unknown: nobody can say yet, the same call finds out; refused: RouteMate did not take it; blocked: not sent for the reason in error; waiting: not tried yet",
    ),
  driver_email: z.string().optional(),
  external_job_id: z.string().optional(),
  job_id: z.string().optional(),
  repeated: z.boolean().optional().describe("True: this call sent nothing for it"),
  invited: z.boolean().optional().describe("True: the driver has no account yet and was invited"),
  stops_geocode_failed: z.number().int().optional().describe("Stops without a place on the driver's map"),
  drift: z
    .object({
      moved: z.array(
        z.object({
          shipment_ids: z.array(anyIdentifier),
          planned_sequence: z.number().int(),
          sequence: z.number().int(),
          load_position: z.number().int(),
        }),
      ),
      moved_omitted: z.number().int().optional().describe("get_plan has them"),
      broken: z.array(z.string()).describe("Limits that the driver's order breaks"),
    })
    .optional()
    .describe("Where the driver's order is not the plan's; load by load_position"),
  error: z.object({ code: z.string(), message: z.string(), hint: z.string().optional() }).optional(),
});

/** What dispatch_plan answers. */
export const dispatchAnswer = z.object({
  status: z.enum(["dispatched", "partial", "nothing"]),
  plan_id: z.string(),
  revision: z.number().int(),
  routes: z.array(routeAnswer),
  routes_omitted: z.number().int().optional().describe("Cut for length: license_plates asks for some"),
  warnings: z.array(z.string()),
  ...repeatedAnswer,
});

type DispatchAnswer = z.input<typeof dispatchAnswer>;

const routesBudget = 6_000;
const mostMoved = 40;
const mostLines = 40;

/** The answer to a dispatch: how each route stands, and what is still to be done. */
export function answerOf(
  { plan, warnings }: Dispatch,
  outcomes: readonly RouteOutcome[],
): CarriedOut<DispatchAnswer> {
  const status = statusOf(outcomes);
  const routes = fitRoutes(outcomes);
  const isRepeated = status === "dispatched" && outcomes.every((outcome) => outcome.isRepeated);
  const data: DispatchAnswer = {
    status,
    plan_id: plan.planId,
    revision: plan.revision,
    routes,
    ...(routes.length < outcomes.length && { routes_omitted: outcomes.length - routes.length }),
    warnings: warnings.slice(0, countThatFits(warnings, 1_000)),
    ...(isRepeated && { repeated: true }),
  };
  const text = describe(outcomes, { status, isRepeated, warnings });
  return { data, text, isPartial: status !== "dispatched" };
}

function statusOf(outcomes: readonly RouteOutcome[]): DispatchAnswer["status"] {
  if (outcomes.every(({ state }) => state === "dispatched")) return "dispatched";
  return outcomes.some(({ state }) => state === "dispatched" || state === "unknown") ? "partial" : "nothing";
}

/** Routes with as many moved stops each as fit. */
function fitRoutes(outcomes: readonly RouteOutcome[]): DispatchAnswer["routes"] {
  for (let most = mostMoved; ; most = Math.floor(most / 2)) {
    const routes = outcomes.map((outcome) => toRoute(outcome, most));
    if (estimateDataTokens(routes) <= routesBudget) return routes;
    if (most === 0) return routes.slice(0, countThatFits(routes, routesBudget));
  }
}

function toRoute(outcome: RouteOutcome, most: number): DispatchAnswer["routes"][number] {
  const { intent, state, jobId, isRepeated, error, imported } = outcome;
  const isSent = state === "dispatched" || state === "unknown" || state === "refused";
  const drift = driftOf(outcome, most);
  return {
    license_plate: intent.licensePlate,
    state,
    ...(intent.driver && { driver_email: intent.driver.email }),
    ...(isSent && { external_job_id: intent.externalJobId }),
    ...(jobId !== null && { job_id: jobId }),
    ...(state === "dispatched" && isRepeated && { repeated: true }),
    ...(imported && !imported.driverResolved && { invited: true }),
    ...(imported && imported.stopsGeocodeFailed > 0 && { stops_geocode_failed: imported.stopsGeocodeFailed }),
    ...(drift && { drift }),
    ...(error && state !== "dispatched" && { error: fromFailure(error) }),
  };
}

function fromFailure({ code, message, details: { hint } }: Failure) {
  return { code, message: message.slice(0, 600), ...(hint !== undefined && { hint }) };
}

function driftOf({ order, intent }: RouteOutcome, most: number) {
  const route = order?.driven ?? intent.standing?.driven;
  if (!route) return undefined;
  const moved = movedStops(route).map(({ shipmentIds, plannedSequence, sequence, loadPosition }) => ({
    shipment_ids: shipmentIds,
    planned_sequence: plannedSequence,
    sequence,
    load_position: loadPosition,
  }));
  const broken = [...(order?.broken.map(({ message }) => message) ?? []), ...(order?.remarks ?? [])];
  if (moved.length === 0 && broken.length === 0) return undefined;
  return {
    moved: moved.slice(0, most),
    ...(moved.length > most && { moved_omitted: moved.length - most }),
    broken: broken.slice(0, 10),
  };
}

type Told = { status: DispatchAnswer["status"]; isRepeated: boolean; warnings: readonly string[] };

/** "3 of 5 routes are out; 粤A… was refused because …". */
function describe(outcomes: readonly RouteOutcome[], { status, isRepeated, warnings }: Told): string {
  const out = outcomes.filter(({ state }) => state === "dispatched").length;
  const note = isRepeated ? " (repeated: nothing was sent now)" : "";
  const lines = outcomes.flatMap(describeOutcome);
  const rest = lines.length - mostLines;
  return [
    `${out} of ${outcomes.length} ${outcomes.length === 1 ? "route is" : "routes are"} out${note}.`,
    ...lines.slice(0, mostLines),
    ...(rest > 0 ? [`… and ${rest} more lines (get_plan shows each route)`] : []),
    ...warnings.map((warning) => `Note: ${warning}`),
    ...(status === "dispatched" ? [] : [nextStep(outcomes)]),
  ]
    .map(oneLine)
    .join("\n");
}

function nextStep(outcomes: readonly RouteOutcome[]): string {
  const unknown = outcomes.filter(({ state }) => state === "unknown");
  const settled =
    unknown.length === 0
      ? ""
      : ` It looks up first what became of ${unknown.map(({ intent }) => intent.licensePlate).join(", ")}; so does get_route_job with the external_job_id.`;
  const isHeld = outcomes.some(({ state }) => state === "blocked");
  const held = isHeld
    ? " What is held back has to be corrected first; after revise_plan, and where the preview held it back already, it needs a new preview (no confirmation)."
    : "";
  return `The same call goes on with the rest; what is out is never sent again.${settled}${held}`;
}

function describeOutcome(outcome: RouteOutcome): string[] {
  const { intent, state, jobId, error, imported } = outcome;
  const plate = intent.licensePlate;
  const email = quote(intent.driver?.email, 60);
  const why = error ? ` because ${error.message}` : ".";
  if (state === "unknown") return [`${plate}: whether ${email} has it is not known yet.`];
  if (state === "refused") return [`${plate} was refused${why}${hintOf(error)}`];
  if (state === "blocked") return [`${plate} was held back${why}${hintOf(error)}`];
  if (state === "waiting") return [`${plate} was not tried${why}${hintOf(error)}`];
  return [
    `${plate} is job ${quote(jobId)} for ${email}${outcome.isRepeated ? " (was out before)" : ""}.`,
    ...(imported && !imported.driverResolved
      ? [`${plate}: the driver has no account yet, RouteMate sent an invitation.`]
      : []),
    ...(imported && imported.stopsGeocodeFailed > 0
      ? [`${plate}: ${imported.stopsGeocodeFailed} stops have no place on the driver's map.`]
      : []),
    ...describeDrift(outcome),
  ];
}

function hintOf(error: Failure | undefined): string {
  const hint = error?.details.hint;
  return hint === undefined ? "" : ` ${hint}`;
}

const mostNamed = 12;

/** Which stops moved, the loading order that follows, and what the new order breaks. */
function describeDrift(outcome: RouteOutcome): string[] {
  const drift = driftOf(outcome, Number.POSITIVE_INFINITY);
  const route = outcome.order?.driven ?? outcome.intent.standing?.driven;
  if (!drift || !route) return [];
  const plate = outcome.intent.licensePlate;
  const moved = drift.moved
    .slice(0, mostNamed)
    .map((stop) => `${stop.shipment_ids.join("+")} ${stop.planned_sequence} → ${stop.sequence}`);
  const loading = route.stops
    .toSorted((a, b) => (a.trip ?? 1) - (b.trip ?? 1) || a.loadPosition - b.loadPosition)
    .map(({ shipmentIds, trip }) => `${trip === undefined ? "" : `trip ${trip}: `}${shipmentIds.join("+")}`);
  const more = loading.length > 40 ? ", …" : "";
  return [
    ...(drift.moved.length === 0
      ? []
      : [
          `${plate}: RouteMate re-ordered ${drift.moved.length} of ${route.stops.length} stops (planned → driven): ${moved.join(", ")}${drift.moved.length > mostNamed ? ", …" : ""}.`,
          `${plate}: load in this order: ${loading.slice(0, 40).join(", ")}${more}.`,
        ]),
    ...drift.broken.map((message) => `${plate}: ${message}`),
  ];
}
