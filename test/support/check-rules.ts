import type { PlanContent, PlanRoute, ShipmentRule } from "../../src/domain/plan.ts";
import type { Vehicle } from "../../src/domain/vehicle.ts";
import type { PlanRequest } from "../../src/planning/prepare/request.ts";

/**
 * Holds a plan against what its request says of vehicles, shipments, groups and materials, from the request alone.
 * Times of day are read on the day of the start, and shifts end on the day on which they begin.
 */
export function findBrokenRules(request: PlanRequest, plan: PlanContent): string[] {
  return [
    ...plan.routes.flatMap((route) => checkVehicle(request, route)),
    ...plan.routes.flatMap((route) => checkShipments(request, route)),
    ...checkGroups(request, plan),
  ];
}

const idsOf = (route: PlanRoute) => [...new Set(route.stops.flatMap(({ shipmentIds }) => shipmentIds))];

function checkVehicle(request: PlanRequest, route: PlanRoute): string[] {
  const vehicle = request.vehicles.find(({ licensePlate }) => licensePlate === route.licensePlate)!;
  const faults: string[] = [];
  const expect = (isRight: boolean, fault: string) => {
    if (!isRight) faults.push(`${route.licensePlate} ${fault}`);
  };
  const onDay = (time: string) => Date.parse(`${request.options.startAt.slice(0, 10)}T${time}:00+08:00`);
  const { shiftStart, shiftEnd, maxKilometers, maxMinutes, maxStops } = vehicle;
  expect(!shiftStart || Date.parse(route.departAt) >= onDay(shiftStart), "leaves before its shift");
  expect(!shiftEnd || Date.parse(route.finishAt) <= onDay(shiftEnd), "ends after its shift");
  expect(route.distanceMeters <= 1000 * (maxKilometers ?? Number.POSITIVE_INFINITY), "drives too far");
  expect(route.durationSeconds <= 60 * (maxMinutes ?? Number.POSITIVE_INFINITY), "takes too long");
  expect(route.stops.length <= (maxStops ?? Number.POSITIVE_INFINITY), "has too many stops");
  return [...faults, ...checkBreaks(vehicle, route, onDay)];
}

/** A break is due where the vehicle is out in all of its window; none is taken that was not asked for. */
function checkBreaks(
  { breaks = [] }: Vehicle,
  { breaks: taken = [], departAt, finishAt, licensePlate }: PlanRoute,
  onDay: (time: string) => number,
): string[] {
  const missing = breaks.filter(({ from, until, minutes }) => {
    const isOut = Date.parse(departAt) < onDay(from) && Date.parse(finishAt) > onDay(until);
    const isTaken = taken.some(({ startAt, minutes: length }) => {
      const start = Date.parse(startAt);
      return length === minutes && start >= onDay(from) && start + minutes * 60_000 <= onDay(until);
    });
    return isOut && !isTaken;
  });
  const faults = missing.map(({ from }) => `${licensePlate} goes without its break from ${from}`);
  return taken.length > breaks.length ? [...faults, `${licensePlate} takes a break too many`] : faults;
}

function checkShipments({ options }: PlanRequest, route: PlanRoute): string[] {
  const ids = idsOf(route);
  // Of two rules on one matter the later one holds.
  const rules = ids.map((id) => {
    const own = (options.shipmentRules ?? []).filter(({ shipmentIds }) => shipmentIds.includes(id));
    const rule: Partial<ShipmentRule> = Object.assign({}, ...own);
    return { id, ...rule };
  });
  const faults = rules.flatMap(({ id, onlyVehicles, notVehicles = [], readyAt }) => {
    const stop = route.stops.find(({ shipmentIds }) => shipmentIds.includes(id));
    // What goes out on a later trip is loaded then: the plan does not tell when that trip leaves.
    const leavesBy = (stop?.trip ?? 1) > 1 ? stop!.arriveAt : route.departAt;
    const isAllowed = !onlyVehicles || onlyVehicles.includes(route.licensePlate);
    const isBarred = notVehicles.includes(route.licensePlate);
    const isEarly = readyAt !== undefined && Date.parse(leavesBy) < Date.parse(readyAt);
    return [
      ...(isAllowed && !isBarred ? [] : [`${route.licensePlate} carries what it may not`]),
      ...(isEarly ? [`${route.licensePlate} leaves before its goods are ready`] : []),
    ];
  });
  const torn = [...Map.groupBy(route.stops, ({ trip }) => trip).values()].flatMap((stops) => {
    const aboard = new Set(stops.flatMap(({ items }) => items.map(({ material }) => material)));
    return (options.separateMaterials ?? []).filter(
      (group) => group.filter((name) => aboard.has(name)).length > 1,
    );
  });
  return [...faults, ...torn.map((group) => `${route.licensePlate} carries ${group} together`)];
}

function checkGroups(
  { options, shipments, excludedShipmentIds = [] }: PlanRequest,
  { routes }: PlanContent,
): string[] {
  const ridesOf = (id: string | number) => routes.filter((route) => idsOf(route).includes(id));
  const carries = (id: string | number) =>
    shipments.some((one) => one.id === id && one.salesItems.some(({ quantity }) => Number(quantity) > 0));
  const there = (group: readonly (string | number)[]) =>
    group.filter((id) => !excludedShipmentIds.includes(id) && carries(id));
  const scattered = (options.sameVehicle ?? []).filter((group) => {
    const rides = there(group).map((id) =>
      ridesOf(id)
        .map(({ licensePlate }) => licensePlate)
        .join(),
    );
    return new Set(rides).size > 1;
  });
  const crowded = (options.differentVehicles ?? []).filter((group) => {
    const rides = there(group).flatMap((id) => ridesOf(id).map(({ licensePlate }) => licensePlate));
    return new Set(rides).size < rides.length;
  });
  return [
    ...scattered.map((group) => `${group} do not ride together`),
    ...crowded.map((group) => `${group} ride together`),
  ];
}
