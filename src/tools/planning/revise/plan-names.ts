import { Failure } from "../../../domain/failure.ts";
import type { Identifier } from "../../../domain/identifier.ts";
import type { Plan } from "../../../domain/plan.ts";
import type { Shipment } from "../../../domain/shipment.ts";
import type { Vehicle } from "../../../domain/vehicle.ts";
import { quote } from "../../../domain/vendor-text.ts";
import { nearestName } from "../../nearest-name.ts";
import type { ChangeArguments } from "./change-fields.ts";
import type { ErpLookUps } from "./look-up-changes.ts";

const shownNames = 12;

/** What the plan knows after the changes before: an added shipment can be moved, a new vehicle can be loaded. */
export type Reading = Pick<Plan, "planId" | "area"> & {
  plates: string[];
  vehicles: readonly Vehicle[];
  shipments: Shipment[];
  erp: ErpLookUps;
};

/** One change of a call, by its name in it. */
export type Place = { change: ChangeArguments; field: string; reading: Reading };

/** Finds the shipment that is named; undefined where the plan has none of that identifier. */
export function findShipment({ shipments }: Pick<Plan, "shipments">, id: Identifier): Shipment | undefined {
  const key = String(id).trim();
  return shipments.find((shipment) => String(shipment.id) === key);
}

/** A plate as the plan spells it: spaces, dots and case are no difference between trucks. */
export function findPlate(plates: readonly string[], asked: string): string | undefined {
  if (plates.includes(asked)) return asked;
  const alike = plates.filter((plate) => plainly(plate) === plainly(asked));
  return alike.length === 1 ? alike[0] : undefined;
}

function plainly(plate: string): string {
  return plate.replace(/[^\p{L}\p{N}]/gu, "").toUpperCase();
}

/** Refuses an identifier that the plan does not have: a customer's name is told the shipments that are meant. */
export function refuseShipment(
  plan: Pick<Plan, "shipments" | "planId">,
  id: Identifier,
  { field, more = "op add brings in another one." }: { field: string; more?: string },
): never {
  const name = String(id).trim();
  const ofCustomer = plan.shipments.filter(({ customerName }) => isNamed(customerName, name));
  if (ofCustomer.length > 0) {
    const told = ofCustomer
      .slice(0, shownNames)
      .map((shipment) => `${shipment.id} ${quote(shipment.customerName)}`);
    const more = ofCustomer.length > told.length ? ` and ${ofCustomer.length - told.length} more` : "";
    throw new Failure(
      "not_found",
      `\`${field}\` is ${quote(name)}, a customer's name: it takes a shipment_id.`,
      {
        hint: `Shipments of that name: ${told.join(", ")}${more}.`,
        fields: [field],
      },
    );
  }
  const near = nearestName(
    name,
    plan.shipments.map((shipment) => String(shipment.id)),
  );
  const guess = near === undefined || name.length < 4 ? "" : `Did you mean ${near}? `;
  throw new Failure(
    "not_found",
    `\`${field}\` is ${quote(name)}, which is no shipment of plan ${plan.planId}.`,
    {
      hint: `${guess}get_plan lists its shipments; ${more}`,
      fields: [field],
    },
  );
}

/** Refuses a plate that the plan does not have, with the one that was meant. */
export function refusePlate(plates: readonly string[], asked: string, field: string): never {
  const near = nearestName(asked, plates);
  const shown = plates.slice(0, shownNames).join(", ");
  const more = plates.length > shownNames ? ` and ${plates.length - shownNames} more` : "";
  throw new Failure("not_found", `\`${field}\` is ${quote(asked)}, which is no vehicle of the plan.`, {
    hint:
      (near === undefined ? "" : `Did you mean ${near}? `) +
      `The plan's vehicles are ${shown}${more}; op set_vehicle {license_plate, out_of_service: false} before it brings in another one of the ERP's.`,
    fields: [field],
  });
}

/** Refuses a new vehicle whose room nobody told. */
export function refuseVehicle(
  { plates, erp }: Pick<Reading, "plates" | "erp">,
  asked: string,
  field: string,
): never {
  const owned = erp.vehicles?.map(({ licensePlate }) => licensePlate) ?? [];
  const near = nearestName(asked, [...plates, ...owned]);
  const where = erp.vehicles ? "neither a vehicle of the plan nor one of the ERP" : "no vehicle of the plan";
  throw new Failure("not_found", `\`${field}\` is ${quote(asked)}, which is ${where}.`, {
    hint:
      (near === undefined ? "" : `Did you mean ${near}? `) +
      "For a vehicle that only you know give material_capacities [{material_name, capacity}] too.",
    fields: [field],
  });
}

/** Two letters are enough of a name in Chinese; a number is never one. */
function isNamed(customerName: string | null | undefined, asked: string): boolean {
  if (!customerName || asked.length < 2 || /^\d+$/.test(asked)) return false;
  return customerName.toLowerCase().includes(asked.toLowerCase());
}
