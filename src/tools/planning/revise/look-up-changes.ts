import type { App } from "../../../app.ts";
import type { Plan } from "../../../domain/plan.ts";
import type { Shipment } from "../../../domain/shipment.ts";
import type { Vehicle } from "../../../domain/vehicle.ts";
import type { ChangeArguments } from "./change-fields.ts";
import { findPlate, findShipment } from "./plan-names.ts";

/** What the ERP was asked for; `vehicles` is undefined where it was not asked or there is none. */
export type ErpLookUps = { shipments: Shipment[]; vehicles?: Vehicle[] };

/** Asks the ERP for what changes name and the plan does not have: nothing, mostly. */
export async function lookUpChanges(
  changes: readonly ChangeArguments[],
  plan: Plan,
  { app, signal }: { app: App; signal: AbortSignal },
): Promise<ErpLookUps> {
  const { area, merchantId } = plan;
  const caller = { signal, ...(merchantId !== null && { merchantId }) };
  const [shipments, vehicles] = await Promise.all([
    area !== null && namesStrangeShipment(changes, plan)
      ? (await app.fleet()).allUnshippedShipments({ ...caller, area })
      : [],
    app.config.fleet !== undefined && namesStrangeVehicle(changes, plan)
      ? (await app.fleet()).allVehicles(caller)
      : undefined,
  ]);
  return { shipments, ...(vehicles && { vehicles }) };
}

function namesStrangeShipment(changes: readonly ChangeArguments[], plan: Plan): boolean {
  return changes.some(({ op, shipment_id, shipment_ids = [] }) => {
    const ids = shipment_id === undefined ? shipment_ids : [shipment_id];
    return op === "add" && ids.some((id) => !findShipment(plan, id));
  });
}

function namesStrangeVehicle(changes: readonly ChangeArguments[], { vehicles }: Plan): boolean {
  const plates = vehicles.map(({ licensePlate }) => licensePlate);
  const isStrange = (plate: string | undefined) => plate !== undefined && !findPlate(plates, plate);
  return changes.some(
    ({ op, license_plate, new_license_plate }) =>
      op === "set_vehicle" && (isStrange(license_plate) || isStrange(new_license_plate)),
  );
}
