import type {
  PlanContent,
  PlanQuality,
  PlanRoute,
  PlanStop,
  StopItem,
  UnassignedShipment,
} from "../domain/plan.ts";
import type { Attempt } from "./attempt.ts";
import { explainSplit } from "./complete/explain-split.ts";
import { loadOf, partsOf, writeLoads } from "./complete/loads.ts";
import { explainLeftOut } from "./complete/reasons.ts";
import type { Settled } from "./complete/settle.ts";
import type { DrivenRoute, Visit } from "./complete/visits.ts";
import { findWarnings } from "./complete/warnings.ts";
import { explainUnassigned } from "./explain.ts";
import { instantOf } from "./prepare/clock.ts";
import { quantityText } from "./prepare/quantities.ts";
import { keyOf } from "./prepare/request.ts";
import type { StopPart } from "./prepare/stops.ts";
import type { PreparedPlan } from "./prepare-plan.ts";
import type { Solution } from "./solution.ts";

/**
 * Writes settled routes as a plan: with loads and stops, and why the rest is on none. Telling the reasons tries every
 * vehicle, so it is done for the attempt that becomes the plan alone.
 */
export function completePlan({ prepared, solution, settled }: Attempt): PlanContent {
  const routes = settled.routes.map((route) => writeRoute(prepared, route));
  return {
    routes,
    unassigned: listUnassigned(prepared, settled, solution),
    unmappedItems: prepared.unmappedItems,
    quality: measureQuality(prepared, routes, solution),
    warnings: findWarnings(prepared, settled.routes, solution),
  };
}

function writeRoute(prepared: PreparedPlan, route: DrivenRoute): PlanRoute {
  const { vehicle, stays, visits, schedule } = route;
  return {
    licensePlate: prepared.fleet[vehicle]!.licensePlate,
    loads: writeLoads(prepared, vehicle, loadOf(prepared, stays)),
    stops: visits.map((visit, index) => writeStop(prepared, visit, { index, count: visits.length })),
    distanceMeters: schedule.distanceMeters,
    durationSeconds: schedule.durationSeconds,
    departAt: instantOf(prepared.clock, schedule.departureSeconds),
    finishAt: instantOf(prepared.clock, schedule.endSeconds),
  };
}

function writeStop(
  prepared: PreparedPlan,
  visit: Visit,
  { index, count }: { index: number; count: number },
): PlanStop {
  const { consignments, clock } = prepared;
  const parts = partsOf(visit.stays);
  const shipments = parts.map(({ consignment }) => consignments[consignment]!.shipment);
  const [first] = shipments;
  return {
    sequence: index + 1,
    loadPosition: count - index,
    shipmentIds: [...new Set(shipments.map(({ id }) => id))],
    customerName: first?.customerName ?? null,
    address: first?.address ?? null,
    lat: first?.geoCoordinates?.lat ?? null,
    lng: first?.geoCoordinates?.lng ?? null,
    arriveAt: instantOf(clock, visit.startSeconds),
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

/** What is on no route, in the order of the request. */
function listUnassigned(prepared: PreparedPlan, settled: Settled, solution: Solution): UnassignedShipment[] {
  const routes = settled.routes.map(({ vehicle, stays }) => ({
    vehicle,
    stops: stays.map(({ stop }) => stop),
  }));
  const unassigned = settled.leftOut.map(({ stop }) => stop);
  const asked = { ...solution, routes, unassigned };
  const left = [...explainStops(prepared, settled, asked), ...explainSplits(prepared, settled, asked)];
  const rank = new Map(prepared.request.shipments.map(({ id }, index) => [keyOf(id), index]));
  return [...prepared.unassigned, ...left].sort(
    (a, b) => rank.get(keyOf(a.shipmentId))! - rank.get(keyOf(b.shipmentId))!,
  );
}

/** Reasons for the stops that were left out, for each of their shipments. */
function explainStops(prepared: PreparedPlan, settled: Settled, solution: Solution): UnassignedShipment[] {
  const { consignments, problem } = prepared;
  return settled.leftOut.flatMap(({ stop, parts }) => {
    const obstacles = explainUnassigned(problem, solution, stop);
    return parts.map((part) => {
      const refusal = explainLeftOut(prepared, { stop, part, routes: settled.routes, obstacles });
      return { shipmentId: consignments[part.consignment]!.shipment.id, ...refusal };
    });
  });
}

/** Reasons for the split shipments that are on no route. */
function explainSplits(
  prepared: PreparedPlan,
  { routes }: Settled,
  solution: Solution,
): UnassignedShipment[] {
  const delivered = partsOf(routes.flatMap(({ stays }) => stays));
  const served = new Set(delivered.map(({ consignment }) => consignment));
  return prepared.consignments.flatMap(({ shipment, isSplit }, consignment) => {
    if (!isSplit || served.has(consignment)) return [];
    return [{ shipmentId: shipment.id, ...explainSplit(prepared, { routes, solution }, consignment) }];
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
    iterations: solution.iterations,
    seed: request.options.seed,
    repeatable: isRepeatable(solution),
  };
}
