import type { Plan, PlanRoute, PlanStop } from "../../src/domain/plan.ts";
import type { PlanRequest } from "../../src/planning/prepare/request.ts";
import { exact, findFaults } from "./check-plan.ts";
import { findBrokenRules } from "./check-rules.ts";

/** A revision beside what it was made from. */
export type Revised = { before: Plan; after: Plan; frozen?: readonly string[] };

/**
 * Holds a revision against what it says of itself and against the plan before, with no arithmetic of the engine. Items
 * are expected to be named as their material, travel to be great circles. Empty when nothing is wrong.
 */
export function findRevisionFaults({ before, after, frozen = [] }: Revised): string[] {
  const request: PlanRequest = {
    shipments: after.shipments,
    vehicles: after.vehicles,
    rules: [],
    options: after.options,
  };
  const removed = after.unassigned
    .filter(({ reason }) => reason === "removed")
    .map(({ shipmentId }) => shipmentId);
  return [
    ...findFaults(request, after),
    ...findBrokenRules({ ...request, excludedShipmentIds: removed }, after),
    ...checkFrozen({ before, after, frozen }),
    ...checkIdle(after),
    ...checkParts(after),
    ...after.routes.flatMap((route) => checkLegs(after, route)),
    ...checkTotals(after),
  ];
}

function checkFrozen({ before, after, frozen = [] }: Revised): string[] {
  const textOf = ({ routes }: Plan, plate: string) =>
    JSON.stringify(routes.find(({ licensePlate }) => licensePlate === plate));
  return frozen.flatMap((plate) =>
    textOf(before, plate) === textOf(after, plate) ? [] : [`${plate} was frozen and is not as it was`],
  );
}

/** What is out of service drives nothing, what was taken out rides nowhere. */
function checkIdle({ routes, unassigned, options }: Plan): string[] {
  const riding = new Set(
    routes.flatMap(({ stops }) => stops.flatMap(({ shipmentIds }) => shipmentIds.map(String))),
  );
  return [
    ...routes.flatMap(({ licensePlate }) =>
      options.withdrawn?.includes(licensePlate) ? [`${licensePlate} is out of service and drives`] : [],
    ),
    ...unassigned.flatMap(({ shipmentId }) =>
      riding.has(String(shipmentId)) ? [`${shipmentId} is left out and rides`] : [],
    ),
  ];
}

/** Split shipments are told with parts that add up to them, and their stops are made of those. */
function checkParts({ routes, options, shipments }: Plan): string[] {
  return (options.splits ?? []).flatMap(({ shipmentId, parts }) => {
    const shipment = shipments.find(({ id }) => id === shipmentId)!;
    const sumOf = (items: readonly { material: string; quantity: string }[]) => {
      const sums = new Map<string, bigint>();
      for (const { material, quantity } of items)
        sums.set(material, (sums.get(material) ?? 0n) + exact(quantity));
      return JSON.stringify(
        [...sums]
          .filter(([, sum]) => sum !== 0n)
          .map(([name, sum]) => `${name} ${sum}`)
          .sort((a, b) => a.localeCompare(b)),
      );
    };
    const whole = sumOf(shipment.salesItems.map(({ name, quantity }) => ({ material: name, quantity })));
    const faults =
      sumOf(parts.flatMap(({ items }) => items)) === whole
        ? []
        : [`${shipmentId} is not the sum of its parts`];
    const stops = routes.flatMap((route) =>
      route.stops.flatMap(({ items }) => {
        const own = items.filter((item) => item.shipmentId === shipmentId);
        return own.length > 0 ? [{ licensePlate: route.licensePlate, items: own }] : [];
      }),
    );
    const lost = parts.filter(
      ({ licensePlate }) =>
        licensePlate !== undefined &&
        stops.length > 0 &&
        !stops.some((stop) => stop.licensePlate === licensePlate),
    );
    return [...faults, ...lost.map(({ licensePlate }) => `a part of ${shipmentId} left ${licensePlate}`)];
  });
}

type Point = { lat: number; lng: number };

/** Each leg is as long as the great circle says, and the clock goes on at 40 km/h with the minutes of each stop. */
function checkLegs({ options }: Plan, route: PlanRoute): string[] {
  let from: Point = route.start ?? options.depot;
  let trip = route.stops[0]?.trip;
  const faults: string[] = [];
  for (const stop of route.stops) {
    if (stop.trip !== trip) from = route.start ?? options.depot;
    trip = stop.trip;
    if (stop.lat === null || stop.lng === null) continue;
    const here = { lat: stop.lat, lng: stop.lng };
    if (Math.abs(roadMeters(from, here) - stop.distanceMeters) > 1) faults.push(tellLeg(route, stop));
    from = here;
  }
  const times = route.stops.map(({ arriveAt }) => Date.parse(arriveAt));
  if (times.some((time, index) => index > 0 && time < times[index - 1]!))
    faults.push(`${route.licensePlate} goes back in time`);
  return faults;
}

function tellLeg({ licensePlate }: PlanRoute, { sequence, distanceMeters }: PlanStop): string {
  return `${licensePlate} stop ${sequence} is not ${distanceMeters} m from where it was`;
}

function roadMeters(from: Point, to: Point): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const [a, b] = [radians(from.lat), radians(to.lat)];
  const cosine = Math.sin(a) * Math.sin(b) + Math.cos(a) * Math.cos(b) * Math.cos(radians(to.lng - from.lng));
  return 1.3 * 6_371_009 * Math.acos(Math.min(1, cosine));
}

function checkTotals({ routes, quality }: Plan): string[] {
  const meters = routes.reduce((sum, { distanceMeters }) => sum + distanceMeters, 0);
  const seconds = routes.reduce((sum, { durationSeconds }) => sum + durationSeconds, 0);
  const served = new Set(routes.flatMap(({ stops }) => stops.flatMap(({ shipmentIds }) => shipmentIds)));
  const isRight =
    quality.distanceMeters === meters &&
    quality.durationSeconds === seconds &&
    quality.vehiclesUsed === routes.length &&
    quality.shipmentsAssigned === served.size;
  return isRight ? [] : ["the plan's figures are not those of its routes"];
}
