import type { Plan, PlanRoute, PlanStop } from "../../../domain/plan.ts";
import { oneLine, quote } from "../../../domain/vendor-text.ts";

const shownRoutes = 30;
const shownUnassigned = 8;
const shownHelp = 3;
const shownWarnings = 5;

/** The plan as a person would tell it: what goes out with whom, what stays and why. */
export function describePlan(plan: Plan): string {
  const { vehiclesUsed, shipmentsAssigned, distanceMeters, costYuan } = plan.quality;
  const cost = costYuan === undefined ? "" : `, ${costYuan} yuan`;
  const total = shipmentsAssigned + plan.unassigned.length;
  return [
    `Plan ${plan.planId} revision ${plan.revision}: ${shipmentsAssigned} of ${total} shipments on ` +
      `${vehiclesUsed} of ${plan.vehicles.length} vehicles, ${kilometers(distanceMeters)}${cost}, start ${plan.options.startAt}.`,
    ...describeProof(plan),
    ...cut(
      plan.routes.map((route) => describeRoute(route, plan.options.startAt)),
      shownRoutes,
      "more routes",
    ),
    ...(plan.whatWouldHelp ?? [])
      .slice(0, shownHelp)
      .map(
        ({ text, shipmentIds }) =>
          `One change would bring in ${shipmentIds.length} of the ${plan.unassigned.length} left out: ${text}.`,
      ),
    ...cut(
      plan.unassigned.map(({ shipmentId, message }) => `Left out ${shipmentId}: ${message}`),
      shownUnassigned,
      "more shipments are left out (get_plan with from_unassigned)",
    ),
    ...cut(
      plan.warnings.map((warning) => `Note: ${warning}`),
      shownWarnings,
      "more notes",
    ),
  ]
    .map(oneLine)
    .join("\n");
}

/** What is proven, where it says anything. */
function describeProof({ quality: { status, leastVehicles = 0 } }: Plan): string[] {
  if (status === "optimal") return ["Proven: no plan that serves these shipments costs less."];
  if (leastVehicles < 2) return [];
  return [`Proven: no plan that serves these shipments uses fewer than ${leastVehicles} vehicles.`];
}

/** One route with a line for each stop, for clients that show nothing but text. */
export function describeRouteStops(route: PlanRoute, startAt: string): string {
  const clock = clockOf(startAt);
  const stops = route.stops.map((stop) => {
    const { sequence, arriveAt, customerName, address, shipmentIds, loadPosition } = stop;
    const where = `${sequence}. ${clock(arriveAt)} ${quote(customerName)} ${quote(address)}`;
    return `${where} shipments ${shipmentIds.join(", ")}, load ${loadPosition}${describeTimes(stop)}${describePlace(stop)}`;
  });
  return [describeRoute(route, startAt), ...stops].map(oneLine).join("\n");
}

function describePlace({ plannedSequence }: PlanStop): string {
  return plannedSequence === undefined ? "" : `, planned as stop ${plannedSequence}`;
}

/** What a stop has beside its time: the trip, a wait, lateness. */
function describeTimes({ trip, waitingSeconds = 0, lateSeconds = 0 }: PlanStop): string {
  const facts = [
    trip === undefined ? "" : `trip ${trip}`,
    waitingSeconds >= 60 ? `waits ${minutes(waitingSeconds)}` : "",
    lateSeconds > 0 ? `${minutes(lateSeconds)} late` : "",
  ].filter((fact) => fact !== "");
  return facts.map((fact) => `, ${fact}`).join("");
}

/** Rounded up, so that nothing reads as zero. */
function minutes(seconds: number): string {
  return `${Math.ceil(seconds / 60)} min`;
}

/** "粤A12345: 9 stops, 45.2 km, 08:00 to 12:40; 坯布 480 of 500 (96 %)". */
function describeRoute(route: PlanRoute, startAt: string): string {
  const clock = clockOf(startAt);
  const loads = route.loads
    .filter(({ quantity }) => quantity !== "0")
    .map(
      ({ trip, material, quantity, capacity, fill }) =>
        `${trip === undefined ? "" : `trip ${trip} `}${material} ${quantity} of ${capacity} (${Math.round(fill * 100)} %)`,
    );
  const breaks = (route.breaks ?? []).map(
    ({ startAt, minutes: length }) => `, break ${clock(startAt)} for ${length} min`,
  );
  return (
    `${route.licensePlate}: ${route.stops.length} ${route.stops.length === 1 ? "stop" : "stops"}, ${kilometers(route.distanceMeters)}, ` +
    `${clock(route.departAt)} to ${clock(route.finishAt)}${breaks.join("")}; ${loads.join(", ")}${describeDispatch(route)}`
  );
}

/** "; out to 「a@b.c」 as job 「1」, 3 stops elsewhere than planned". */
function describeDispatch({ dispatch, stops }: PlanRoute): string {
  if (!dispatch) return "";
  const email = quote(dispatch.driverEmail, 60);
  if (dispatch.state !== "dispatched") return `; whether ${email} has it is not known yet`;
  const moved = stops.filter(({ plannedSequence }) => plannedSequence !== undefined).length;
  const drift = moved === 0 ? "" : `, ${moved} stops elsewhere than planned`;
  return `; out to ${email} as job ${quote(dispatch.jobId)}${drift}`;
}

/** The first lines, and how many more there are. */
export function cut(lines: string[], limit: number, rest: string): string[] {
  return lines.length <= limit ? lines : [...lines.slice(0, limit), `… and ${lines.length - limit} ${rest}`];
}

/** "45.2 km". */
export function kilometers(meters: number): string {
  return `${(meters / 1000).toFixed(1)} km`;
}

/** Hours and minutes in the plan's own offset, with the date where that is not the day on which the plan starts. */
export function clockOf(startAt: string): (instant: string) => string {
  const day = startAt.slice(0, 10);
  return (instant) =>
    instant.startsWith(day) ? instant.slice(11, 16) : `${instant.slice(0, 10)} ${instant.slice(11, 16)}`;
}
