import { compareDecimals, type Decimal } from "../../domain/decimal.ts";
import { Failure } from "../../domain/failure.ts";
import type { Vehicle } from "../../domain/vehicle.ts";
import { readAmount } from "./quantities.ts";

/** A vehicle as planning sees it: materials that it does not take are not in the map. */
export type FleetVehicle = {
  licensePlate: string;
  capacityOf: ReadonlyMap<string, Decimal>;
  mostTrips: number;
};

/** The vehicles in the caller's order; a Failure `invalid_input` for a plate given twice or a capacity that is none. */
export function readFleet(vehicles: readonly Vehicle[]): FleetVehicle[] {
  const plates = new Set<string>();
  return vehicles.map((vehicle, index) => {
    if (plates.has(vehicle.licensePlate)) refuseSecond(vehicle.licensePlate, index);
    plates.add(vehicle.licensePlate);
    const { licensePlate, maxTrips: mostTrips = 1 } = vehicle;
    return { licensePlate, capacityOf: readCapacities(vehicle, index), mostTrips };
  });
}

/** Where a vehicle has two capacities for one material the smaller one holds: it is safe whichever is right. */
function readCapacities({ materialCapacities }: Vehicle, vehicle: number): Map<string, Decimal> {
  const capacityOf = new Map<string, Decimal>();
  for (const [index, { materialName, capacity }] of materialCapacities.entries()) {
    const field = `vehicles[${vehicle}].material_capacities[${index}].capacity`;
    const amount = readAmount(capacity, field);
    const material = materialName.trim();
    const known = capacityOf.get(material);
    if (!known || compareDecimals(amount, known) < 0) capacityOf.set(material, amount);
  }
  for (const [material, { digits }] of capacityOf) if (digits === 0n) capacityOf.delete(material);
  return capacityOf;
}

function refuseSecond(licensePlate: string, index: number): never {
  throw new Failure("invalid_input", `vehicles[${index}].license_plate is ${licensePlate} a second time.`, {
    hint: "Give each vehicle once: it drives one route.",
    fields: [`vehicles[${index}].license_plate`],
  });
}
