import type { PlanOptions } from "../../src/domain/plan.ts";
import type { Shipment } from "../../src/domain/shipment.ts";
import type { Vehicle } from "../../src/domain/vehicle.ts";
import type { PlanRequest } from "../../src/planning/prepare/request.ts";

/** A factory in Guangzhou. */
export const depot = { lat: 23.1291, lng: 113.2644, address: "广州市天河区" };

/** A position so many kilometers east of the depot. */
export function eastOfDepot(kilometers: number): { lat: number; lng: number } {
  return { lat: depot.lat, lng: depot.lng + kilometers / 102.26 };
}

/** Options as `plan_load` fills them in. */
export function planOptions(options: Partial<PlanOptions> = {}): PlanOptions {
  return {
    depot,
    capacityModel: "independent",
    objective: "fewest_vehicles",
    returnToDepot: true,
    startAt: "2026-11-23T08:00:00+08:00",
    serviceMinutes: 10,
    timeWindows: [],
    locks: [],
    priorities: [],
    allowSplit: false,
    timeLimitSeconds: 5,
    seed: 1,
    ...options,
  };
}

/** A vehicle by its capacities: `vehicle("粤A12345", { 坯布: 500 })`. */
export function vehicle(licensePlate: string, capacities: Record<string, number>): Vehicle {
  const materialCapacities = Object.entries(capacities).map(([materialName, capacity]) => ({
    materialName,
    capacity,
  }));
  return { licensePlate, materialCapacities };
}

/** A shipment by its quantities of materials, at a place of its own unless told otherwise. */
export function shipment(
  id: number | string,
  quantities: Record<string, number | string>,
  more: Partial<Shipment> = {},
): Shipment {
  const salesItems = Object.entries(quantities).map(([name, quantity]) => ({
    name,
    quantity: String(quantity),
  }));
  return { id, geoCoordinates: eastOfDepot(5), salesItems, ...more };
}

/** A request without rules. */
export function planRequest(
  shipments: Shipment[],
  vehicles: Vehicle[],
  options: Partial<PlanOptions> = {},
): PlanRequest {
  return { shipments, vehicles, rules: [], options: planOptions(options) };
}
