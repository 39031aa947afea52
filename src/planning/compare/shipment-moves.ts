import type { Plan } from "../../domain/plan.ts";
import { type MoveKind, moveKinds, type ShipmentMove } from "./difference.ts";
import { keptOrder } from "./kept-order.ts";
import { type Standing, standingsOf } from "./standings.ts";

type Pair = { before: Standing | undefined; after: Standing | undefined };

/** Every shipment that stands elsewhere in the second plan. Being pushed along by others is no move. */
export function shipmentMoves(before: Plan, after: Plan): ShipmentMove[] {
  const pairs = pairUp(standingsOf(before), standingsOf(after));
  const reordered = findReordered(pairs);
  const moves = pairs.flatMap((pair) => {
    const kind = reordered.has(pair) ? "reordered" : kindOf(pair);
    return kind === undefined ? [] : [describe(pair, kind)];
  });
  return moves.sort((a, b) => moveKinds.indexOf(a.kind) - moveKinds.indexOf(b.kind));
}

function pairUp(before: Map<string, Standing>, after: Map<string, Standing>): Pair[] {
  const keys = new Set([...before.keys(), ...after.keys()]);
  return [...keys].map((key) => ({ before: before.get(key), after: after.get(key) }));
}

function kindOf({ before, after }: Pair): MoveKind | undefined {
  if (!after) return "gone";
  const isRemoved = after.leftOut?.reason === "removed";
  const wasRemoved = before?.leftOut?.reason === "removed";
  if (isRemoved) return wasRemoved ? undefined : "removed";
  if (!before || wasRemoved) return "added";
  if (before.places.length === 0) return after.places.length === 0 ? undefined : "served";
  if (after.places.length === 0) return "left_out";
  if (isAlike(before, after)) return undefined;
  return before.places.length === 1 && after.places.length === 1 ? "moved" : "split";
}

/** Whether the same goods ride on the same vehicles and trips, whatever their order. */
function isAlike(before: Standing, after: Standing): boolean {
  const freight = new Set(after.freight);
  return before.freight.length === after.freight.length && before.freight.every((part) => freight.has(part));
}

/** Of the shipments that stay on their vehicle and trip, as few as can be that stand in another order there. */
function findReordered(pairs: readonly Pair[]): Set<Pair> {
  const byTrip = new Map<string, { pair: Pair; from: number; to: number }[]>();
  for (const pair of pairs) {
    const [from] = pair.before?.places ?? [];
    const [to] = pair.after?.places ?? [];
    if (!from || !to || kindOf(pair) !== undefined) continue;
    if (pair.before?.places.length !== 1 || pair.after?.places.length !== 1) continue;
    const trip = `${to.licensePlate}\n${to.trip ?? 1}`;
    byTrip.set(trip, [...(byTrip.get(trip) ?? []), { pair, from: from.stop, to: to.stop }]);
  }
  const reordered = new Set<Pair>();
  for (const stays of byTrip.values()) {
    stays.sort((a, b) => a.from - b.from || a.to - b.to);
    const kept = keptOrder(stays.map(({ to }) => to));
    for (const [index, { pair }] of stays.entries()) if (!kept.has(index)) reordered.add(pair);
  }
  return reordered;
}

function describe({ before, after }: Pair, kind: MoveKind): ShipmentMove {
  const { shipmentId } = (after ?? before)!;
  const customerName = after?.customerName ?? before?.customerName ?? null;
  const leftOut = after?.leftOut;
  return {
    shipmentId,
    customerName,
    kind,
    from: before?.places ?? [],
    to: after?.places ?? [],
    ...(leftOut && { reason: leftOut.reason, message: leftOut.message }),
  };
}
