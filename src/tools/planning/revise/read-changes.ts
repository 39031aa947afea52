import type { Identifier } from "../../../domain/identifier.ts";
import type { Plan } from "../../../domain/plan.ts";
import type { PlanChange, StopPlace } from "../../../domain/plan-change.ts";
import type { Shipment } from "../../../domain/shipment.ts";
import { toShipment } from "../../fleet/shipment-fields.ts";
import type { ChangeArguments } from "./change-fields.ts";
import type { ErpLookUps } from "./look-up-changes.ts";
import type { Operation } from "./operations.ts";
import {
  findPlate,
  findShipment,
  type Place,
  type Reading,
  refusePlate,
  refuseShipment,
} from "./plan-names.ts";
import { readVehicle } from "./read-vehicle-change.ts";

/** The changes as the planner takes them; `sources` says of each which change of the call it is of. */
export type ReadChanges = { changes: PlanChange[]; sources: number[] };

/** Reads changes against the plan: names are found or refused with what was meant, the ERP's data put in. */
export function readChanges(changes: readonly ChangeArguments[], plan: Plan, erp: ErpLookUps): ReadChanges {
  const reading: Reading = {
    planId: plan.planId,
    area: plan.area,
    plates: plan.vehicles.map(({ licensePlate }) => licensePlate),
    vehicles: plan.vehicles,
    shipments: [...plan.shipments],
    erp,
  };
  const read = changes.map((change, index) =>
    readers[change.op]({ change, field: `changes[${index}]`, reading }),
  );
  return { changes: read.flat(), sources: read.flatMap((own, index) => own.map(() => index)) };
}

const readers: Record<Operation, (place: Place) => PlanChange[]> = {
  move: (place) => [
    { op: "move", shipmentIds: readIds(place), licensePlate: readPlate(place), ...readStop(place) },
  ],
  swap: (place) => [
    {
      op: "swap",
      shipmentId: readId(place, "shipment_id"),
      withShipmentId: readId(place, "with_shipment_id"),
    },
  ],
  remove: (place) => [{ op: "remove", shipmentIds: readIds(place) }],
  add: readAdd,
  lock: (place) => [
    {
      op: "lock",
      ...readWhom(place),
      ...(place.change.position !== undefined && { position: place.change.position }),
      ...(place.change.not_before !== undefined && { notBefore: place.change.not_before }),
      ...(place.change.not_after !== undefined && { notAfter: place.change.not_after }),
    },
  ],
  unlock: (place) => [{ op: "unlock", ...readWhom(place) }],
  reorder: (place) => [{ op: "reorder", licensePlate: readPlate(place), shipmentIds: readIds(place) }],
  split: (place) => [
    {
      op: "split",
      shipmentId: readId(place, "shipment_id"),
      licensePlate: readPlate(place),
      items: place.change.items ?? [],
      ...readStop(place),
    },
  ],
  set_vehicle: (place) => [readVehicle(place)],
  set_window: (place) =>
    readIds(place).map((shipmentId) => ({
      op: "set_window",
      shipmentId,
      ...(place.change.start_at !== undefined && { startAt: place.change.start_at }),
      ...(place.change.end_at !== undefined && { endAt: place.change.end_at }),
    })),
  set_priority: (place) =>
    readIds(place).map((shipmentId) => ({
      op: "set_priority",
      shipmentId,
      priority: place.change.priority ?? 0,
    })),
};

function readStop({ change: { position, trip } }: Place): StopPlace {
  return { ...(position !== undefined && { position }), ...(trip !== undefined && { trip }) };
}

/** Shipments, a vehicle, or shipments and the vehicle that they are to be on. */
function readWhom(place: Place): { shipmentIds?: Identifier[]; licensePlate?: string } {
  const { shipment_id, shipment_ids, license_plate } = place.change;
  return {
    ...((shipment_id ?? shipment_ids) !== undefined && { shipmentIds: readIds(place) }),
    ...(license_plate !== undefined && { licensePlate: readPlate(place) }),
  };
}

function readIds(place: Place): Identifier[] {
  const { shipment_id, shipment_ids } = place.change;
  if (shipment_id !== undefined) return [readId(place, "shipment_id")];
  return (shipment_ids ?? []).map((id, index) => idOf(place, id, `shipment_ids[${index}]`));
}

function readId(place: Place, name: "shipment_id" | "with_shipment_id"): Identifier {
  return idOf(place, place.change[name] ?? "", name);
}

function idOf({ field, reading }: Place, id: Identifier, name: string): Identifier {
  return findShipment(reading, id)?.id ?? refuseShipment(reading, id, { field: `${field}.${name}` });
}

function readPlate({ change, field, reading }: Place): string {
  const { license_plate: asked = "" } = change;
  return findPlate(reading.plates, asked) ?? refusePlate(reading.plates, asked, `${field}.license_plate`);
}

/** What the plan has is named; what it does not is taken from the call or from the ERP, and it has it from then on. */
function readAdd(place: Place): PlanChange[] {
  const { change, field, reading } = place;
  const given = [...(change.shipment ? [change.shipment] : []), ...(change.shipments ?? [])].map(toShipment);
  const asked = change.shipment_id !== undefined ? [change.shipment_id] : (change.shipment_ids ?? []);
  const fromErp: Shipment[] = [];
  const shipmentIds = asked.flatMap((id, index) => {
    const known = findShipment(reading, id);
    if (known) return [known.id];
    const found = findShipment(reading.erp, id);
    const name = change.shipment_id !== undefined ? "shipment_id" : `shipment_ids[${index}]`;
    if (!found) return refuseAddition(place, id, `${field}.${name}`);
    fromErp.push(found);
    return [];
  });
  const shipments = [...given, ...fromErp];
  reading.shipments.push(...shipments);
  return [
    {
      op: "add",
      ...(shipmentIds.length > 0 && { shipmentIds }),
      ...(shipments.length > 0 && { shipments }),
      ...(change.license_plate !== undefined && { licensePlate: readPlate(place) }),
      ...readStop(place),
    },
  ];
}

function refuseAddition({ reading }: Place, id: Identifier, field: string): never {
  const { planId, area, erp } = reading;
  return refuseShipment({ planId, shipments: [...reading.shipments, ...erp.shipments] }, id, {
    field,
    more:
      area === null
        ? "The plan was made without an ERP area: give the shipment in full, shipments: [{id, sales_items: [{name, quantity}], geo_coordinates}]."
        : "The ERP's area of the plan does not have it unshipped either; one that only you know is given in full in shipments.",
  });
}
