import type { PlanRoute } from "../../../domain/plan.ts";
import { oneLine, quote } from "../../../domain/vendor-text.ts";
import { countThatFits, estimateDataTokens } from "../../answer-size.ts";
import type { Preview } from "../../tool.ts";
import { importVisits } from "./build-import.ts";
import { named } from "./choose-routes.ts";
import { type Dispatch, isToSend, type RouteIntent } from "./prepare-dispatch.ts";

/** The text beside takes the rest of an answer. */
const routesBudget = 6_000;
const warningsBudget = 1_000;
const mostLines = 30;
const mostQuestionWarnings = 3;

/** What a dispatch would do, for whoever has to agree to it: every write, and what speaks against it. */
export function previewOf(dispatch: Dispatch): Preview {
  const { plan, intents, warnings } = dispatch;
  const routes = fitRoutes(intents, dispatch);
  const shownWarnings = warnings.slice(0, countThatFits(warnings, warningsBudget));
  return {
    data: {
      plan_id: plan.planId,
      revision: plan.revision,
      jobs_to_create: intents.filter(isToSend).length,
      routes,
      ...(routes.length < intents.length && { routes_omitted: intents.length - routes.length }),
      invitations: invitationsOf(dispatch).slice(0, 50),
      warnings: shownWarnings,
    },
    text: describe(dispatch),
    question: questionOf(dispatch),
  };
}

/** E-mails that RouteMate is not known to have an account for. */
function invitationsOf({ intents }: Dispatch): string[] {
  const unknown = intents
    .filter(isToSend)
    .flatMap(({ driver }) => (driver && driver.standing !== "known" ? [driver.email] : []));
  return [...new Set(unknown)];
}

/** As many stops of each route as fit, the same number of all; a route with none of its stops is still told. */
function fitRoutes(intents: readonly RouteIntent[], dispatch: Dispatch) {
  const longest = Math.max(...intents.map(({ route }) => route.stops.length));
  for (let most = longest; ; most = Math.floor(most / 2)) {
    const routes = intents.map((intent) => toRoute(intent, dispatch, most));
    if (estimateDataTokens(routes) <= routesBudget) return routes;
    if (most === 0) return routes.slice(0, countThatFits(routes, routesBudget));
  }
}

function toRoute(intent: RouteIntent, { plan }: Dispatch, most: number) {
  const { licensePlate, standing, externalJobId, driver, obstacles, notes, route } = intent;
  const stops = stopsOf(intent, importVisits(plan, route).length - route.stops.length);
  const omitted = stops.length - most;
  return {
    license_plate: licensePlate,
    state: stateOf(intent),
    external_job_id: externalJobId,
    ...(standing?.jobId && { job_id: standing.jobId }),
    ...(driver && { driver_email: driver.email, driver: driver.standing }),
    depart_at: route.departAt,
    finish_at: route.finishAt,
    stop_count: route.stops.length,
    stops: stops.slice(0, most),
    ...(omitted > 0 && { stops_omitted: omitted }),
    ...(obstacles.length > 0 && { blocked_by: obstacles.slice(0, 10) }),
    ...(notes.length > 0 && { notes: notes.slice(0, 10) }),
  };
}

/** The stops as RouteMate gets them, the depot left out. */
function stopsOf({ import: sent, route }: RouteIntent, depots: number) {
  const parcels = new Map(sent?.stops.map((stop) => [stop.externalStopId, stop.parcelCount ?? 1]));
  const ids = sent && sent.stops.length === route.stops.length + depots ? sentIds(sent.stops) : [];
  return route.stops.map(({ sequence, shipmentIds, customerName, address, arriveAt }, index) => ({
    sequence,
    shipment_ids: shipmentIds,
    ...(customerName !== null && { customer_name: customerName }),
    ...(address !== null && { address }),
    arrive_at: arriveAt,
    ...(ids[index] !== undefined && { parcel_count: parcels.get(ids[index]) ?? 1 }),
  }));
}

function sentIds(stops: readonly { externalStopId: string; serviceType?: string }[]): string[] {
  return stops
    .filter(({ serviceType }) => serviceType === "delivery")
    .map(({ externalStopId }) => externalStopId);
}

function stateOf(intent: RouteIntent): "ready" | "blocked" | "dispatched" | "unknown" {
  const { standing } = intent;
  if (standing) return standing.state === "dispatched" ? "dispatched" : "unknown";
  return isToSend(intent) ? "ready" : "blocked";
}

function describe(dispatch: Dispatch): string {
  const { plan, intents, warnings } = dispatch;
  const invited = invitationsOf(dispatch);
  const lines = intents.map(describeIntent);
  const toldLines = lines.slice(0, mostLines);
  return [
    `Dispatching plan ${plan.planId} revision ${plan.revision} makes ${count(intents.filter(isToSend).length, "job")} at RouteMate; none can be changed or taken back.`,
    ...toldLines,
    ...(lines.length > toldLines.length ? [`… and ${lines.length - toldLines.length} more routes`] : []),
    ...(invited.length > 0
      ? [`RouteMate is not known to have an account for ${named(invited)}: it may send an invitation.`]
      : []),
    ...warnings.map((warning) => `Note: ${warning}`),
  ]
    .map(oneLine)
    .join("\n");
}

function describeIntent(intent: RouteIntent): string {
  const { licensePlate, standing, externalJobId, driver, obstacles, notes, route } = intent;
  const noted = notes.map((note) => ` Note: ${note}`).join("");
  if (standing?.state === "dispatched")
    return `${licensePlate}: is out already as job ${quote(standing.jobId)} to ${quote(standing.driverEmail, 60)}.${noted}`;
  if (standing)
    return `${licensePlate}: was sent to ${quote(standing.driverEmail, 60)} with unknown outcome; it is looked up first.${noted}`;
  if (obstacles.length > 0) return `${licensePlate}: held back. ${obstacles.join(" ")}${noted}`;
  return (
    `${licensePlate} to ${quote(driver?.email, 60)}: ${count(route.stops.length, "stop")}, ${parcelsOf(intent)} parcels, ` +
    `${timeOf(route)}, job ${quote(externalJobId, 80)}.${noted}`
  );
}

/** Short enough to be read by whoever is asked, whatever the plan's size. */
function questionOf(dispatch: Dispatch): string {
  const { plan, intents, warnings } = dispatch;
  const ready = intents.filter(isToSend);
  const drivers = new Set(ready.map(({ driver }) => driver?.email.toLowerCase()));
  const stops = ready.reduce((sum, { route }) => sum + route.stops.length, 0);
  const held = intents.filter((intent) => !isToSend(intent) && !intent.standing);
  const out = intents.filter(({ standing }) => standing?.state === "dispatched");
  const invited = invitationsOf(dispatch);
  const notes = [...warnings, ...ready.flatMap((intent) => intent.notes)];
  return [
    `Send ${count(ready.length, "route")} of plan ${plan.planId} (revision ${plan.revision}) to ${count(drivers.size, "driver")}, ${count(stops, "stop")} in all? It can't be taken back.`,
    `Vehicles: ${named(
      ready.map(({ licensePlate }) => licensePlate),
      8,
    )}.`,
    ...(out.length > 0
      ? [
          `Out already: ${named(
            out.map(({ licensePlate }) => licensePlate),
            8,
          )}.`,
        ]
      : []),
    ...(held.length > 0
      ? [
          `Held back: ${named(
            held.map(({ licensePlate }) => licensePlate),
            8,
          )}.`,
        ]
      : []),
    ...(invited.length > 0 ? [`May be invited by e-mail: ${named(invited, 5)}.`] : []),
    ...notes.slice(0, mostQuestionWarnings).map((note) => `Note: ${note}`),
    ...(notes.length > mostQuestionWarnings
      ? [`and ${notes.length - mostQuestionWarnings} more notes.`]
      : []),
  ]
    .map((line) => oneLine(line).slice(0, 300))
    .join("\n");
}

function parcelsOf({ import: sent }: RouteIntent): number {
  return sent?.stops.reduce((sum, { parcelCount = 1 }) => sum + parcelCount, 0) ?? 0;
}

function timeOf({ departAt, finishAt }: PlanRoute): string {
  const days = departAt.slice(0, 10) === finishAt.slice(0, 10) ? "" : ` (${finishAt.slice(0, 10)})`;
  return `${departAt.slice(0, 10)} ${departAt.slice(11, 16)} to ${finishAt.slice(11, 16)}${days}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
