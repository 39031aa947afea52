import type { SplitChange } from "../../../domain/plan-change.ts";
import { keyOf } from "../../prepare/request.ts";
import { dropSplit } from "../agreements.ts";
import { type Draft, type DraftPart, type Stand, standsOf, tidy, touch } from "../draft.ts";
import { addItems, describeItems, subtractItems } from "../items.ts";
import { putParts } from "../put-parts.ts";
import { type At, freeVehicleAt, refuse, shipmentAt } from "../refuse.ts";
import { mapShipment } from "./add.ts";

/**
 * Gives a part of a shipment to a vehicle. It comes off the part that has enough of it: one that is on no route yet,
 * else one on another vehicle. What is on no route afterwards has to be given away by later changes.
 */
export function split(draft: Draft, change: SplitChange, at: At): void {
  const { licensePlate, position, trip } = change;
  freeVehicleAt(draft, licensePlate, at);
  const shipmentId = shipmentAt(draft, change.shipmentId, { ...at, field: "shipment_id" });
  const items = readItems(change, at);
  loosen(draft, shipmentId, at);
  const giver = findGiver(draft, { shipmentId, items, licensePlate }, at);
  const { left } = subtractItems(giver.part.items, items);
  if (left.length === 0) drop(draft, giver, at);
  else {
    giver.part.items = left;
    if (giver.stand) touch(draft, giver.stand.route.licensePlate, at.index);
  }
  const own = standsOf(draft, shipmentId).find(({ route }) => route.licensePlate === licensePlate);
  if (own && position === undefined && (trip === undefined || own.stop.trip === trip)) {
    own.part.items = addItems(own.part.items, items);
    draft.pinned.set(own.part, { hasPosition: false });
    touch(draft, licensePlate, at.index);
    return;
  }
  putParts(draft, [{ shipmentId, items }], { target: { licensePlate, position, trip }, at });
}

function readItems({ items }: SplitChange, at: At): DraftPart["items"] {
  const read = addItems(items.map(({ material, quantity }) => ({ material: material.trim(), quantity })));
  if (read.length > 0 && !read.some(({ quantity }) => quantity.startsWith("-"))) return read;
  return refuse(at, "A part needs a quantity above zero.", {
    code: "invalid_input",
    field: "items",
    hint: "Say how much of which material goes to the vehicle.",
  });
}

/** A shipment on no route is all loose. */
function loosen(draft: Draft, shipmentId: DraftPart["shipmentId"], at: At): void {
  const isIts = (part: DraftPart) => keyOf(part.shipmentId) === keyOf(shipmentId);
  if (draft.loose.some(isIts) || standsOf(draft, shipmentId).length > 0) return;
  draft.loose.push(mapShipment(draft, { id: shipmentId, field: "shipment_id" }, at));
  draft.unassigned = draft.unassigned.filter((one) => keyOf(one.shipmentId) !== keyOf(shipmentId));
  dropSplit(draft, shipmentId);
}

type Giver = { part: DraftPart; stand?: Stand };
type Wanted = Pick<DraftPart, "shipmentId" | "items"> & { licensePlate: string };

function findGiver(draft: Draft, { shipmentId, items, licensePlate }: Wanted, at: At): Giver {
  const loose = draft.loose.filter((part) => keyOf(part.shipmentId) === keyOf(shipmentId));
  const stands = standsOf(draft, shipmentId);
  const elsewhere = stands.filter(({ route }) => {
    return route.licensePlate !== licensePlate && !draft.context.frozen.includes(route.licensePlate);
  });
  const here = stands.filter(({ route }) => route.licensePlate === licensePlate);
  const givers: Giver[] = [
    ...loose.map((part) => ({ part })),
    ...[...elsewhere, ...here].map((stand) => ({ part: stand.part, stand })),
  ];
  const enough = givers.find(({ part }) => subtractItems(part.items, items).lacking.length === 0);
  if (enough) return enough;
  const has = givers.map(
    ({ part, stand }) => `${describeItems(part.items)} on ${stand?.route.licensePlate ?? "no route"}`,
  );
  return refuse(at, `No part of shipment ${shipmentId} has ${describeItems(items)} to give.`, {
    field: "items",
    hint: has.length > 0 ? `It has ${has.join("; ")}.` : "All of it is out.",
  });
}

function drop(draft: Draft, { part, stand }: Giver, at: At): void {
  draft.loose = draft.loose.filter((one) => one !== part);
  if (!stand) return;
  stand.stop.parts = stand.stop.parts.filter((one) => one !== part);
  draft.pinned.delete(part);
  touch(draft, stand.route.licensePlate, at.index);
  tidy(draft, stand.route);
}
