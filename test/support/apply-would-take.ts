import type { Identifier } from "../../src/domain/identifier.ts";
import type { PlanOptions } from "../../src/domain/plan.ts";
import type { Vehicle } from "../../src/domain/vehicle.ts";
import type { DroppedRule, WouldTake } from "../../src/domain/would-take.ts";
import type { PlanRequest } from "../../src/planning/prepare/request.ts";

/**
 * The request with what a plan says it would take, done from its words and numbers alone: to the vehicles, the options
 * and the shipments, as a person would who asks again. `ids`: who is to come in.
 */
export function applyWouldTake(request: PlanRequest, told: WouldTake, ids: Identifier[]): PlanRequest {
  const { licensePlate = "" } = told;
  const change = (vehicle: Partial<Vehicle>) => changeVehicle(request, licensePlate, vehicle);
  const vehicle = request.vehicles.find((one) => one.licensePlate === licensePlate);
  switch (told.change) {
    case "more_trips":
      return change({ maxTrips: (vehicle?.maxTrips ?? 1) + told.trips! });
    case "later_shift":
      return change({ shiftEnd: told.until!.slice(11, 16) });
    case "more_kilometers":
      return change({ maxKilometers: Math.round((vehicle!.maxKilometers! + told.kilometers!) * 10) / 10 });
    case "more_minutes":
      return raise(
        request,
        { vehicle: vehicle!, own: "maxMinutes", ofAll: "maxRouteMinutes" },
        told.minutes!,
      );
    case "more_stops":
      return raise(request, { vehicle: vehicle!, own: "maxStops", ofAll: "maxStopsPerRoute" }, told.stops!);
    case "later_window":
      return endWindows(request, (told.windowOf ?? ids).map(String), told.until!);
    case "larger_vehicle":
      return change({ materialCapacities: widen(vehicle!, told) });
    case "another_vehicle":
      return { ...request, vehicles: [...request.vehicles, furtherVehicle(request, told)] };
    case "split":
      return cutUp(request, told, ids[0]!);
    default:
      return { ...request, options: withoutRule(request.options, told.rule!, ids.map(String)) };
  }
}

function changeVehicle(request: PlanRequest, plate: string, more: Partial<Vehicle>): PlanRequest {
  const vehicles = request.vehicles.map((one) => (one.licensePlate === plate ? { ...one, ...more } : one));
  return { ...request, vehicles };
}

type Limit = {
  vehicle: Vehicle;
  own: "maxMinutes" | "maxStops";
  ofAll: "maxRouteMinutes" | "maxStopsPerRoute";
};

/** The tighter of two limits holds: it is the one that is raised, and the other where it is in the way then. */
function raise(request: PlanRequest, { vehicle, own, ofAll }: Limit, by: number): PlanRequest {
  const least = Math.min(vehicle[own] ?? 1e9, request.options[ofAll] ?? 1e9);
  const most = least + by;
  const { options } = changeOptions(request, ofAll, most);
  const raised = vehicle[own] === undefined ? {} : { [own]: Math.max(vehicle[own], most) };
  return { ...changeVehicle(request, vehicle.licensePlate, raised), options };
}

function changeOptions(
  request: PlanRequest,
  name: "maxRouteMinutes" | "maxStopsPerRoute",
  most: number,
): PlanRequest {
  const before = request.options[name];
  if (before === undefined) return request;
  return { ...request, options: { ...request.options, [name]: Math.max(before, most) } };
}

function endWindows(request: PlanRequest, ids: string[], endAt: string): PlanRequest {
  const { options } = request;
  const lastOf = (id: string) =>
    options.timeWindows
      .filter(({ shipmentId }) => String(shipmentId) === id)
      .toSorted((a, b) => Date.parse(a.endAt!) - Date.parse(b.endAt!))
      .at(-1);
  const timeWindows = options.timeWindows.map((window) =>
    ids.includes(String(window.shipmentId)) && lastOf(String(window.shipmentId)) === window
      ? { ...window, endAt }
      : window,
  );
  // What is agreed beside the window ends as late.
  const locks = options.locks.map((lock) => {
    const isEarlier = lock.notAfter !== undefined && Date.parse(lock.notAfter) < Date.parse(endAt);
    return ids.includes(String(lock.shipmentId)) && isEarlier ? { ...lock, notAfter: endAt } : lock;
  });
  return { ...request, options: { ...options, timeWindows, locks } };
}

function widen(
  { materialCapacities }: Vehicle,
  { room = [], roomPercent }: WouldTake,
): Vehicle["materialCapacities"] {
  return materialCapacities.map(({ materialName, capacity }) => {
    const lack = room.find(({ material }) => material === materialName)?.quantity ?? "0";
    const wider = roomPercent === undefined ? capacity + Number(lack) : capacity * (1 + roomPercent / 100);
    return { materialName, capacity: Math.ceil(wider * 1e6 - 1e-3) / 1e6 };
  });
}

function furtherVehicle(request: PlanRequest, { licensePlate, spareLicensePlate }: WouldTake): Vehicle {
  const spare = request.spareVehicles?.find((one) => one.licensePlate === spareLicensePlate);
  const like = request.vehicles.find((one) => one.licensePlate === licensePlate);
  return spare ?? { ...like!, licensePlate: "粤Z99999" };
}

/** Each part as a shipment of its own that is locked to its vehicle. */
function cutUp(request: PlanRequest, { parts = [] }: WouldTake, id: Identifier): PlanRequest {
  const whole = request.shipments.find((one) => one.id === id)!;
  const named = parts.map((part, index) => ({ ...part, id: `${id} part ${index}` }));
  const shipments = named.map((part) => ({
    ...whole,
    id: part.id,
    customerName: part.id,
    salesItems: part.items.map(({ material, quantity }) => ({ name: material, quantity })),
  }));
  const { options } = request;
  const timeWindows = options.timeWindows.flatMap((window) =>
    window.shipmentId === id ? named.map((part) => ({ ...window, shipmentId: part.id })) : [window],
  );
  const locks = [
    ...options.locks.flatMap((lock) =>
      lock.shipmentId === id ? named.map((part) => ({ ...lock, shipmentId: part.id })) : [lock],
    ),
    ...named.map((part) => ({ shipmentId: part.id, licensePlate: part.licensePlate })),
  ];
  return {
    ...request,
    shipments: [...request.shipments.filter((one) => one !== whole), ...shipments],
    options: { ...options, timeWindows, locks },
  };
}

/** Only the one who is to come in is let off. */
function withoutRule(options: PlanOptions, rule: DroppedRule, ids: string[]): PlanOptions {
  const isMeant = (id: Identifier) => ids.includes(String(id));
  const leave = (groups: Identifier[][] = []) =>
    groups.map((group) => group.filter((id) => !isMeant(id))).filter(({ length }) => length > 1);
  switch (rule) {
    case "same_vehicle":
      return { ...options, sameVehicle: leave(options.sameVehicle) };
    case "different_vehicles":
      return { ...options, differentVehicles: leave(options.differentVehicles) };
    case "separate_materials":
      return { ...options, separateMaterials: [] };
    case "only_vehicles":
      return {
        ...options,
        shipmentRules: (options.shipmentRules ?? []).map(({ onlyVehicles, notVehicles, ...more }) =>
          more.shipmentIds.some(isMeant)
            ? more
            : { ...more, ...(onlyVehicles && { onlyVehicles }), ...(notVehicles && { notVehicles }) },
        ),
      };
    default: {
      const locks = options.locks.map(({ licensePlate, position, notBefore, notAfter, ...lock }) => {
        const isFree = (kind: DroppedRule) => isMeant(lock.shipmentId) && kind === rule;
        return {
          ...lock,
          ...(licensePlate !== undefined && !isFree("vehicle_lock") && { licensePlate }),
          ...(position !== undefined && !isFree("position_lock") && { position }),
          ...(notBefore !== undefined && !isFree("time_lock") && { notBefore }),
          ...(notAfter !== undefined && !isFree("time_lock") && { notAfter }),
        };
      });
      return { ...options, locks };
    }
  }
}
