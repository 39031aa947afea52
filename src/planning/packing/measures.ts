import type { PackingModel } from "./packing-model.ts";

/** Sizes that make loads of several dimensions comparable. */
export type Measures = {
  /** How scarce a unit of each dimension is: shares of an average vehicle, by how many such vehicles it takes. */
  weight: Float64Array;
  /** Weighted load, [item]. */
  volume: Float64Array;
  /** Weighted capacity, [type]. */
  room: Float64Array;
  /** Least cost of a unit of room. */
  costPerRoom: number;
};

/** Weights as the dimension's demand over the average capacity (Panigrahy et al. 2011, §3, in whole vehicles). */
export function measure(model: PackingModel): Measures {
  const { dimensions, itemCount, typeCount, load, capacity, total, cost } = model;
  const weight = new Float64Array(dimensions);
  let needed = 0;
  for (let d = 0; d < dimensions; d++) {
    let sum = 0;
    for (let type = 0; type < typeCount; type++) sum += capacity[type * dimensions + d]!;
    const average = sum / Math.max(1, typeCount);
    if (average === 0) continue;
    weight[d] = total[d]! / average / average;
    needed += total[d]! / average;
  }
  if (needed > 0) for (let d = 0; d < dimensions; d++) weight[d]! /= needed;
  const room = weigh(capacity, typeCount, weight);
  const perRoom = Array.from(cost, (price, type) => (room[type]! > 0 ? price / room[type]! : 0));
  return {
    weight,
    volume: weigh(load, itemCount, weight),
    room,
    costPerRoom: perRoom.reduce((least, price) => Math.min(least, price), Number.POSITIVE_INFINITY),
  };
}

function weigh(rows: Float64Array, count: number, weight: Float64Array): Float64Array {
  const dimensions = weight.length;
  return Float64Array.from({ length: count }, (_, row) => {
    let sum = 0;
    for (let d = 0; d < dimensions; d++) sum += weight[d]! * rows[row * dimensions + d]!;
    return sum;
  });
}
