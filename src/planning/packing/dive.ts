import type { Random } from "../search/random.ts";
import { type ColumnGeneration, nodeSteps } from "./column-generation.ts";
import type { Pattern } from "./knapsack.ts";

/** Pricings after each fixing, and the share of the open patterns that is fixed at a time. */
const roundsPerFixing = 4;
const fixedShare = 0.02;
const tolerance = 1e-6;

/** How a dive goes. */
export type DiveTask = {
  generation: ColumnGeneration;
  /** How much the shares are distorted by chance, so that another dive ends elsewhere; 0 for not at all. */
  noise: number;
  random: Random;
};

/**
 * Rounds the master's optimum to a packing by diving (Sadykov et al. 2019, §3): the largest shares become whole
 * vehicles, the program over what is left is solved again with a few more columns, and so on. Gives the loads; items
 * may be in none of them. The columns stay, what was fixed is open again.
 */
export function dive({ generation, noise, random }: DiveTask): Pattern[] {
  const fixed = new Map<number, number>();
  while (!generation.isOver()) {
    const shares = solveAgain(generation);
    if (!shares) break;
    const partOf = (at: number): number => shares[at]! - (fixed.get(at) ?? 0);
    const open = [...shares.keys()].filter((at) => partOf(at) > tolerance);
    if (open.length === 0) break;
    let hasFixed = false;
    const rank = new Map(open.map((at) => [at, partOf(at) * (1 + noise * random.fraction())]));
    open.sort((a, b) => rank.get(b)! - rank.get(a)! || a - b);
    const free = vehiclesLeft(generation, fixed);
    for (const at of chooseToFix(generation, open, partOf)) {
      const { type } = generation.patterns[at]!;
      const more = Math.min(free[type]!, Math.max(1, Math.floor(partOf(at) + tolerance)));
      if (more === 0) continue;
      free[type]! -= more;
      const count = (fixed.get(at) ?? 0) + more;
      fixed.set(at, count);
      generation.require(at, count);
      hasFixed = true;
    }
    if (!hasFixed) break;
  }
  for (const at of fixed.keys()) generation.require(at, 0);
  return [...fixed].flatMap(([at, count]) => new Array<Pattern>(count).fill(generation.patterns[at]!));
}

/** By type, how many vehicles are not fixed yet. */
function vehiclesLeft({ model, patterns }: ColumnGeneration, fixed: Map<number, number>): Int32Array {
  const free = model.available.slice();
  for (const [at, count] of fixed) free[patterns[at]!.type]! -= count;
  return free;
}

function solveAgain(generation: ColumnGeneration): Float64Array | undefined {
  let shares: Float64Array | undefined;
  for (let round = 0; round < roundsPerFixing; round++) {
    const solution = generation.solve();
    if (!solution) return undefined;
    shares = solution.values;
    const { rowDuals: duals } = solution;
    if (!generation.price(duals, { duals, nodes: nodeSteps[0]! })) break;
  }
  return shares;
}

/** All that are whole, and the first of the rest, as far as they share no items. */
function chooseToFix(
  { patterns }: ColumnGeneration,
  open: number[],
  partOf: (at: number) => number,
): number[] {
  const most = Math.ceil(open.length * fixedShare);
  const taken = new Set<number>();
  return open.filter((at, rank) => {
    const { classes } = patterns[at]!;
    if (rank >= most && partOf(at) < 1 - tolerance) return false;
    if (classes.some((index) => taken.has(index))) return false;
    for (const index of classes) taken.add(index);
    return true;
  });
}
