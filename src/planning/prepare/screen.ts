import type { UnassignedReason } from "../../domain/plan.ts";
import { quote } from "../../domain/vendor-text.ts";
import type { Load } from "./cargo.ts";
import type { Conditions } from "./conditions.ts";
import {
  describeFraction,
  describeLoad,
  describeMaterials,
  describeRoomFor,
  joinWords,
  type LoadNames,
} from "./load-words.ts";
import { quantityText } from "./quantities.ts";
import { fits, type Room, sumOfFills } from "./room.ts";
import { describeTorn, type Separation } from "./separation.ts";
import { vehiclesFor } from "./stops.ts";

/** A reason with its sentence. */
export type Refusal = { reason: UnassignedReason; message: string };

/** What a shipment is held against before any search. */
export type ScreenContext = {
  room: Room;
  names: LoadNames;
  licensePlates: readonly string[];
  separation: Separation;
  allowSplit: boolean;
};

/** One shipment; `name` begins the sentence: "Shipment 17". */
export type Screened = { name: string; load: Load; unmappedItems: readonly string[]; conditions: Conditions };

/** How a shipment may be planned: "whole", "split" into parts, or why no plan of this fleet can hold it. */
export function screen(shipment: Screened, context: ScreenContext): "whole" | "split" | Refusal {
  const { name, load, unmappedItems, conditions } = shipment;
  if (unmappedItems.length > 0) return refuseUnmapped(name, unmappedItems);
  if (load.every((quantity) => quantity === 0)) {
    return {
      reason: "no_quantity",
      message: `${name} has nothing to carry: no item with a quantity above zero.`,
    };
  }
  if (conditions.conflict !== "")
    return { reason: "lock_impossible", message: `${name} ${conditions.conflict}.` };
  const torn = describeTorn(conditions.classes ?? 0, context.separation);
  if (torn !== undefined) {
    const message = `${name} carries ${torn}, which must not ride together: give it as two shipments.`;
    return { reason: "rules_conflict", message };
  }
  const takers = context.licensePlates.keys().filter((vehicle) => fits(context.room, vehicle, load));
  return weigh(shipment, takers.toArray(), context);
}

function refuseUnmapped(name: string, items: readonly string[]): Refusal {
  const names = [...new Set(items)].map((item) => quote(item));
  const shown = names.length > 3 ? [...names.slice(0, 3), `${names.length - 3} more`] : names;
  return {
    reason: "unmapped_item",
    message: `${name} has items of unknown material: ${joinWords(shown)}.`,
  };
}

function weigh(
  shipment: Screened,
  takers: readonly number[],
  context: ScreenContext,
): "whole" | "split" | Refusal {
  const { name, load, conditions } = shipment;
  const { room, names, licensePlates, allowSplit } = context;
  const isPinned = conditions.vehicle >= 0;
  const allowed = new Set(vehiclesFor(conditions, room));
  if (takers.some((vehicle) => allowed.has(vehicle))) return "whole";
  if (takers.length > 0 && !isPinned) return refuseKeptOff(shipment, [...allowed], context);
  if (takers.length > 0) {
    const plate = licensePlates[conditions.vehicle];
    const takes = describeTaking(load, conditions.vehicle, context);
    return {
      reason: "lock_impossible",
      message: `${name} needs ${describeLoad(load, names)}; ${plate}, to which it is locked, ${takes}.`,
    };
  }
  const untaken = load.map((quantity, material) => (isTaken(room, material) ? 0 : quantity));
  if (untaken.some((quantity) => quantity > 0)) {
    const message = `${name} carries ${describeMaterials(untaken, names)}, which no vehicle takes.`;
    return { reason: "no_vehicle_for_material", message };
  }
  if (allowSplit && mayBeSplit(conditions)) return refuseMoreThanFleet(shipment, context) ?? "split";
  return refuseLarge(shipment, context);
}

/** The vehicles that rules leave it are too small, though others would do. */
function refuseKeptOff(
  { name, load }: Screened,
  allowed: readonly number[],
  context: ScreenContext,
): Refusal {
  const { room, licensePlates, names } = context;
  const nearest = findNearest(load, { ...room, capacity: allowed.map((vehicle) => room.capacity[vehicle]!) });
  const vehicle = allowed[Math.max(0, nearest)]!;
  const takes = describeTaking(load, vehicle, context);
  const message = `${name} needs ${describeLoad(load, names)}; ${licensePlates[vehicle]}, the nearest of those that shipment_rules leave it, ${takes}.`;
  return { reason: "rules_conflict", message };
}

/** Whether a shipment may ride in parts: what is said of it as a whole can't be kept in parts. */
export function mayBeSplit({ vehicle, together, apart, vehicles, penalty }: Conditions): boolean {
  if (vehicle >= 0) return false;
  return [together, apart, vehicles, penalty].every((term) => term === undefined);
}

function isTaken({ capacity }: Room, material: number): boolean {
  return capacity.some((row) => row[material]! > 0);
}

/** More of one material than the whole fleet takes can't be delivered in one plan, however it is split. */
function refuseMoreThanFleet({ name, load }: Screened, { room, names }: ScreenContext): Refusal | undefined {
  const fleet = load.map((_, material) =>
    room.capacity.reduce((sum, row, vehicle) => sum + row[material]! * (room.trips?.[vehicle] ?? 1), 0),
  );
  const over = load.findIndex((quantity, material) => quantity > fleet[material]!);
  if (over < 0) return undefined;
  const takes = `all ${room.capacity.length} vehicles together${room.trips ? ", on all their trips," : ""} take ${quantityText(fleet[over]!, names.scale)}`;
  return {
    reason: "larger_than_any_vehicle",
    message: `${name} needs ${describeOnly(over, load, names)}; ${takes}.`,
  };
}

function refuseLarge({ name, load, conditions }: Screened, context: ScreenContext): Refusal {
  const { room, names, licensePlates } = context;
  const largest = load.map((_, material) => Math.max(...room.capacity.map((row) => row[material]!)));
  const over = load.findIndex((quantity, material) => quantity > largest[material]!);
  if (over >= 0) {
    const takes = `the largest vehicle takes ${quantityText(largest[over]!, names.scale)}`;
    const hint = context.allowSplit || !mayBeSplit(conditions) ? "" : " (allow_split lets it ride in parts)";
    return {
      reason: "larger_than_any_vehicle",
      message: `${name} needs ${describeOnly(over, load, names)}; ${takes}${hint}.`,
    };
  }
  const nearest = findNearest(load, room);
  if (nearest < 0) {
    const message = `${name} carries ${describeMaterials(load, names)}, which no vehicle takes together.`;
    return { reason: "no_vehicle_for_material", message };
  }
  const takes = describeTaking(load, nearest, context);
  const message = `${name} needs ${describeLoad(load, names)}; ${licensePlates[nearest]}, which comes nearest, ${takes}.`;
  return { reason: "larger_than_any_vehicle", message };
}

/** The vehicle that takes all of the load's materials and is overfilled the least, -1 when none takes them all. */
function findNearest(load: Load, { model, capacity }: Room): number {
  const overfill = capacity.map((row) => {
    if (load.some((quantity, material) => quantity > 0 && row[material] === 0))
      return Number.POSITIVE_INFINITY;
    if (model === "shared") return sumOfFills(load, row);
    return Math.max(...load.map((quantity, material) => (quantity === 0 ? 0 : quantity / row[material]!)));
  });
  const least = Math.min(...overfill);
  return Number.isFinite(least) ? overfill.indexOf(least) : -1;
}

function describeOnly(material: number, load: Load, names: LoadNames): string {
  return describeLoad(
    load.map((quantity, index) => (index === material ? quantity : 0)),
    names,
  );
}

function describeTaking(load: Load, vehicle: number, { room, names }: ScreenContext): string {
  const capacity = room.capacity[vehicle]!;
  const takes = `takes ${describeRoomFor(load, capacity, names)}`;
  const isEachWithin = load.every((quantity, material) => quantity <= capacity[material]!);
  if (!isEachWithin) return takes;
  return `${takes} in one shared room, which it would fill ${describeFraction(sumOfFills(load, capacity))} times`;
}
