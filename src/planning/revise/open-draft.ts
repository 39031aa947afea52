import type { Plan, PlanStop, SplitPart } from "../../domain/plan.ts";
import type { MaterialQuantity } from "../../domain/plan-change.ts";
import { keyOf } from "../prepare/request.ts";
import { withoutWouldTake } from "../would-take/add-would-take.ts";
import type { Draft, DraftPart, RevisionContext } from "./draft.ts";
import { addItems, isSameItems } from "./items.ts";

/** What a plan's stop unloads of one shipment. */
type Piece = { stop: PlanStop; items: MaterialQuantity[]; licensePlate: string };

/** A plan as a draft without changes: what is on its stops is what was planned, whatever today's rules say. */
export function openDraft(plan: Plan, context: RevisionContext): Draft {
  const pieces = gatherPieces(plan);
  const partsAt = new Map<PlanStop, Map<string, DraftPart[]>>();
  const loose: DraftPart[] = [];
  const splits = new Map(
    (plan.options.splits ?? []).map(({ shipmentId, parts }) => [keyOf(shipmentId), parts]),
  );
  for (const [key, own] of pieces) {
    const recalled = recallParts(splits.get(key) ?? [], own);
    for (const [index, { stop }] of own.entries()) {
      const id = stop.shipmentIds.find((one) => keyOf(one) === key)!;
      const byShipment = partsAt.get(stop) ?? new Map<string, DraftPart[]>();
      byShipment.set(
        key,
        recalled.ofPieces[index]!.map((part) => toPart(id, part)),
      );
      partsAt.set(stop, byShipment);
      if (index === 0) loose.push(...recalled.loose.map((part) => toPart(id, part)));
    }
  }
  return {
    plan,
    context,
    options: { ...plan.options },
    vehicles: [...plan.vehicles],
    shipments: [...plan.shipments],
    routes: plan.routes.map(({ licensePlate, stops }) => ({
      licensePlate,
      stops: stops.map((stop) => ({
        trip: stop.trip ?? 1,
        parts: stop.shipmentIds.flatMap((id) => partsAt.get(stop)?.get(keyOf(id)) ?? []),
      })),
    })),
    unassigned: plan.unassigned.map(withoutWouldTake),
    loose,
    touched: new Map(),
    concerned: new Map(),
    named: new Map(),
    pinned: new Map(),
    renamed: new Map(),
    hasLessRoom: false,
  };
}

function toPart(shipmentId: DraftPart["shipmentId"], { items, licensePlate }: SplitPart): DraftPart {
  return {
    shipmentId,
    items: addItems(items),
    ...(licensePlate !== undefined && { lockedTo: licensePlate }),
  };
}

/** By `keyOf` the shipment, in the order of the routes. */
function gatherPieces({ routes }: Plan): Map<string, Piece[]> {
  const pieces = new Map<string, Piece[]>();
  for (const { licensePlate, stops } of routes) {
    for (const stop of stops) {
      for (const [key, items] of Map.groupBy(stop.items, ({ shipmentId }) => keyOf(shipmentId))) {
        const piece = {
          stop,
          licensePlate,
          items: items.map(({ material, quantity }) => ({ material, quantity })),
        };
        const known = pieces.get(key);
        if (known) known.push(piece);
        else pieces.set(key, [piece]);
      }
    }
  }
  return pieces;
}

/**
 * The parts that a shipment was split into, by the stops that they came to. Parts that came to one stop are told there
 * as one; what is on no stop is loose. A shipment whose stops are not made of those parts has its stops as parts.
 */
function recallParts(
  parts: readonly SplitPart[],
  pieces: readonly Piece[],
): { ofPieces: SplitPart[][]; loose: SplitPart[] } {
  if (parts.length === 0) return { ofPieces: pieces.map(({ items }) => [{ items }]), loose: [] };
  const left = [...parts];
  const ofPieces: SplitPart[][] = pieces.map(({ items }) => {
    const index = left.findIndex((part) => isSameItems(part.items, items));
    return index < 0 ? [] : left.splice(index, 1);
  });
  const open = ofPieces.flatMap((found, index) => (found.length === 0 ? [index] : []));
  if (open.length === 0) return { ofPieces, loose: left };
  const [only] = open;
  if (open.length === 1 && isSameItems(addItems(...left.map(({ items }) => items)), pieces[only!]!.items)) {
    return { ofPieces: ofPieces.with(only!, left), loose: [] };
  }
  const locked = new Set(parts.flatMap(({ licensePlate }) => licensePlate ?? []));
  const asStops = pieces.map(({ items, licensePlate }): SplitPart[] => [
    { items, ...(locked.has(licensePlate) && { licensePlate }) },
  ]);
  return { ofPieces: asStops, loose: [] };
}
