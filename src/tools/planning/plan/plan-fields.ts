import * as z from "zod";
import type { Plan, PlanRoute, PlanStop, RouteDispatch } from "../../../domain/plan.ts";
import { countThatFits, dataTokenBudget, estimateDataTokens } from "../../answer-size.ts";
import { anyIdentifier } from "../../fields.ts";
import { fromPlanHelp, fromWouldTake, planHelpAnswer, wouldTakeAnswer } from "./would-take-fields.ts";

const stopAnswer = z.object({
  sequence: z.number().int().describe("Driving order from 1"),
  planned_sequence: z.number().int().optional().describe("Where it was planned, if RouteMate moved it"),
  load_position: z.number().int().describe("Loading order from 1: the last stop is loaded first"),
  shipment_ids: z.array(anyIdentifier),
  customer_name: z.string().nullable(),
  address: z.string().nullable(),
  lat: z.number().nullable().describe("Null: no position, so the stop is put last"),
  lng: z.number().nullable(),
  trip: z.number().int().optional().describe("From 1, where the vehicle reloads in between"),
  arrive_at: z.string().describe("When unloading begins, after any wait for a window"),
  waiting_seconds: z.number().int().optional().describe("Before arrive_at"),
  late_seconds: z.number().int().optional().describe("After the end of a window that may be passed"),
  distance_meters: z.number().int().describe("From the stop before"),
  items: z
    .array(z.object({ shipment_id: anyIdentifier, material: z.string(), quantity: z.string() }))
    .optional()
    .describe("What is unloaded; with detail full"),
});

const position = z.object({ lat: z.number(), lng: z.number() });

const routeAnswer = z.object({
  license_plate: z.string(),
  loads: z.array(
    z.object({
      material: z.string(),
      quantity: z.string(),
      capacity: z.number(),
      fill: z.number().describe("0 to 1"),
      trip: z.number().int().optional(),
    }),
  ),
  stops: z.array(stopAnswer),
  stops_omitted: z
    .number()
    .int()
    .optional()
    .describe("Stops cut for length: get_plan with license_plate gives them"),
  distance_meters: z.number().int(),
  duration_seconds: z.number().int(),
  cost_yuan: z.string().optional(),
  depart_at: z.string(),
  finish_at: z.string(),
  start: position.optional().describe("Where it leaves, if not at the depot"),
  end: position.nullable().optional().describe("Where it ends, if not as all; null: at its last stop"),
  breaks: z.array(z.object({ start_at: z.string(), minutes: z.number() })).optional(),
  dispatch: z
    .object({
      state: z.enum(["claimed", "sending", "unknown", "dispatched", "refused"]),
      external_job_id: z.string(),
      job_id: z.string().optional(),
      driver_email: z.string(),
      released_shipment_ids: z.array(z.string()).optional().describe("May go out again"),
    })
    .optional()
    .describe("The route is out, or may be: no change touches it any more"),
});

/** A plan as plan_load and get_plan answer it. */
export const planAnswer = z.object({
  plan_id: z.string(),
  revision: z.number().int(),
  created_at: z.string(),
  area: z.string().optional(),
  start_at: z.string(),
  return_to_depot: z.boolean(),
  service_minutes: z.number(),
  depot: z.object({ lat: z.number(), lng: z.number(), address: z.string().optional() }),
  capacity_model: z.enum(["independent", "shared"]),
  objective: z.enum(["fewest_vehicles", "shortest_distance", "balanced", "earliest_finish", "lowest_cost"]),
  routes: z.array(routeAnswer),
  routes_omitted: z
    .number()
    .int()
    .optional()
    .describe("Routes cut for length: get_plan with from_route gives them"),
  unassigned: z.array(
    z.object({
      shipment_id: anyIdentifier,
      reason: z.string(),
      message: z.string(),
      would_take: wouldTakeAnswer.optional().describe("The cheapest single change that would bring it in"),
    }),
  ),
  unassigned_omitted: z
    .number()
    .int()
    .optional()
    .describe("Cut for length: get_plan with from_unassigned gives them"),
  what_would_help: z
    .array(planHelpAnswer)
    .optional()
    .describe("Single changes that would bring in several, the best first"),
  unmapped_items: z.array(z.object({ shipment_id: anyIdentifier, item_name: z.string() })),
  unmapped_items_omitted: z.number().int().optional(),
  quality: z.object({
    status: z
      .enum(["optimal", "gap", "heuristic"])
      .describe("gap: at most gap_percent above what any plan serving these has at least of gap_to"),
    reason: z.string(),
    gap_percent: z.number().optional(),
    gap_to: z.enum(["vehicles", "fixed_costs"]).optional(),
    least_vehicles: z.number().int().optional().describe("No plan serving these uses fewer"),
    cost_yuan: z.string().optional(),
    vehicles_used: z.number().int(),
    shipments_assigned: z.number().int(),
    distance_meters: z.number().int(),
    duration_seconds: z.number().int(),
    iterations: z.number().int(),
    seed: z.number().int(),
    repeatable: z.boolean().describe("False: the time limit ended the search, another run may differ"),
  }),
  warnings: z.array(z.string()),
  warnings_omitted: z.number().int().optional(),
});

type PlanAnswer = z.input<typeof planAnswer>;

/** Which part of a plan is wanted, and how much of each stop. */
export type PlanView = {
  licensePlate?: string;
  /** From 1, in the plan's order. */
  fromRoute?: number;
  /** From 1, in the order of what is left out. */
  fromUnassigned?: number;
  fromSequence?: number;
  withItems?: boolean;
  /** What the answer holds beside the plan, in tokens. */
  besideTokens?: number;
};

/** The plan in the tools' spelling, cut to what an answer may hold; every cut is counted in an `_omitted` field. */
export function fromPlan(plan: Plan, view: PlanView = {}): PlanAnswer {
  const { licensePlate, fromRoute = 1, besideTokens = 0 } = view;
  const wanted = plan.routes
    .slice(fromRoute - 1)
    .filter((route) => licensePlate === undefined || route.licensePlate === licensePlate)
    .map((route) => toRouteAnswer(route, view));
  const told = describeFrame(plan);
  const roomForLeftOut =
    dataTokenBudget - besideTokens - otherListTokens - estimateDataTokens([told, wanted]);
  const frame = { ...told, ...cutLists(plan, view, Math.max(leastLeftOutTokens, roomForLeftOut)) };
  const budget = dataTokenBudget - besideTokens - estimateDataTokens(frame);
  return { ...frame, ...fitRoutes(wanted, budget) };
}

/** Routes in the tools' spelling, as many and with as many stops each as fit into the budget. */
export function fromRoutes(
  routes: readonly PlanRoute[],
  budgetTokens: number,
): Pick<PlanAnswer, "routes" | "routes_omitted"> {
  return fitRoutes(
    routes.map((route) => toRouteAnswer(route, {})),
    budgetTokens,
  );
}

function fitRoutes(wanted: PlanAnswer["routes"], budgetTokens: number) {
  const shown = countThatFits(
    wanted.map((route) => firstStops(route, 0)),
    budgetTokens,
  );
  return {
    routes: cutRoutes(wanted.slice(0, shown), budgetTokens),
    ...omitted("routes_omitted", wanted.length - shown),
  };
}

function describeFrame(plan: Plan) {
  return {
    plan_id: plan.planId,
    revision: plan.revision,
    created_at: plan.createdAt,
    ...(plan.area !== null && { area: plan.area }),
    start_at: plan.options.startAt,
    return_to_depot: plan.options.returnToDepot,
    service_minutes: plan.options.serviceMinutes,
    depot: plan.options.depot,
    capacity_model: plan.options.capacityModel,
    objective: plan.options.objective,
    quality: fromPlanQuality(plan),
  };
}

/** How good a plan is, in the tools' spelling. */
export function fromPlanQuality({ quality }: Plan): PlanAnswer["quality"] {
  const { status, reason, iterations, seed, repeatable } = quality;
  return {
    status,
    reason,
    ...(quality.gapPercent !== undefined && { gap_percent: quality.gapPercent }),
    ...(quality.gapTo && { gap_to: quality.gapTo }),
    ...(quality.leastVehicles !== undefined && { least_vehicles: quality.leastVehicles }),
    ...(quality.costYuan !== undefined && { cost_yuan: quality.costYuan }),
    vehicles_used: quality.vehiclesUsed,
    shipments_assigned: quality.shipmentsAssigned,
    distance_meters: quality.distanceMeters,
    duration_seconds: quality.durationSeconds,
    iterations,
    seed,
    repeatable,
  };
}

/** Who is left out gets at least this much, and what routes and the other lists leave free. */
const leastLeftOutTokens = 2_500;
/** Help, unmapped items and warnings at their longest. */
const otherListTokens = 2_600;

function cutLists(plan: Plan, { fromUnassigned = 1 }: PlanView, leftOutTokens: number) {
  const unassigned = plan.unassigned.slice(fromUnassigned - 1).map((left) => ({
    shipment_id: left.shipmentId,
    reason: left.reason,
    message: left.message,
    ...(left.wouldTake && { would_take: fromWouldTake(left.wouldTake) }),
  }));
  const help = (plan.whatWouldHelp ?? []).map(fromPlanHelp);
  const unmapped = plan.unmappedItems.map(({ shipmentId, itemName }) => ({
    shipment_id: shipmentId,
    item_name: itemName,
  }));
  const shownUnassigned = countThatFits(unassigned, leftOutTokens);
  const shownUnmapped = countThatFits(unmapped, 600);
  const shownWarnings = countThatFits(plan.warnings, 1_000);
  return {
    unassigned: unassigned.slice(0, shownUnassigned),
    ...omitted("unassigned_omitted", unassigned.length - shownUnassigned),
    ...(help.length > 0 && { what_would_help: help.slice(0, countThatFits(help, 1_000)) }),
    unmapped_items: unmapped.slice(0, shownUnmapped),
    ...omitted("unmapped_items_omitted", unmapped.length - shownUnmapped),
    warnings: plan.warnings.slice(0, shownWarnings),
    ...omitted("warnings_omitted", plan.warnings.length - shownWarnings),
  };
}

function toRouteAnswer(
  route: PlanRoute,
  { fromSequence = 1, withItems = false }: PlanView,
): PlanAnswer["routes"][number] {
  return {
    license_plate: route.licensePlate,
    loads: route.loads.map((load) => ({ ...load, fill: Math.round(load.fill * 1e4) / 1e4 })),
    stops: route.stops
      .filter(({ sequence }) => sequence >= fromSequence)
      .map((stop) => fromStop(stop, withItems)),
    distance_meters: route.distanceMeters,
    duration_seconds: route.durationSeconds,
    ...(route.costYuan !== undefined && { cost_yuan: route.costYuan }),
    depart_at: route.departAt,
    finish_at: route.finishAt,
    ...(route.start && { start: route.start }),
    ...(route.end !== undefined && { end: route.end }),
    ...(route.breaks && {
      breaks: route.breaks.map(({ startAt, minutes }) => ({ start_at: startAt, minutes })),
    }),
    ...(route.dispatch && { dispatch: fromDispatch(route.dispatch) }),
  };
}

function fromDispatch({ state, externalJobId, jobId, driverEmail, releasedShipmentIds }: RouteDispatch) {
  return {
    state,
    external_job_id: externalJobId,
    ...(jobId !== null && { job_id: jobId }),
    driver_email: driverEmail,
    ...(releasedShipmentIds.length > 0 && { released_shipment_ids: releasedShipmentIds.slice(0, 100) }),
  };
}

function fromStop(stop: PlanStop, withItems: boolean) {
  return {
    sequence: stop.sequence,
    ...(stop.plannedSequence !== undefined && { planned_sequence: stop.plannedSequence }),
    load_position: stop.loadPosition,
    shipment_ids: stop.shipmentIds,
    customer_name: stop.customerName,
    address: stop.address,
    lat: stop.lat,
    lng: stop.lng,
    ...(stop.trip !== undefined && { trip: stop.trip }),
    arrive_at: stop.arriveAt,
    ...(stop.waitingSeconds !== undefined && { waiting_seconds: stop.waitingSeconds }),
    ...(stop.lateSeconds !== undefined && { late_seconds: stop.lateSeconds }),
    distance_meters: stop.distanceMeters,
    ...(withItems && {
      items: stop.items.map(({ shipmentId, material, quantity }) => ({
        shipment_id: shipmentId,
        material,
        quantity,
      })),
    }),
  };
}

/** Gives every route the same number of first stops, as many as fit: mostly that is all of them. */
function cutRoutes(routes: PlanAnswer["routes"], budgetTokens: number): PlanAnswer["routes"] {
  const cutTo = (count: number) => routes.map((route) => firstStops(route, count));
  if (estimateDataTokens(routes) <= budgetTokens) return routes;
  let fits = 0;
  let tooMany = Math.max(0, ...routes.map(({ stops }) => stops.length));
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    if (estimateDataTokens(cutTo(middle)) <= budgetTokens) fits = middle;
    else tooMany = middle;
  }
  return cutTo(fits);
}

function firstStops(route: PlanAnswer["routes"][number], count: number): PlanAnswer["routes"][number] {
  return {
    ...route,
    stops: route.stops.slice(0, count),
    ...omitted("stops_omitted", route.stops.length - count),
  };
}

function omitted<Name extends string>(name: Name, count: number): { [Key in Name]?: number } {
  return count > 0 ? ({ [name]: count } as { [Key in Name]?: number }) : {};
}
