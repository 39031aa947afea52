import { keyOf } from "../prepare/request.ts";
import { platesFor } from "./agreements.ts";
import type { BrokenLimit } from "./broken-limit.ts";
import { type Draft, type DraftPart, routeOf } from "./draft.ts";
import { addItems } from "./items.ts";

/** What would work in place of a change that breaks a limit, as one sentence. */
export function hintFor(draft: Draft, broken: BrokenLimit): string {
  switch (broken.limit) {
    case "capacity":
      return hintForRoom(draft, broken);
    case "lock":
      return 'What is locked anew has to stand there: put move before lock in the same call, or let reoptimize "all" bring it there. An older lock is ended by unlock before the other change.';
    case "not_allowed":
      return "Choose a vehicle that shipment_rules leave it.";
    case "same_vehicle":
      return "Move all shipments of the group in one call.";
    case "different_vehicles":
    case "separate_materials":
      return "Choose another vehicle.";
    case "no_position":
      return "Leave position out: then it becomes the last stop of its trip.";
    default:
      return 'Choose another vehicle or place (without position it is the cheapest), or let reoptimize "routes" or "all" look for an order that keeps the limit.';
  }
}

const mostTold = 3;

/** Vehicles with room for what the last change brought there. */
function hintForRoom(draft: Draft, { licensePlate }: BrokenLimit): string {
  const parts = routeOf(draft, licensePlate)?.stops.flatMap((stop) => stop.parts) ?? [];
  const newest = parts.filter((part) => draft.pinned.has(part));
  const roomy =
    newest.length > 0
      ? draft.vehicles
          .map((one) => one.licensePlate)
          .filter((plate) => hasRoomFor(draft, { plate, parts: newest }))
      : [];
  const others = roomy.filter((plate) => plate !== licensePlate).slice(0, mostTold);
  if (others.length > 0) return `There is room for it on ${others.join(", ")}.`;
  return 'Move something off it first, split the shipment, or let reoptimize "all" share out anew.';
}

type Question = { plate: string; parts: readonly DraftPart[] };

function hasRoomFor(draft: Draft, { plate, parts }: Question): boolean {
  if (!parts.every(({ shipmentId }) => platesFor(draft, keyOf(shipmentId)).includes(plate))) return false;
  const { materialCapacities } = draft.vehicles.find(({ licensePlate }) => licensePlate === plate)!;
  const most = new Map<string, number>();
  for (const { materialName, capacity } of materialCapacities) {
    const name = materialName.trim();
    most.set(name, Math.min(most.get(name) ?? Number.POSITIVE_INFINITY, capacity));
  }
  const trips = Map.groupBy(routeOf(draft, plate)?.stops ?? [], ({ trip }) => trip);
  const loads =
    trips.size === 0 ? [[]] : [...trips.values()].map((stops) => stops.flatMap((stop) => stop.parts));
  return loads.some((load) => {
    const fills = addItems(...[...load, ...parts].map(({ items }) => items)).map(
      ({ material, quantity }) => Number(quantity) / (most.get(material) ?? 0),
    );
    const sum = fills.reduce((total, fill) => total + fill, 0);
    return draft.options.capacityModel === "shared" ? sum <= 1 : fills.every((fill) => fill <= 1);
  });
}
