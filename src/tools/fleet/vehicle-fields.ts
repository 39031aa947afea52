import * as z from "zod";
import type { Driver } from "../../domain/driver.ts";
import type { Vehicle } from "../../domain/vehicle.ts";
import { oneLine, quote } from "../../domain/vendor-text.ts";
import { anyIdentifier, identifier, plainText } from "../fields.ts";

/** What is taken from a list as it is, but that nobody needs to write. */
const unserved = { served: false };

const materialCapacity = z.strictObject({
  id: identifier.optional().meta(unserved),
  material_name: plainText(100),
  capacity: z
    .number()
    .refine((value) => value >= 0 && value <= 1e9, { error: "takes a number from 0 to 1000000000" })
    .describe("Most rolls (条)"),
});

/** A vehicle as plan_load takes it: what list_vehicles gives (fleet.txt, TransportVehicle). */
export const vehicleFields = z.strictObject({
  license_plate: plainText(32),
  material_capacities: z.array(materialCapacity).max(50),
  id: identifier.optional().meta(unserved),
  merchant_id: identifier.optional().meta(unserved),
  name: z.string().nullish().meta(unserved),
  driver_email: z.string().optional().meta(unserved),
  created_at: z.string().optional().meta(unserved),
  updated_at: z.string().optional().meta(unserved),
});

/** The same in an answer: the ERP's values as they are, for a list must not fail for one odd record. */
export const vehicleAnswer = z.object({
  license_plate: z.string(),
  material_capacities: z.array(
    z.object({ id: anyIdentifier.optional(), material_name: z.string(), capacity: z.number() }),
  ),
  id: anyIdentifier.optional(),
  merchant_id: anyIdentifier.optional(),
  name: z.string().optional(),
  driver_email: z.string().optional().describe("As set_driver says"),
  created_at: z.string().optional(),
  updated_at: z.string().optional(),
});

/** The vehicle in the tools' spelling, with its driver where one was set. */
export function fromVehicle(vehicle: Vehicle, driver?: Driver): z.input<typeof vehicleAnswer> {
  const { id, merchantId, name, licensePlate: plate, materialCapacities, createdAt, updatedAt } = vehicle;
  return {
    license_plate: plate,
    ...(name != null && { name }),
    ...(driver && { driver_email: driver.driverEmail }),
    material_capacities: materialCapacities.map(({ id: capacityId, materialName, capacity }) => ({
      ...(capacityId !== undefined && { id: capacityId }),
      material_name: materialName,
      capacity,
    })),
    ...(id !== undefined && { id }),
    ...(merchantId !== undefined && { merchant_id: merchantId }),
    ...(createdAt !== undefined && { created_at: createdAt }),
    ...(updatedAt !== undefined && { updated_at: updatedAt }),
  };
}

/** The vehicle that a caller wrote in the tools' spelling. */
export function toVehicle(fields: z.output<typeof vehicleFields>): Vehicle {
  return {
    licensePlate: fields.license_plate,
    materialCapacities: fields.material_capacities.map(({ material_name, capacity }) => ({
      materialName: material_name,
      capacity,
    })),
    ...(fields.name != null && { name: fields.name }),
    ...(fields.id !== undefined && { id: fields.id }),
    ...(fields.merchant_id !== undefined && { merchantId: fields.merchant_id }),
  };
}

/** "粤A12345 「大卡车」: 坯布 500, 成品 300; driven by 「wang@example.com」". */
export function describeVehicle(vehicle: Vehicle, driver?: Driver): string {
  const who = driver ? `; driven by ${quote(driver.driverEmail, 60)}` : "";
  return `${oneLine(vehicle.licensePlate)} ${quote(vehicle.name)}: ${describeCapacities(vehicle)}${who}`;
}

/** "坯布 500, 成品 300". */
function describeCapacities({ materialCapacities }: Vehicle): string {
  return oneLine(
    materialCapacities.map(({ materialName, capacity }) => `${materialName} ${capacity}`).join(", "),
  );
}
