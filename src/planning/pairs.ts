import { Failure } from "../domain/failure.ts";
import type { Problem } from "./problem.ts";

/** Which stops are the two ends of one load. */
export type Pairs = {
  /** The other stop of the pair, -1 for a stop of none, [stop]. */
  partner: Int32Array;
  /** 1 for the delivery stops of pairs, [stop]. */
  isDelivery: Uint8Array;
};

const known = new WeakMap<Int32Array, Pairs>();

/** The pairs of a problem; undefined when it has none. */
export function pairsOf({ stops: { pickupOf } }: Pick<Problem, "stops">): Pairs | undefined {
  if (!pickupOf) return undefined;
  const pairs = known.get(pickupOf) ?? readPairs(pickupOf);
  known.set(pickupOf, pairs);
  return pairs.partner.some((other) => other >= 0) ? pairs : undefined;
}

function readPairs(pickupOf: Int32Array): Pairs {
  const partner = new Int32Array(pickupOf.length).fill(-1);
  for (const [delivery, pickup] of pickupOf.entries()) {
    if (pickup < 0) continue;
    partner[delivery] = pickup;
    if (pickup < partner.length) partner[pickup] = delivery;
  }
  return { partner, isDelivery: Uint8Array.from(pickupOf, (pickup) => (pickup < 0 ? 0 : 1)) };
}

/** Amounts by stop, as in `StopTable`, without those of pairs: what is on board from the start, or to the end. */
export function amountsOfSingles({ stops, dimensions }: Problem, amounts: Float64Array): Float64Array {
  const pairs = pairsOf({ stops });
  if (!pairs) return amounts;
  return amounts.map((amount, at) => (pairs.partner[Math.floor(at / dimensions)]! < 0 ? amount : 0));
}

/** Ends with `invalid_input` where `pickupOf` names no pairs, or a pair says of its delivery what only its pickup may. */
export function refuseBentPairs({ stops, dimensions }: Problem): void {
  const { pickupOf, count, delivery: unloaded, pickup: loaded, priority, penalty } = stops;
  const taken = new Set<number>();
  for (const [stop, pickup] of pickupOf?.entries() ?? []) {
    if (pickup < 0) continue;
    const isStop = pickup < count && pickup !== stop && pickupOf![pickup]! < 0;
    if (!isStop || taken.has(pickup)) refuse(stop, "takes a stop that is the pickup of this delivery alone");
    taken.add(pickup);
    for (let d = 0; d < dimensions; d++) {
      const [at, from] = [stop * dimensions + d, pickup * dimensions + d];
      const isWhole = unloaded[at] === loaded[from] && loaded[at] === 0 && unloaded[from] === 0;
      if (!isWhole) refuse(stop, "takes a pickup of the same amount, and neither stop may have another one");
    }
    if (priority[stop] !== 0) refuse(stop, "leaves the priority to the pickup stop");
    const due = Number.isFinite(penalty?.[pickup] ?? unlimited) ? 0 : unlimited;
    if (penalty && penalty[stop] !== due)
      refuse(stop, `leaves the penalty to the pickup stop: it must be ${due}`);
  }
}

const unlimited = Number.POSITIVE_INFINITY;

function refuse(stop: number, fault: string): never {
  const path = `stops.pickupOf[${stop}]`;
  throw new Failure("invalid_input", `${path} ${fault}.`, { fields: [path] });
}
