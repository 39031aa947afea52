/** Classes of items to choose from: what one is worth, what it takes of the room, how many there are. */
export type Choice = {
  count: number;
  /** [class]. */
  value: Float64Array;
  copies: Int32Array;
  /** Shares of the room, which is 1 in every dimension, [class * dimensions + dimension]. */
  share: Float64Array;
  dimensions: number;
};

const atNone = 0;
const atAll = 1;
const inBasis = 2;
const tolerance = 1e-9;

/**
 * The prices of the room, by dimension, at the optimum of the knapsack in which items may be cut: simplex with bounded
 * variables (Dantzig 1963, §18-2), whose basis has but one row a dimension. Whatever prices it ends with give a
 * valid bound, so that neither rounding nor the limit of pivots can make one wrong.
 */
export function priceRoom(choice: Choice): Float64Array {
  return fillRoom(choice).prices;
}

/** The same, with how many of each class are taken at the optimum, in parts, [class]. */
export function fillRoom(choice: Choice): { prices: Float64Array; amounts: Float64Array } {
  const { count, value, copies, dimensions: m } = choice;
  // Column j < count is a class, count + d the slack of dimension d.
  const state = new Uint8Array(count + m).fill(inBasis, count);
  const basis = Int32Array.from({ length: m }, (_, row) => count + row);
  const inverse = new Float64Array(m * m);
  for (let row = 0; row < m; row++) inverse[row * m + row] = 1;
  const level = new Float64Array(m).fill(1);
  const prices = new Float64Array(m);
  const column = new Float64Array(m);
  for (let pivot = 0; pivot < 200 + 4 * m; pivot++) {
    const entering = findEntering(choice, state, prices);
    if (entering < 0) break;
    solveColumn(choice, inverse, entering, column);
    const sign = state[entering] === atAll ? -1 : 1;
    const { row, step } = findLeaving({
      choice,
      basis,
      level,
      column,
      sign,
      most: entering < count ? copies[entering]! : Infinity,
    });
    if (step === Infinity) break;
    for (let i = 0; i < m; i++) level[i]! -= sign * step * column[i]!;
    if (row < 0) {
      state[entering] = sign > 0 ? atAll : atNone;
      continue;
    }
    const leaving = basis[row]!;
    state[leaving] = sign * column[row]! > 0 ? atNone : atAll;
    level[row] = (sign > 0 ? 0 : copies[entering]!) + sign * step;
    basis[row] = entering;
    state[entering] = inBasis;
    pivotOn(inverse, column, row);
    for (let d = 0; d < m; d++) {
      let sum = 0;
      for (let i = 0; i < m; i++) if (basis[i]! < count) sum += value[basis[i]!]! * inverse[i * m + d]!;
      prices[d] = sum;
    }
  }
  const amounts = new Float64Array(count + m);
  for (let j = 0; j < count; j++) if (state[j] === atAll) amounts[j] = copies[j]!;
  for (let row = 0; row < m; row++) amounts[basis[row]!] = level[row]!;
  return { prices: prices.map((price) => Math.max(0, price)), amounts: amounts.subarray(0, count) };
}

/** The column whose change gains most a unit; -1 at the optimum. */
function findEntering(
  { count, value, share, dimensions: m }: Choice,
  state: Uint8Array,
  prices: Float64Array,
): number {
  let best = -1;
  let most = 0;
  for (let j = 0; j < count; j++) {
    if (state[j] === inBasis) continue;
    let gain = value[j]!;
    for (let d = 0; d < m; d++) gain -= prices[d]! * share[j * m + d]!;
    if (state[j] === atAll) gain = -gain;
    if (gain > most && gain > tolerance * value[j]!) {
      most = gain;
      best = j;
    }
  }
  for (let d = 0; d < m; d++) {
    if (state[count + d] === inBasis || -prices[d]! <= most) continue;
    most = -prices[d]!;
    best = count + d;
  }
  return best;
}

function solveColumn(
  { count, share, dimensions: m }: Choice,
  inverse: Float64Array,
  j: number,
  column: Float64Array,
): void {
  for (let i = 0; i < m; i++) {
    let sum = 0;
    if (j >= count) sum = inverse[i * m + j - count]!;
    else for (let d = 0; d < m; d++) sum += inverse[i * m + d]! * share[j * m + d]!;
    column[i] = sum;
  }
}

type Ratio = {
  choice: Choice;
  basis: Int32Array;
  level: Float64Array;
  column: Float64Array;
  sign: number;
  most: number;
};

/** How far the entering column can go, and the basic one that stops it; row -1 when it is its own bound. */
function findLeaving({ choice, basis, level, column, sign, most }: Ratio): { row: number; step: number } {
  let row = -1;
  let step = most;
  for (let i = 0; i < basis.length; i++) {
    const change = sign * column[i]!;
    const upper = basis[i]! < choice.count ? choice.copies[basis[i]!]! : Infinity;
    let room = Infinity;
    if (change > tolerance) room = level[i]! / change;
    else if (change < -tolerance) room = (upper - level[i]!) / -change;
    if (room < step) {
      step = Math.max(0, room);
      row = i;
    }
  }
  return { row, step };
}

function pivotOn(inverse: Float64Array, column: Float64Array, row: number): void {
  const m = column.length;
  const pivot = column[row]!;
  for (let d = 0; d < m; d++) inverse[row * m + d]! /= pivot;
  for (let i = 0; i < m; i++) {
    const factor = column[i]!;
    if (i === row || factor === 0) continue;
    for (let d = 0; d < m; d++) inverse[i * m + d]! -= factor * inverse[row * m + d]!;
  }
}
