import { Acceptance } from "./acceptance.ts";
import { Calibration } from "./calibration.ts";
import { FleetReduction } from "./fleet-reduction.ts";
import { recreate } from "./operators/recreate.ts";
import { ruin } from "./operators/ruin.ts";
import { Patience } from "./patience.ts";
import type { SearchParts } from "./search-parts.ts";
import type { StopBudget } from "./stop-budget.ts";

/** The rounds of a search: each ruins, recreates, and accepts or takes back. */
export type Rounds = {
  next: () => void;
  /** Whether all vehicles may be used: not while the search tries to do without some. */
  isReady: () => boolean;
};

/** Makes the rounds. `isWarm`: they begin with an earlier plan. */
export function createRounds(parts: SearchParts, budget: StopBudget, isWarm: boolean): Rounds {
  const { routes, absence, best } = parts;
  const calibration = new Calibration(parts);
  const acceptance = new Acceptance(parts, isWarm);
  const reduction = new FleetReduction(routes, absence, best);
  const patience = new Patience();
  const next = (): void => {
    const before = routes.total + absence.penaltyOf(absence.current);
    const limit = acceptance.drawLimit(before, budget.fraction);
    routes.begin();
    const seed = drawSeed(parts);
    ruin(parts, seed);
    const isWhole = recreate(parts, seed, limit);
    if (isWhole && acceptance.accepts(routes.total + absence.penaltyOf(absence.trial), limit)) {
      absence.keepTrial();
      if (best.offer()) {
        calibration.step();
        if (best.absent === 0) budget.tellFull(parts.progress);
      }
    } else {
      routes.undo();
    }
    if (!reduction.isOver) reduction.step(budget.fraction);
    else patience.step(budget, acceptance, best);
  };
  return { next, isReady: () => reduction.isOver };
}

/** Where a ruin begins: at any stop, or half of the time at one that is left out. */
function drawSeed({ seeds, absence, random }: SearchParts): number {
  const { stops, count } = absence.current;
  if (count > 0 && random.fraction() < 0.5) return stops[random.below(count)]!;
  return seeds.stops[random.below(seeds.count)]!;
}
