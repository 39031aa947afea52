import type { SetVehicleChange } from "../../../domain/plan-change.ts";
import type { Vehicle, VehicleRules } from "../../../domain/vehicle.ts";
import { toVehicleRules } from "../load/read-rules.ts";
import type { ChangeArguments } from "./change-fields.ts";
import type { ErpLookUps } from "./look-up-changes.ts";
import { findPlate, type Place, refuseVehicle } from "./plan-names.ts";

/** A vehicle of the plan with what changes of it; or one that the plan gets. */
export function readVehicle(place: Place): SetVehicleChange {
  const { change, field, reading } = place;
  const { license_plate: asked = "", new_license_plate: wanted } = change;
  const capacities = change.material_capacities?.map(({ material_name, capacity }) => ({
    materialName: material_name,
    capacity,
  }));
  const rules = readRules(change);
  const common = {
    op: "set_vehicle" as const,
    ...(change.out_of_service !== undefined && { outOfService: change.out_of_service }),
    ...(rules && { rules }),
  };
  const known = findPlate(reading.plates, asked);
  if (known === undefined) {
    const found = findErpVehicle(reading.erp, asked);
    const vehicle =
      found ??
      (capacities && { licensePlate: asked, materialCapacities: [] as Vehicle["materialCapacities"] });
    if (!vehicle) return refuseVehicle(reading, asked, `${field}.license_plate`);
    reading.plates.push(vehicle.licensePlate);
    return {
      ...common,
      licensePlate: vehicle.licensePlate,
      vehicle: capacities ? { ...vehicle, materialCapacities: capacities } : vehicle,
    };
  }
  if (wanted === undefined)
    return { ...common, licensePlate: known, ...(capacities && { materialCapacities: capacities }) };
  return {
    ...common,
    licensePlate: known,
    ...replaceVehicle(place, { known, wanted, isRoomGiven: capacities !== undefined }),
    ...(capacities && { materialCapacities: capacities }),
  };
}

/** Another truck for this route: the ERP's, with its own room; where there is no ERP, the same room on another plate. */
function replaceVehicle(
  { field, reading }: Place,
  { known, wanted, isRoomGiven }: { known: string; wanted: string; isRoomGiven: boolean },
): Pick<SetVehicleChange, "newLicensePlate" | "vehicle"> {
  const inPlan = findPlate(reading.plates, wanted);
  if (inPlan !== undefined) return { newLicensePlate: inPlan };
  const found = findErpVehicle(reading.erp, wanted);
  if (!found && reading.erp.vehicles && !isRoomGiven)
    return refuseVehicle(reading, wanted, `${field}.new_license_plate`);
  const newLicensePlate = found?.licensePlate ?? wanted;
  reading.plates.push(newLicensePlate);
  const replaced = reading.vehicles.find(({ licensePlate }) => licensePlate === known);
  return { newLicensePlate, ...(found && { vehicle: { ...rulesOf(replaced), ...found } }) };
}

function findErpVehicle({ vehicles = [] }: ErpLookUps, asked: string): Vehicle | undefined {
  const plate = findPlate(
    vehicles.map(({ licensePlate }) => licensePlate),
    asked,
  );
  return vehicles.find(({ licensePlate }) => licensePlate === plate);
}

/** What was said of the vehicle beside what it is: who drives in its place drives by it. */
export function rulesOf(vehicle: Vehicle | undefined): VehicleRules {
  if (!vehicle) return {};
  const { id, merchantId, name, licensePlate, materialCapacities, createdAt, updatedAt, ...rules } = vehicle;
  return rules;
}

function readRules(change: ChangeArguments): VehicleRules | undefined {
  const rules = toVehicleRules(change);
  return Object.keys(rules).length > 0 ? rules : undefined;
}
