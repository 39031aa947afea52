import type { PackingModel } from "./packing-model.ts";

/** Prices of the items as exact integers, and the number that stands for a cost of 1. */
export type Prices = {
  /** [class]. */
  value: Float64Array;
  /** A power of two. */
  one: number;
};

const mostBits = 48;

/**
 * The duals of a master program as exact integers. They need not be optimal, nor even right: any prices give a valid
 * bound, so the rounding of the linear program's solver never makes a bound wrong (Held, Cook and Sewell 2012, §3).
 */
export function toPrices({ classes }: PackingModel, duals: Float64Array): Prices {
  let total = 1;
  for (const [index, members] of classes.entries()) total += members.length * Math.max(0, duals[index]!);
  const one = 2 ** (mostBits - Math.ceil(Math.log2(total)));
  return {
    value: Float64Array.from(classes, (_, index) => Math.floor(Math.max(0, duals[index]!) * one)),
    one,
  };
}

/** A lower bound with the prices that give it, and what a load of each type is worth at most at them. */
export type PricedBound = { bound: number; prices: Prices; limit: Float64Array };

/**
 * What every packing of all items costs at least, exact and rounded up. `limit` is what a load of each type is worth
 * at most at the prices. Each type's loads are paid their cost, and `available` of them what their worth is above it
 * (Lagrangian relaxation of the numbers of vehicles); all prices may be scaled down until the loads of a type are worth
 * no more than they cost (Farley 1990). The bound is piecewise linear in that scale: its best is at one of the types'.
 */
export function safeBound(model: PackingModel, prices: Prices, limit: Float64Array): PricedBound {
  const cost = model.cost.map((own) => own * prices.one);
  const scales: Scale[] = [[1n, 1n]];
  for (const [type, own] of limit.entries()) {
    if (own > cost[type]!) scales.push([BigInt(cost[type]!), BigInt(own)]);
  }
  let best: PricedBound = { bound: 0, prices, limit };
  for (const scale of scales) {
    const scaled = { ...prices, value: prices.value.map((value) => shrinkBy(scale, value)) };
    // A load is worth no more than its items' prices before they were rounded down.
    const scaledLimit = limit.map((own) => shrinkBy(scale, own));
    const bound = boundOf(model, scaled, scaledLimit);
    if (bound > best.bound) best = { bound, prices: scaled, limit: scaledLimit };
  }
  return best;
}

/** A fraction: numerator, denominator. */
type Scale = [bigint, bigint];

function shrinkBy([numerator, denominator]: Scale, value: number): number {
  return numerator === denominator ? value : Number((BigInt(value) * numerator) / denominator);
}

function boundOf(model: PackingModel, { value, one }: Prices, limit: Float64Array): number {
  let bound = 0n;
  for (const [index, members] of model.classes.entries())
    bound += BigInt(members.length) * BigInt(value[index]!);
  for (const [type, own] of limit.entries()) {
    const excess = BigInt(own) - BigInt(model.cost[type]!) * BigInt(one);
    if (excess > 0n) bound -= BigInt(model.available[type]!) * excess;
  }
  return Number(divideUp(bound, BigInt(one)));
}

function divideUp(a: bigint, b: bigint): bigint {
  return a <= 0n ? 0n : (a + b - 1n) / b;
}
