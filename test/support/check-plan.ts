import type { PlanContent, PlanRoute, PlanStop } from "../../src/domain/plan.ts";
import type { Shipment } from "../../src/domain/shipment.ts";
import type { PlanRequest } from "../../src/planning/prepare/request.ts";

/**
 * Holds a plan against its request, from the request alone: it shares no arithmetic with the planner. Items are
 * expected to be named as their material. Empty when nothing is wrong.
 */
export function findFaults(request: PlanRequest, plan: PlanContent): string[] {
  return [
    ...checkCoverage(request, plan),
    ...checkQuantities(request, plan),
    ...plan.routes.flatMap((route) => checkRoute(request, route)),
  ];
}

const micro = 1_000_000n;

/** Millionths, exactly. */
export function exact(value: string | number): bigint {
  const [whole = "", fraction = ""] = String(value).split(".");
  return BigInt(whole) * micro + BigInt(fraction.padEnd(6, "0"));
}

function checkCoverage({ shipments, excludedShipmentIds = [] }: PlanRequest, plan: PlanContent): string[] {
  const served = plan.routes.flatMap(({ stops }) => stops.flatMap(({ shipmentIds }) => shipmentIds));
  const left = plan.unassigned.map(({ shipmentId }) => shipmentId);
  const isSplit = (id: unknown) =>
    new Set(plan.warnings).values().some((text) => text.includes(`Shipment ${id} is delivered in parts`));
  return shipments.flatMap(({ id }) => {
    const times = served.filter((each) => each === id).length + left.filter((each) => each === id).length;
    const wanted = excludedShipmentIds.includes(id) ? 0 : 1;
    const isRight = times === wanted || (isSplit(id) && times > 1 && !left.includes(id));
    return isRight ? [] : [`shipment ${id} is there ${times} times`];
  });
}

/** Sums by a key made of names. */
function sumBy(entries: readonly (readonly [string, string | number])[]): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const [key, quantity] of entries) sums.set(key, (sums.get(key) ?? 0n) + exact(quantity));
  for (const [key, sum] of sums) if (sum === 0n) sums.delete(key);
  return sums;
}

function differ(a: ReadonlyMap<string, bigint>, b: ReadonlyMap<string, bigint>): boolean {
  return a.size !== b.size || [...a].some(([key, value]) => b.get(key) !== value);
}

function checkQuantities({ shipments }: PlanRequest, plan: PlanContent): string[] {
  const served = new Set(plan.routes.flatMap(({ stops }) => stops.flatMap(({ shipmentIds }) => shipmentIds)));
  const wanted = shipments
    .filter(({ id }) => served.has(id))
    .flatMap(({ id, salesItems }) =>
      salesItems.map(({ name, quantity }) => [`${id} ${name}`, quantity] as const),
    );
  const items = plan.routes.flatMap(({ stops }) => stops.flatMap((stop) => stop.items));
  const delivered = items.map(
    ({ shipmentId, material, quantity }) => [`${shipmentId} ${material}`, quantity] as const,
  );
  return differ(sumBy(wanted), sumBy(delivered)) ? ["items do not add up to the shipments"] : [];
}

function checkRoute(request: PlanRequest, route: PlanRoute): string[] {
  const { options } = request;
  const faults: string[] = [];
  const expect = (isRight: boolean, fault: string) => {
    if (!isRight) faults.push(`${route.licensePlate}: ${fault}`);
  };
  const asked = request.vehicles.find(({ licensePlate }) => licensePlate === route.licensePlate)!;
  const trips = [...new Set(route.stops.map(({ trip }) => trip))];
  const isNumbered = trips.every((trip, index) => trip === (trips.length === 1 ? undefined : index + 1));
  expect(isNumbered && trips.length <= (asked.maxTrips ?? 1), "trips are not counted from one to the most");
  for (const trip of trips) {
    const stops = route.stops.filter((stop) => stop.trip === trip);
    const items = stops.flatMap((stop) =>
      stop.items.map(({ material, quantity }) => [material, quantity] as const),
    );
    const loads = route.loads.filter((load) => load.trip === trip);
    const carried = loads.map(({ material, quantity }) => [material, quantity] as const);
    expect(!differ(sumBy(items), sumBy(carried)), "loads are not the sum of what is unloaded");
    expect(isWithinCapacity(request, route.licensePlate, sumBy(items)), "is overfull");
    expect(
      loads.every(({ quantity, capacity, fill }) => Math.abs(Number(quantity) / capacity - fill) < 1e-9),
      "fill is not quantity by capacity",
    );
    expect(
      stops.every(({ loadPosition }, index) => loadPosition === stops.length - index),
      "loading order is not the reverse",
    );
    const firstUnknown = stops.findIndex(({ lat }) => lat === null);
    expect(
      firstUnknown < 0 || stops.slice(firstUnknown).every(({ lat }) => lat === null),
      "unknown is not last",
    );
  }
  expect(
    route.stops.every(({ sequence }, index) => sequence === index + 1),
    "sequence numbers jump",
  );
  expect(route.stops.length <= (options.maxStopsPerRoute ?? Number.POSITIVE_INFINITY), "has too many stops");
  expect(route.durationSeconds <= (options.maxRouteMinutes ?? Number.POSITIVE_INFINITY) * 60, "is too long");
  const departs = Date.parse(route.departAt);
  expect(departs >= Date.parse(options.startAt), "departs before the start");
  expect(
    Date.parse(route.finishAt) - departs === route.durationSeconds * 1000,
    "duration is not finish less departure",
  );
  const legs = route.stops.reduce((sum, { distanceMeters }) => sum + distanceMeters, 0);
  expect(
    trips.length > 1 || (asked.returnsToStart ?? options.returnToDepot)
      ? legs <= route.distanceMeters
      : legs === route.distanceMeters,
    "legs do not add up",
  );
  for (const stop of route.stops) faults.push(...checkStop(request, route, stop));
  return faults;
}

/** Whether a load fits the vehicle, in fractions of integers. */
export function isWithinCapacity(
  { vehicles, options }: PlanRequest,
  plate: string,
  load: ReadonlyMap<string, bigint>,
): boolean {
  const capacities = vehicles.find(({ licensePlate }) => licensePlate === plate)!.materialCapacities;
  let parts = 0n;
  let whole = 1n;
  for (const [material, quantity] of load) {
    if (quantity === 0n) continue;
    const capacity = exact(capacities.find(({ materialName }) => materialName === material)?.capacity ?? 0);
    if (quantity > capacity) return false;
    parts = parts * capacity + quantity * whole;
    whole *= capacity;
  }
  return options.capacityModel === "independent" || parts <= whole;
}

function checkStop(request: PlanRequest, route: PlanRoute, stop: PlanStop): string[] {
  const shipments = stop.shipmentIds.map((id) => request.shipments.find((shipment) => shipment.id === id)!);
  const places = new Set(shipments.map((shipment) => placeOf(shipment)));
  const faults = places.size === 1 ? [] : [`stop ${stop.sequence} joins different places`];
  const lat = shipments[0]?.geoCoordinates?.lat ?? null;
  if (stop.lat !== lat) faults.push(`stop ${stop.sequence} is not where its shipment is`);
  for (const { id } of shipments) {
    if (!isOnTime(request, id, Date.parse(stop.arriveAt))) faults.push(`shipment ${id} misses its time`);
    for (const { licensePlate, position } of request.options.locks.filter((lock) => lock.shipmentId === id)) {
      const isKept =
        (licensePlate ?? route.licensePlate) === route.licensePlate &&
        (position ?? stop.sequence) === stop.sequence;
      if (!isKept) faults.push(`shipment ${id} leaves its lock`);
    }
  }
  return faults;
}

export function placeOf({ id, customer, address, geoCoordinates }: Shipment): string {
  return customer == null ? `alone ${id}` : JSON.stringify([customer, address, geoCoordinates]);
}

/** Whether a moment is within one of the shipment's windows and within its locks. */
export function isOnTime({ options }: PlanRequest, id: Shipment["id"], moment: number): boolean {
  const lies = (from: string | undefined, to: string | undefined) =>
    moment >= (from ? Date.parse(from) : Number.NEGATIVE_INFINITY) &&
    moment <= (to ? Date.parse(to) : Number.POSITIVE_INFINITY);
  const windows = options.timeWindows.filter(({ shipmentId }) => shipmentId === id);
  const locks = options.locks.filter(({ shipmentId }) => shipmentId === id);
  const isInWindow = windows.length === 0 || windows.some(({ startAt, endAt }) => lies(startAt, endAt));
  return isInWindow && locks.every(({ notBefore, notAfter }) => lies(notBefore, notAfter));
}
