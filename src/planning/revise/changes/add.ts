import type { Identifier } from "../../../domain/identifier.ts";
import type { AddChange } from "../../../domain/plan-change.ts";
import type { Shipment } from "../../../domain/shipment.ts";
import { quote } from "../../../domain/vendor-text.ts";
import { readCargo } from "../../prepare/cargo.ts";
import { quantityText } from "../../prepare/quantities.ts";
import { keyOf } from "../../prepare/request.ts";
import { forgetLeftOut, platesFor } from "../agreements.ts";
import { type Draft, type DraftPart, standsOf, touch } from "../draft.ts";
import { materialsOf } from "../given-plan.ts";
import { findPlace, putAt } from "../place-stop.ts";
import { putParts, unite } from "../put-parts.ts";
import { type At, freeVehicleAt, refuse, shipmentAt } from "../refuse.ts";

/** Puts in what is on no route, or is new. */
export function add(draft: Draft, change: AddChange, at: At): void {
  const { shipmentIds = [], shipments = [], licensePlate, position, trip } = change;
  if (shipmentIds.length + shipments.length === 0) {
    refuse(at, "add takes shipment_ids, shipments or both.", {
      code: "invalid_input",
      hint: "Name what is to be added.",
    });
  }
  if (licensePlate === undefined && (position !== undefined || trip !== undefined)) {
    refuse(at, "A position or trip is one of a vehicle.", {
      code: "invalid_input",
      field: "license_plate",
      hint: "Give license_plate too, or neither for the cheapest place.",
    });
  }
  if (licensePlate !== undefined) freeVehicleAt(draft, licensePlate, at);
  const fields = [
    ...shipmentIds.map((id, index) => ({ id, field: `shipment_ids[${index}]` })),
    ...shipments.map(({ id }, index) => ({ id, field: `shipments[${index}]` })),
  ];
  for (const shipment of shipments) enter(draft, shipment);
  for (const [index, { id, field }] of fields.entries()) {
    const parts = partsToAdd(draft, { id, field }, at);
    if (licensePlate === undefined) {
      for (const part of parts) putAnywhere(draft, part, { at, field });
      continue;
    }
    const own = position === undefined ? undefined : position + index;
    putParts(draft, [unite(parts)], { target: { licensePlate, position: own, trip }, at });
  }
}

/** What the plan knew of a shipment gives way to what is said of it now. */
function enter(draft: Draft, shipment: Shipment): void {
  const index = draft.shipments.findIndex(({ id }) => keyOf(id) === keyOf(shipment.id));
  if (index >= 0 && standsOf(draft, shipment.id).length > 0) return;
  draft.shipments = index < 0 ? [...draft.shipments, shipment] : draft.shipments.with(index, shipment);
}

type Asked = { id: Identifier; field: string };

/** What is to be put on a route: parts that have none, else all of the shipment, mapped by today's rules. */
function partsToAdd(draft: Draft, { id, field }: Asked, at: At): DraftPart[] {
  const shipmentId = shipmentAt(draft, id, { ...at, field });
  const key = keyOf(shipmentId);
  const loose = draft.loose.filter((part) => keyOf(part.shipmentId) === key);
  const [stand] = standsOf(draft, shipmentId);
  if (stand && loose.length === 0) {
    refuse(at, `Shipment ${shipmentId} is on ${stand.route.licensePlate} already.`, {
      field,
      hint: "Use move.",
    });
  }
  draft.loose = draft.loose.filter((part) => !loose.includes(part));
  const split = draft.options.splits?.find((one) => keyOf(one.shipmentId) === key);
  forgetLeftOut(draft, shipmentId);
  if (loose.length > 0) return loose;
  if (!split) return [mapShipment(draft, { id: shipmentId, field }, at)];
  return split.parts.map(({ items, licensePlate }) => ({
    shipmentId,
    items,
    ...(licensePlate !== undefined && { lockedTo: licensePlate }),
  }));
}

/** A shipment by its materials. */
export function mapShipment(draft: Draft, { id, field }: Asked, at: At): DraftPart {
  const shipment = draft.shipments.find((one) => keyOf(one.id) === keyOf(id))!;
  const { rules } = draft.context;
  const { defaultMaterial } = draft.options;
  const { loads, materials, scale, unmapped } = readCargo(
    [{ shipment, field: `changes[${at.index}].${field}` }],
    {
      rules,
      materials: new Set(
        [...materialsOf(draft), ...rules.map(({ material }) => material)].map((name) => name.trim()),
      ),
      capacities: [],
      ...(defaultMaterial !== undefined && { defaultMaterial }),
    },
  );
  const strange = unmapped[0]!.map(({ itemName }) => quote(itemName));
  if (strange.length > 0) {
    refuse(
      at,
      `Shipment ${id} has items of unknown material: ${[...new Set(strange)].slice(0, 5).join(", ")}.`,
      {
        field,
        hint: "Set a rule with set_material_rule.",
      },
    );
  }
  const items = materials
    .map((material, index) => ({ material, quantity: quantityText(loads[0]![index]!, scale) }))
    .filter(({ quantity }) => quantity !== "0");
  if (items.length === 0) {
    refuse(at, `Shipment ${id} has nothing to carry: no item with a quantity above zero.`, {
      field,
      hint: "Correct its quantities first.",
    });
  }
  return { shipmentId: id, items };
}

function putAnywhere(draft: Draft, part: DraftPart, { at, field }: { at: At; field: string }): void {
  const plates = platesFor(draft, part.shipmentId);
  const licensePlates =
    part.lockedTo === undefined ? plates : plates.filter((plate) => plate === part.lockedTo);
  const place = findPlace(draft, { parts: [part], licensePlates });
  if (!place) {
    refuse(at, `No vehicle in service may take shipment ${part.shipmentId}.`, {
      field,
      hint: "See its locks and rules with get_plan; unlock it, or put a vehicle back with set_vehicle.",
    });
  }
  putAt(draft, [part], place);
  touch(draft, place.licensePlate, at.index);
}
