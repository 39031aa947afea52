import { rescale } from "../../domain/decimal.ts";
import { Failure } from "../../domain/failure.ts";
import type { PlanOptions, SplitPart } from "../../domain/plan.ts";
import { addLoads, type Cargo, type Load } from "./cargo.ts";
import type { Conditions } from "./conditions.ts";
import type { Consignment } from "./consignment.ts";
import { keepWhere } from "./kept.ts";
import { quantityText, type ReadQuantity, readAmount } from "./quantities.ts";
import { type Candidate, type Kept, keyOf, type PlanRequest } from "./request.ts";
import { type Refusal, type ScreenContext, screen } from "./screen.ts";
import { classesOf } from "./separation.ts";

/** A part of a shipment as the caller cut it. */
export type GivenPart = {
  load: Load;
  /** Those of its shipment, but for the vehicle it is locked to. */
  conditions: Conditions;
};

type ReadPart = { amounts: ({ material: string } & ReadQuantity)[]; licensePlate?: string; field: string };

/** The parts of each shipment that is split by hand, by `keyOf`. */
export type GivenSplits = ReadonlyMap<string, { parts: ReadPart[]; field: string }>;

/** Reads what of shipments was split by hand; a Failure `invalid_input` names what is no part of any. */
export function readSplits({ splits = [] }: PlanOptions, shipments: PlanRequest["shipments"]): GivenSplits {
  const known = new Set(shipments.map(({ id }) => keyOf(id)));
  const read = new Map<string, { parts: ReadPart[]; field: string }>();
  for (const [index, { shipmentId, parts }] of splits.entries()) {
    const field = `splits[${index}]`;
    const key = keyOf(shipmentId);
    if (!known.has(key)) refuse(`${field}.shipment_id`, `is ${shipmentId}, which is none of the shipments`);
    if (read.has(key)) refuse(`${field}.shipment_id`, `is ${shipmentId} a second time`);
    read.set(key, { parts: parts.map((part, at) => readPart(part, `${field}.parts[${at}]`)), field });
  }
  return read;
}

function readPart({ items, licensePlate }: SplitPart, field: string): ReadPart {
  const amounts = items.map(({ material, quantity }, index) => {
    const own = `${field}.items[${index}].quantity`;
    return { material: material.trim(), amount: readAmount(quantity, own), field: own };
  });
  return { amounts, field, ...(licensePlate !== undefined && { licensePlate }) };
}

/** All quantities of the parts: they say how fine the plan's quantities are. */
export function amountsOf(splits: GivenSplits): ReadQuantity["amount"][] {
  return [...splits.values()].flatMap(({ parts }) =>
    parts.flatMap(({ amounts }) => amounts.map(({ amount }) => amount)),
  );
}

/**
 * The loads of a shipment's parts; undefined where it is not split by hand. Together they are the shipment to the last
 * decimal, else a Failure `invalid_input` says by how much they are not.
 */
export function loadsOfParts(
  splits: GivenSplits,
  { shipment }: Candidate,
  { cargo, load }: { cargo: Cargo; load: Load },
): { load: Load; licensePlate?: string }[] | undefined {
  const split = splits.get(keyOf(shipment.id));
  if (!split || load.every((quantity) => quantity === 0)) return undefined;
  const parts = split.parts.map(({ amounts, licensePlate }) => {
    const own = cargo.materials.map(() => 0);
    for (const { material, amount, field } of amounts) {
      const index = cargo.materials.indexOf(material);
      if (amount.digits === 0n) continue;
      if (index < 0 || load[index] === 0)
        refuse(field, `is of ${material}, which the shipment does not carry`);
      own[index]! += Number(rescale(amount, cargo.scale));
    }
    return { load: own, ...(licensePlate !== undefined && { licensePlate }) };
  });
  const sum = addLoads(
    parts.map((part) => part.load),
    cargo.materials.length,
  );
  const wrong = sum.findIndex((quantity, material) => quantity !== load[material]);
  if (wrong >= 0) {
    const [given, whole] = [sum[wrong]!, load[wrong]!].map((quantity) => quantityText(quantity, cargo.scale));
    refuse(split.field, `adds up to ${given} 条 of ${cargo.materials[wrong]}, but the shipment has ${whole}`);
  }
  return parts.filter((part) => part.load.some((quantity) => quantity > 0));
}

/** What is needed to hold parts against the fleet. */
export type PartContext = ScreenContext & { cargo: Cargo; kept: readonly Kept[]; isGiven: boolean };

/** A shipment in the parts that it was cut into by hand, or why one of them can be on no route. */
export function giveParts(
  consignment: Omit<Consignment, "isSplit" | "parts">,
  loads: readonly { load: Load; licensePlate?: string }[],
  context: PartContext,
): Consignment | Refusal {
  const parts: GivenPart[] = [];
  const { penalty } = consignment.conditions;
  const { licensePlates } = context;
  for (const [index, { load, licensePlate }] of loads.entries()) {
    const plate = licensePlate === undefined ? -1 : licensePlates.indexOf(licensePlate);
    const { classes: _, ...own } = consignment.conditions;
    const classes = classesOf(load, context.cargo.materials, context.separation);
    const agreed: Conditions = {
      ...own,
      ...(classes !== 0 && { classes }),
      ...(plate >= 0 && own.vehicle < 0 && { vehicle: plate }),
      // Together they cost what the shipment does.
      ...(penalty !== undefined && { penalty: Math.round(penalty / loads.length) }),
    };
    const conditions = keepWhere(
      agreed,
      context.kept.find(({ part }) => part === undefined || part === index),
      licensePlates,
    );
    const name = `Shipment ${consignment.shipment.id} (part ${index + 1} of ${loads.length})`;
    const verdict = context.isGiven
      ? "whole"
      : screen({ name, load, unmappedItems: [], conditions }, { ...context, allowSplit: false });
    if (typeof verdict === "object") return verdict;
    parts.push({ load, conditions });
  }
  return { ...consignment, isSplit: true, parts };
}

function refuse(field: string, fault: string): never {
  throw new Failure("invalid_input", `${field} ${fault}.`, {
    hint: "Give parts whose items add up to the shipment, material by material.",
    fields: [field],
  });
}
