import type { Coordinates } from "../../src/domain/place.ts";
import type { PlanContent, PlanRoute } from "../../src/domain/plan.ts";
import type { Shipment } from "../../src/domain/shipment.ts";
import type { PlanRequest } from "../../src/planning/prepare/request.ts";
import { exact, isOnTime, isWithinCapacity, placeOf } from "./check-plan.ts";

/** Seconds added to each leg, so that a route counts only if it is clear of its limits: distances are computed in another way here. */
const marginSeconds = 30;

type Visit = { position: Coordinates | null; shipments: Shipment[] };
type Tour = { licensePlate: string; visits: Visit[] };

/**
 * A vehicle on which a shipment that was left out would fit after all, at some position, found by trying them all
 * with a simulation of its own; undefined when it fits nowhere. Routes with both windows and a time limit are beyond it.
 */
export function findRoom(request: PlanRequest, plan: PlanContent, shipment: Shipment): string | undefined {
  const used = new Map(plan.routes.map((route) => [route.licensePlate, tourOf(request, route)]));
  const tours = request.vehicles.map(
    ({ licensePlate }) => used.get(licensePlate) ?? { licensePlate, visits: [] },
  );
  return tours.find((tour) => wider(tour, shipment).some((candidate) => isFeasible(request, candidate)))
    ?.licensePlate;
}

function tourOf({ shipments }: PlanRequest, { licensePlate, stops }: PlanRoute): Tour {
  const visits = stops.map(({ shipmentIds, lat, lng }) => ({
    position: lat === null || lng === null ? null : { lat, lng },
    shipments: shipments.filter(({ id }) => shipmentIds.includes(id)),
  }));
  return { licensePlate, visits };
}

/** The tour with the shipment in every visit to its own place and at every position where a new visit may be. */
function wider(tour: Tour, shipment: Shipment): Tour[] {
  const { visits } = tour;
  const joined = visits.flatMap((visit, index) => {
    if (placeOf(visit.shipments[0]!) !== placeOf(shipment)) return [];
    return [visits.with(index, { ...visit, shipments: [...visit.shipments, shipment] })];
  });
  const known = visits.filter(({ position }) => position).length;
  const own = { position: shipment.geoCoordinates, shipments: [shipment] };
  const positions = own.position ? Array.from({ length: known + 1 }, (_, index) => index) : [visits.length];
  const inserted = positions.map((index) => visits.toSpliced(index, 0, own));
  return [...joined, ...inserted].map((each) => ({ ...tour, visits: each }));
}

function isFeasible(request: PlanRequest, { licensePlate, visits }: Tour): boolean {
  const { options } = request;
  const load = new Map<string, bigint>();
  for (const { name, quantity } of visits.flatMap(({ shipments }) =>
    shipments.flatMap(({ salesItems }) => salesItems),
  )) {
    load.set(name, (load.get(name) ?? 0n) + exact(quantity));
  }
  if (!isWithinCapacity(request, licensePlate, load)) return false;
  if (visits.length > (options.maxStopsPerRoute ?? Number.POSITIVE_INFINITY)) return false;
  return keepsLocks(request, licensePlate, visits) && isInTime(request, visits);
}

function keepsLocks({ options }: PlanRequest, plate: string, visits: readonly Visit[]): boolean {
  return visits.every(({ shipments }, index) =>
    shipments.every(({ id }) =>
      options.locks
        .filter(({ shipmentId }) => shipmentId === id)
        .every(
          ({ licensePlate = plate, position = index + 1 }) =>
            licensePlate === plate && position === index + 1,
        ),
    ),
  );
}

/** Drives the tour from the start on, waiting where a window is still closed. */
function isInTime(request: PlanRequest, visits: readonly Visit[]): boolean {
  const { options } = request;
  const start = Date.parse(options.startAt);
  const home = options.returnToDepot ? options.depot : null;
  let clock = start;
  let at: Coordinates | null = options.depot;
  for (const { position, shipments } of visits) {
    clock += 1000 * (travelSeconds(at, position ?? home) + marginSeconds);
    const opens = openings(request, shipments).filter((moment) => moment >= clock);
    const begins = [clock, ...opens].find((moment) =>
      shipments.every(({ id }) => isOnTime(request, id, moment)),
    );
    if (begins === undefined) return false;
    clock = begins + options.serviceMinutes * 60_000;
    at = position;
  }
  clock += 1000 * (travelSeconds(at, home) + marginSeconds);
  return clock - start <= (options.maxRouteMinutes ?? Number.POSITIVE_INFINITY) * 60_000;
}

function openings({ options }: PlanRequest, shipments: readonly Shipment[]): number[] {
  const ids = new Set(shipments.map(({ id }) => id));
  const windows = options.timeWindows
    .filter(({ shipmentId }) => ids.has(shipmentId))
    .map(({ startAt }) => startAt);
  const locks = options.locks
    .filter(({ shipmentId }) => ids.has(shipmentId))
    .map(({ notBefore }) => notBefore);
  return [...windows, ...locks]
    .flatMap((moment) => (moment ? [Date.parse(moment)] : []))
    .toSorted((a, b) => a - b);
}

/** 1.3 times the great circle (by the law of cosines, not the haversine) at 40 km/h. Nothing from or to nowhere. */
function travelSeconds(from: Coordinates | null, to: Coordinates | null): number {
  if (!from || !to) return 0;
  const [a, b, longitude] = [from.lat, to.lat, to.lng - from.lng].map(
    (degrees) => (degrees * Math.PI) / 180,
  ) as [number, number, number];
  const cosine = Math.sin(a) * Math.sin(b) + Math.cos(a) * Math.cos(b) * Math.cos(longitude);
  return (Math.acos(Math.min(1, cosine)) * 6_371_009 * 1.3 * 3.6) / 40;
}
