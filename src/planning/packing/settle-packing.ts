import { searchCover } from "./cover-search.ts";
import { Knapsack, type Pattern } from "./knapsack.ts";
import type { PackingModel } from "./packing-model.ts";
import type { PricedBound } from "./safe-bound.ts";

/** What is to be proven: that nothing is cheaper than `bestCost`, or what is. */
export type ProofTask = {
  model: PackingModel;
  bound: PricedBound;
  /** Cost of the packing to beat. */
  bestCost: number;
  isOver: () => boolean;
};

/** `isProven`: nothing is cheaper than the packing of the patterns, or than `bestCost` where there are none. */
export type Proof = { isProven: boolean; patterns: Pattern[] | undefined };

/** More loads than these are not looked through in the time there is. */
const mostPatterns = 100_000;
const mostNodes = 5_000_000;

/**
 * Settles a packing exactly: whatever is cheaper is made of loads whose cost exceeds their items' prices by less than
 * what lies between the bound and the packing (Baldacci et al. 2008, §4). All of these are listed, leaving out those
 * that something could be added to, and the cheapest choice among them is searched for. No number is rounded the wrong
 * way, so that what is proven holds exactly.
 */
export function settlePacking(task: ProofTask): Proof {
  const { model, bound, bestCost, isOver } = task;
  const patterns = listPatterns(task);
  if (!patterns) return { isProven: false, patterns: undefined };
  const paid = Float64Array.from(model.cost, (_, type) => paidFor(model, bound, type));
  const slack = slackOf(model, bound, bestCost);
  const { value, one } = bound.prices;
  return searchCover({ model, patterns, value, one, paid, slack, bestCost, isOver });
}

/** All loads that a cheaper packing can be made of; undefined when they are too many. */
function listPatterns({ model, bound, bestCost, isOver }: ProofTask): Pattern[] | undefined {
  const { prices } = bound;
  const slack = slackOf(model, bound, bestCost);
  const patterns: Pattern[] = [];
  for (let type = 0; type < model.typeCount; type++) {
    const above = Math.max(-1, paidFor(model, bound, type) - slack - 1);
    const { limit: reached } = new Knapsack(model, type).solve(prices.value, {
      above,
      nodes: mostNodes,
      isOver,
      onEach: (pattern) => patterns.push(pattern) <= mostPatterns,
    });
    if (patterns.length > mostPatterns || reached > above) return undefined;
  }
  return patterns;
}

/**
 * Every load of a type is worth at most what is paid for it: its cost, or more where the type's vehicles are few. Over
 * a packing, what was paid beyond the worth adds up to the packing's cost less the bound.
 */
function paidFor(model: PackingModel, { prices, limit }: PricedBound, type: number): number {
  return Math.max(model.cost[type]! * prices.one, limit[type]!);
}

/** What a packing cheaper than the best can pay beyond the worth of its loads, in units of the prices. */
function slackOf(model: PackingModel, bound: PricedBound, bestCost: number): number {
  const { value, one } = bound.prices;
  let slack = BigInt(bestCost - 1) * BigInt(one);
  for (const [index, members] of model.classes.entries())
    slack -= BigInt(members.length) * BigInt(value[index]!);
  for (let type = 0; type < model.typeCount; type++) {
    const premium = BigInt(paidFor(model, bound, type)) - BigInt(model.cost[type]!) * BigInt(one);
    slack += BigInt(model.available[type]!) * premium;
  }
  // Rounded to a double it may be short by 2^-53 of itself.
  return Math.ceil(Number(slack) * (slack > 0n ? 1 + 1e-12 : 1));
}
