import type { PlanLoad, PlanRoute } from "../../../domain/plan.ts";
import type { Vehicle } from "../../../domain/vehicle.ts";
import { quote } from "../../../domain/vendor-text.ts";
import type { Compared, Difference } from "./find-differences.ts";
import { isErpVehicle } from "./read-erp.ts";

type VehicleDifference = Omit<Difference, "licensePlate">;

/**
 * What the ERP says now of a route's vehicle. Held against the plan's first revision, which has it as the ERP gave it:
 * what a dispatcher set since is his to set, and no difference.
 */
export function vehicleDifferences({ plan, base, erp }: Compared, route: PlanRoute): VehicleDifference[] {
  const { licensePlate } = route;
  const was = base.vehicles.find((vehicle) => vehicle.licensePlate === licensePlate);
  if (!erp.vehicles || !was || !isErpVehicle(was)) return [];
  const now = erp.vehicles.get(licensePlate);
  if (!now) {
    return [
      {
        kind: "vehicle_gone",
        message: `${licensePlate} is no longer a vehicle of the ERP.`,
        isBlocking: true,
      },
    ];
  }
  const planned = plan.vehicles.find((vehicle) => vehicle.licensePlate === licensePlate) ?? was;
  const isSetByHand = materialsOf(planned).some(([name, capacity]) => capacityOf(was, name) !== capacity);
  const loaded = route.loads.filter(({ quantity }) => Number(quantity) > 0);
  const changes = [...new Set(loaded.map(({ material }) => material))].flatMap((material) => {
    const [before, after] = [capacityOf(was, material), capacityOf(now, material)];
    return before === after ? [] : [`${quote(material)} ${before} is now ${after}`];
  });
  if (changes.length === 0) return [];
  const isTooFull = !isSetByHand && exceeds(loaded, now, plan.options.capacityModel === "shared");
  const so = isTooFull ? ", which is less than it carries here" : "";
  return [
    {
      kind: "capacity_changed",
      message: `The capacity of ${licensePlate} changed: ${changes.join(", ")}${so}.`,
      isBlocking: isTooFull,
    },
  ];
}

function materialsOf({ materialCapacities }: Vehicle): (readonly [string, number])[] {
  return materialCapacities.map(({ materialName, capacity }) => [materialName, capacity] as const);
}

function capacityOf({ materialCapacities }: Vehicle, material: string): number {
  return materialCapacities.find(({ materialName }) => materialName === material)?.capacity ?? 0;
}

/** Whether a trip has more than the vehicle holds: of one material, or of all where they share its room. */
function exceeds(loads: readonly PlanLoad[], vehicle: Vehicle, isShared: boolean): boolean {
  const shares = Map.groupBy(loads, ({ trip = 1 }) => trip)
    .values()
    .map((ofTrip) =>
      ofTrip.map(({ material, quantity }) => Number(quantity) / capacityOf(vehicle, material)),
    );
  const hair = 1e-9;
  return shares.some((trip) =>
    isShared
      ? trip.reduce((sum, share) => sum + share, 0) > 1 + hair
      : trip.some((share) => share > 1 + hair),
  );
}
