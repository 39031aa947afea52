import { Failure, type FailureCode } from "../../domain/failure.ts";
import type { Identifier } from "../../domain/identifier.ts";
import { parseMoment } from "../../domain/instant.ts";
import type { Vehicle } from "../../domain/vehicle.ts";
import { keyOf } from "../prepare/request.ts";
import { type Draft, type Stand, standsOf } from "./draft.ts";

/** Which change is being made, and where only one field of it is looked at, which. */
export type At = { index: number; field?: string };

type Refused = { code?: FailureCode; field?: string; hint: string };

/** Refuses a change, and with it all: the plan stays as it was. */
export function refuse(at: At, message: string, { code = "infeasible", hint, ...refused }: Refused): never {
  const { index, field } = { ...at, ...refused };
  throw new Failure(code, message, { hint, fields: [`changes[${index}]${field ? `.${field}` : ""}`] });
}

/** Refuses what is given as a time, by its field, and can't be read as one. */
export function refuseUnreadableTimes(at: At, moments: Readonly<Record<string, string | undefined>>): void {
  for (const [field, moment] of Object.entries(moments)) {
    if (moment === undefined || parseMoment(moment) !== undefined) continue;
    refuse(at, `${field} is not a time with an offset.`, {
      code: "invalid_input",
      field,
      hint: "Give ISO 8601 with an offset, such as 2026-11-23T08:00:00+08:00.",
    });
  }
}

const mostTold = 10;

function tell(words: readonly (string | number)[]): string {
  const shown = words.slice(0, mostTold).join(", ");
  return words.length > mostTold ? `${shown} and ${words.length - mostTold} more` : shown;
}

/** The vehicle that a change names; refused where the plan has none of that plate. */
export function vehicleAt(draft: Draft, licensePlate: string, at: At): Vehicle {
  const vehicle = draft.vehicles.find((one) => one.licensePlate === licensePlate);
  if (vehicle) return vehicle;
  const plates = draft.vehicles.map((one) => one.licensePlate);
  return refuse(at, `The plan has no vehicle ${licensePlate}.`, {
    code: "not_found",
    field: "license_plate",
    hint: `Its vehicles are ${tell(plates)}.`,
  });
}

/** Refuses a plate whose route is dispatched. */
export function refuseFrozen(draft: Draft, licensePlate: string, at: At): void {
  if (!draft.context.frozen.includes(licensePlate)) return;
  refuse(at, `${licensePlate} is dispatched: its route is frozen.`, {
    field: "license_plate",
    hint: "Change another route. What is out can be planned again after release_shipments.",
  });
}

/** A vehicle that may be given shipments: known, in service, not dispatched. */
export function freeVehicleAt(draft: Draft, licensePlate: string, at: At): Vehicle {
  const vehicle = vehicleAt(draft, licensePlate, at);
  refuseFrozen(draft, licensePlate, at);
  if (draft.options.withdrawn?.includes(licensePlate)) {
    refuse(at, `${licensePlate} is out of service.`, {
      field: "license_plate",
      hint: "Name another vehicle, or put it back with set_vehicle out_of_service false.",
    });
  }
  return vehicle;
}

/** The identifier as the plan has it; refused where the plan has no such shipment. */
export function shipmentAt(draft: Draft, id: Identifier, at: At): Identifier {
  const known = draft.shipments.find((shipment) => keyOf(shipment.id) === keyOf(id));
  if (!known) {
    return refuse(at, `Shipment ${id} is not in the plan.`, {
      code: "not_found",
      hint: "get_plan tells the plan's shipments; add with shipments brings a new one in.",
    });
  }
  draft.named.set(keyOf(id), at.index);
  return known.id;
}

/** Where a shipment stands as far as that is not frozen; refused where it is on no route, or out. */
export function ridingAt(draft: Draft, id: Identifier, at: At): Stand[] {
  const shipmentId = shipmentAt(draft, id, at);
  const stands = standsOf(draft, shipmentId);
  if (stands.length === 0) {
    const left = draft.unassigned.find((one) => keyOf(one.shipmentId) === keyOf(shipmentId));
    refuse(at, `Shipment ${shipmentId} is on no route${left ? ` (${left.reason})` : ""}.`, {
      hint: "Put it on one with add.",
    });
  }
  const free = stands.filter(({ route }) => !draft.context.frozen.includes(route.licensePlate));
  if (free.length === 0) refuseOut(stands[0]!, at);
  return free;
}

/** A shipment that may be changed, as the plan has it: known, and nothing of it is out. */
export function freeShipmentAt(draft: Draft, id: Identifier, at: At): Identifier {
  const known = shipmentAt(draft, id, at);
  const out = standsOf(draft, known).find(({ route }) => draft.context.frozen.includes(route.licensePlate));
  if (out) refuseOut(out, at);
  return known;
}

function refuseOut({ route, part }: Stand, at: At): never {
  return refuse(at, `Shipment ${part.shipmentId} is out with ${route.licensePlate}: its route is frozen.`, {
    hint: "Change what is not dispatched. What is out can be planned again after release_shipments.",
  });
}
