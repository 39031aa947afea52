import { invalidOrder } from "../faults.ts";
import { isRecord } from "../message.ts";
import type { FleetRecords, StoredShipment, VehicleRecord } from "./records.ts";

/**
 * Somebody at the factory changes the ERP: `{shipment_id, change}` or `{license_plate, change}`. A change of null
 * takes the record away; else its fields replace those of the record, and lines are told by their name: quantities of
 * `sales_items`, capacities of `material_capacities`. Gives the record as it is then, null when it is gone.
 */
export function changeErp(records: FleetRecords, order: unknown): StoredShipment | VehicleRecord | null {
  const { shipment_id: id, license_plate: plate, change } = isRecord(order) ? order : {};
  if (change !== null && !isRecord(change)) throw invalidOrder("change", "an object of fields, or null");
  if (typeof plate === "string") {
    return changeRecord(records.vehicles, {
      isIt: ({ license_plate }) => license_plate === plate,
      field: "license_plate",
      apply: (vehicle) => changedVehicle(vehicle, change),
    });
  }
  return changeRecord(records.shipments, {
    isIt: (shipment) => shipment.id === id,
    field: "shipment_id",
    apply: (shipment) => changedShipment(shipment, change),
  });
}

type Change<Item> = { isIt: (item: Item) => boolean; field: string; apply: (item: Item) => Item | null };

function changeRecord<Item>(list: Item[], { isIt, field, apply }: Change<Item>): Item | null {
  const index = list.findIndex(isIt);
  const record = list[index];
  if (record === undefined) throw invalidOrder(field, "that of a record of the ERP");
  const changed = apply(record);
  list.splice(index, 1, ...(changed === null ? [] : [changed]));
  return changed;
}

type Fields = Record<string, unknown> | null;

function changedShipment(shipment: StoredShipment, change: Fields): StoredShipment | null {
  if (change === null) return null;
  const { sales_items: lines, ...fields } = change;
  return { ...shipment, ...fields, sales_items: withLines(shipment.sales_items, lines, "name") };
}

function changedVehicle(vehicle: VehicleRecord, change: Fields): VehicleRecord | null {
  if (change === null) return null;
  const { material_capacities: lines, ...fields } = change;
  return {
    ...vehicle,
    ...fields,
    material_capacities: withLines(vehicle.material_capacities, lines, "material_name"),
  };
}

/** The lines with what is said of those of the same name. */
function withLines<Line extends object>(kept: Line[], lines: unknown, name: keyof Line & string): Line[] {
  if (lines === undefined) return kept;
  if (!Array.isArray(lines) || !lines.every(isRecord))
    throw invalidOrder("change", `lines that have a ${name}`);
  return kept.map((line) => ({ ...line, ...lines.find((one) => one[name] === line[name]) }));
}
