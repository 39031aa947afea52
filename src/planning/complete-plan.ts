import type {
  PlanContent,
  PlanQuality,
  PlanRoute,
  PlanStop,
  StopItem,
  UnassignedShipment,
} from "../domain/plan.ts";
import type { Attempt } from "./attempt.ts";
import { type Explained, explainSplit } from "./complete/explain-split.ts";
import { carriedBy, partsOf, tripLoads, writeLoads } from "./complete/loads.ts";
import { moneyOf } from "./complete/money-of.ts";
import { explainLeftOut } from "./complete/reasons.ts";
import type { Settled } from "./complete/settle.ts";
import { reloadsOf } from "./complete/trips.ts";
import type { DrivenRoute, Visit } from "./complete/visits.ts";
import { findWarnings } from "./complete/warnings.ts";
import { createExplainer } from "./explain.ts";
import { instantOf } from "./prepare/clock.ts";
import { countsMoney, yuanText } from "./prepare/money.ts";
import { quantityText } from "./prepare/quantities.ts";
import { keyOf } from "./prepare/request.ts";
import type { StopPart } from "./prepare/stops.ts";
import type { PreparedPlan } from "./prepare-plan.ts";
import type { Solution } from "./solution.ts";
import { tellWouldTake } from "./would-take/tell-would-take.ts";

/**
 * Writes settled routes as a plan: with loads and stops, and why the rest is on none. Telling the reasons tries every
 * vehicle, so it is done for the attempt that becomes the plan alone, and ends when `hasTime` says no: then the least
 * important shipments are told to be unexamined.
 */
export function completePlan({ prepared, solution, settled }: Attempt, hasTime: () => boolean): PlanContent {
  const routes = settled.routes.map((route) => writeRoute(prepared, route));
  let isCut = false;
  const explained = readExplained(prepared, settled, () => {
    isCut ||= !hasTime();
    return !isCut;
  });
  const unassigned = listUnassigned(prepared, settled, explained);
  const help = tellWouldTake({ prepared, settled, unassigned }, () => {
    isCut ||= !hasTime();
    return !isCut;
  });
  const quality = measureQuality(prepared, routes, solution);
  return {
    routes,
    unassigned: help.unassigned,
    ...(help.whatWouldHelp.length > 0 && { whatWouldHelp: help.whatWouldHelp }),
    unmappedItems: prepared.unmappedItems,
    quality: { ...quality, repeatable: quality.repeatable && !isCut },
    warnings: [
      ...findWarnings(prepared.request, { routes, unmappedItems: prepared.unmappedItems }, solution),
      ...help.warnings,
    ],
  };
}

/** A route as plans have it. */
export function writeRoute(prepared: PreparedPlan, route: DrivenRoute): PlanRoute {
  const { vehicle, stays, visits, schedule } = route;
  const trips = tripLoads(prepared, stays);
  const hasTrips = trips.length > 1;
  return {
    licensePlate: prepared.fleet[vehicle]!.licensePlate,
    loads: trips.flatMap((load, trip) =>
      writeLoads(prepared, vehicle, load).map((each) => ({ ...each, ...(hasTrips && { trip: trip + 1 }) })),
    ),
    stops: visits.map((visit, index) =>
      writeStop(prepared, visit, {
        index,
        loadPosition: visits.findLastIndex(({ trip }) => trip === visit.trip) - index + 1,
        ...(hasTrips && { trip: visit.trip + 1 }),
      }),
    ),
    distanceMeters: schedule.distanceMeters,
    durationSeconds: schedule.durationSeconds,
    departAt: instantOf(prepared.clock, schedule.departureSeconds),
    finishAt: instantOf(prepared.clock, schedule.endSeconds),
    ...(countsMoney(prepared.request.options, prepared.request.vehicles) && {
      costYuan: yuanText(moneyOf(prepared, route)),
    }),
    ...writeEnds(prepared, vehicle),
    ...(schedule.breaks.length > 0 && {
      breaks: schedule.breaks.map(({ startSeconds, durationSeconds }) => ({
        startAt: instantOf(prepared.clock, startSeconds),
        minutes: Math.round(durationSeconds / 60),
      })),
    }),
  };
}

/** Where the route starts and ends, as far as that is not what the plan says of all. */
function writeEnds({ request, terms }: PreparedPlan, vehicle: number): Pick<PlanRoute, "start" | "end"> {
  const { start, end } = request.vehicles[vehicle]!;
  const { isClosed } = terms[vehicle]!;
  if (!isClosed) return { ...(start && { start }), ...(request.options.returnToDepot && { end: null }) };
  const own = end ?? start ?? (request.options.returnToDepot ? undefined : request.options.depot);
  return { ...(start && { start }), ...(own && { end: { lat: own.lat, lng: own.lng } }) };
}

function writeStop(
  prepared: PreparedPlan,
  visit: Visit,
  { index, ...loading }: { index: number; loadPosition: number; trip?: number },
): PlanStop {
  const { consignments, clock } = prepared;
  const parts = partsOf(visit.stays);
  const shipments = parts.map(({ consignment }) => consignments[consignment]!.shipment);
  const [first] = shipments;
  return {
    sequence: index + 1,
    ...loading,
    shipmentIds: [...new Set(shipments.map(({ id }) => id))],
    customerName: first?.customerName ?? null,
    address: first?.address ?? null,
    lat: first?.geoCoordinates?.lat ?? null,
    lng: first?.geoCoordinates?.lng ?? null,
    arriveAt: instantOf(clock, visit.startSeconds),
    ...(visit.waitingSeconds > 0 && { waitingSeconds: Math.round(visit.waitingSeconds) }),
    ...(visit.lateSeconds > 0 && { lateSeconds: Math.round(visit.lateSeconds) }),
    distanceMeters: visit.distanceMeters,
    items: writeItems(prepared, parts),
  };
}

/** Parts of one shipment that ride together are one item again. */
function writeItems({ consignments, cargo }: PreparedPlan, parts: readonly StopPart[]): StopItem[] {
  const byConsignment = Map.groupBy(parts, ({ consignment }) => consignment);
  return [...byConsignment].flatMap(([consignment, members]) => {
    const { id: shipmentId } = consignments[consignment]!.shipment;
    return cargo.materials.flatMap((material, index) => {
      const quantity = members.reduce((sum, { load }) => sum + load[index]!, 0);
      return quantity === 0 ? [] : [{ shipmentId, material, quantity: quantityText(quantity, cargo.scale) }];
    });
  });
}

function readExplained(prepared: PreparedPlan, { routes }: Settled, hasTime: () => boolean): Explained {
  const asked = routes.map(({ vehicle, stays }) => {
    const reloads = reloadsOf(stays);
    return { vehicle, stops: stays.map(({ stop }) => stop), ...(reloads && { reloads }) };
  });
  const explain = createExplainer(prepared.problem, { routes: asked }, hasTime);
  return { routes, carried: carriedBy(prepared, routes), explain };
}

/** What is on no route, in the order of the request. */
function listUnassigned(
  prepared: PreparedPlan,
  settled: Settled,
  explained: Explained,
): UnassignedShipment[] {
  const left = [...explainStops(prepared, settled, explained), ...explainSplits(prepared, explained)];
  const rank = new Map(prepared.request.shipments.map(({ id }, index) => [keyOf(id), index]));
  return [...prepared.unassigned, ...left].sort(
    (a, b) => rank.get(keyOf(a.shipmentId))! - rank.get(keyOf(b.shipmentId))!,
  );
}

/** Reasons for the stops that were left out, for each of their shipments, the most important first. */
function explainStops(
  prepared: PreparedPlan,
  { leftOut }: Settled,
  { carried, explain }: Explained,
): UnassignedShipment[] {
  const { consignments, problem } = prepared;
  const { priority } = problem.stops;
  const ordered = leftOut.toSorted((a, b) => priority[b.stop]! - priority[a.stop]! || a.stop - b.stop);
  return ordered.flatMap(({ stop, parts }) => {
    const explanation = explain(stop);
    return parts.map((part) => {
      const refusal = explainLeftOut(prepared, { stop, part, carried, explanation });
      return { shipmentId: consignments[part.consignment]!.shipment.id, ...refusal };
    });
  });
}

/** Reasons for the split shipments that are on no route. */
function explainSplits(prepared: PreparedPlan, explained: Explained): UnassignedShipment[] {
  const delivered = partsOf(explained.routes.flatMap(({ stays }) => stays));
  const served = new Set(delivered.map(({ consignment }) => consignment));
  return prepared.consignments.flatMap(({ shipment, isSplit }, consignment) => {
    if (!isSplit || served.has(consignment)) return [];
    return [{ shipmentId: shipment.id, ...explainSplit(prepared, explained, consignment) }];
  });
}

const endings: Record<Solution["stoppedBy"], string> = {
  iterations: "ended by its budget of iterations",
  time: "ended by the time limit",
  cancelled: "ended by its caller",
  exhausted: "with nothing left to try",
};

/** Whether another run ends alike: a search that the clock or its caller ended may not. */
export function isRepeatable({ stoppedBy }: Solution): boolean {
  return stoppedBy === "iterations" || stoppedBy === "exhausted";
}

function measureQuality(
  { request }: PreparedPlan,
  routes: readonly PlanRoute[],
  solution: Solution,
): PlanQuality {
  const served = new Set(routes.flatMap(({ stops }) => stops.flatMap(({ shipmentIds }) => shipmentIds)));
  return {
    status: "heuristic",
    reason: `A search of ${solution.iterations} iterations from seed ${request.options.seed}, ${endings[solution.stoppedBy]}.`,
    vehiclesUsed: routes.length,
    shipmentsAssigned: served.size,
    distanceMeters: routes.reduce((sum, route) => sum + route.distanceMeters, 0),
    durationSeconds: routes.reduce((sum, route) => sum + route.durationSeconds, 0),
    ...(countsMoney(request.options, request.vehicles) && {
      costYuan: routes.reduce((sum, { costYuan = "0" }) => sum + Number(costYuan), 0).toFixed(2),
    }),
    iterations: solution.iterations,
    seed: request.options.seed,
    repeatable: isRepeatable(solution),
  };
}
