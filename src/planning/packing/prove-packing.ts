import { Failure } from "../../domain/failure.ts";
import { checkPackingProblem } from "./check-problem.ts";
import { ColumnGeneration } from "./column-generation.ts";
import { raiseConfigurationBound } from "./configuration-bound.ts";
import { dive } from "./dive.ts";
import type { OpenLinearProgram } from "./linear-program.ts";
import { buildPackingModel } from "./packing-model.ts";
import type { PackingProblem } from "./packing-problem.ts";
import type { PackingOptions, PackingProof } from "./packing-proof.ts";
import { PackingWork } from "./packing-work.ts";
import { settlePacking } from "./settle-packing.ts";

/** Shares of the time after which a step ends at the latest, counted from the call, by size of the problem. */
const plans = {
  /** Settled exactly, as a rule. */
  small: { search: 0.1, squeeze: 0.25, bound: 0.4, settle: 0.9 },
  medium: { search: 0.1, squeeze: 0.25, bound: 0.45, settle: 0 },
  /** Medium, with little time. */
  brief: { search: 0.3, squeeze: 0.75, bound: 0.9, settle: 0 },
  /** Columns come too slowly to find packings with them. */
  large: { search: 0.05, squeeze: 0.9, bound: 0.95, settle: 0 },
};
const mostItems = { small: 36, medium: 300 };
/** The same for a run without a solver of linear programs. */
const alone = { search: 0.5, squeeze: 0.9 };
/** Iterations of a search for each item, where bounds and dives are to come. */
const iterationsPerItem = 200;
const squeezeRounds = { first: 3, last: 6 };
/** A search without an end in time ends after so many dives. */
const mostDives = 200;
/** Milliseconds. */
const leastForDives = 1_500;
const diveNoise = 0.5;

/** Packs, bounds and, where it can, proves. A Failure `invalid_input` for what is no packing problem. */
export function provePacking(problem: PackingProblem, options: PackingOptions): PackingProof {
  checkPackingProblem(problem);
  if (options.iterations === undefined && options.timeLimitMilliseconds === Number.POSITIVE_INFINITY) {
    throw noBudget();
  }
  const { openLinearProgram } = options;
  const work = new PackingWork(buildPackingModel(problem), options);
  if (openLinearProgram) packWithProof(work, openLinearProgram);
  else packAlone(work);
  return work.conclude();
}

function noBudget(): Failure {
  return new Failure("invalid_input", "The packing has neither an iteration budget nor a time limit.", {
    hint: "Give at least one of iterations and timeLimitMilliseconds.",
  });
}

function packAlone(work: PackingWork): void {
  const { itemCount } = work.model;
  work.search(itemCount > mostItems.medium ? 1 : alone.search, work.iterationsLeft() / 2);
  work.squeeze(alone.squeeze, squeezeRounds.last);
  work.search(1, work.iterationsLeft());
}

function packWithProof(work: PackingWork, openLinearProgram: OpenLinearProgram): void {
  const { itemCount } = work.model;
  const size = sizeOf(work);
  const plan = plans[size];
  work.search(plan.search, Math.min(iterationsPerItem * itemCount, work.iterationsLeft() / 2));
  work.squeeze(plan.squeeze, size === "large" ? squeezeRounds.last : squeezeRounds.first);
  if (!work.isDone()) boundAndSettle(work, { openLinearProgram, plan, isLarge: size === "large" });
  work.squeeze(1, squeezeRounds.last);
  work.search(1, work.iterationsLeft());
}

function sizeOf(work: PackingWork): keyof typeof plans {
  const { itemCount } = work.model;
  if (itemCount <= mostItems.small) return "small";
  if (itemCount > mostItems.medium) return "large";
  return work.millisecondsLeft(1) < 2 * leastForDives ? "brief" : "medium";
}

type BoundPlan = {
  openLinearProgram: OpenLinearProgram;
  plan: { bound: number; settle: number };
  isLarge: boolean;
};

/** The configuration bound; then what it was found with is made a proof, or else packings. */
function boundAndSettle(work: PackingWork, { openLinearProgram, plan, isLarge }: BoundPlan): void {
  const millisecondsLeft = (): number => work.millisecondsLeft(plan.bound);
  const generation = new ColumnGeneration({
    model: work.model,
    openLinearProgram,
    patterns: work.patterns(),
    shouldStop: work.shouldStop,
    millisecondsLeft,
  });
  try {
    const isComplete = raiseConfigurationBound(generation, { enough: work.costToBeat(), millisecondsLeft });
    work.raise(generation.best.bound);
    if (!work.isDone() && plan.settle > 0) settle(work, generation, plan.settle);
    // The less complete the columns are, the longer dives take and the worse they end. They are good at tight fleets.
    if (!isComplete && !isLarge && work.isWhole()) work.squeeze(squeezeEnd(work), squeezeRounds.first);
    if (isComplete || (!isLarge && work.millisecondsLeft(1) > leastForDives)) diveOn(work, generation);
  } finally {
    generation.close();
  }
}

/** Up to the dives, or to the end where there is no time for any. */
function squeezeEnd(work: PackingWork): number {
  const half = 0.55;
  return work.millisecondsLeft(1) - work.millisecondsLeft(half) > leastForDives ? half : 1;
}

function settle(work: PackingWork, generation: ColumnGeneration, end: number): void {
  const { isProven, patterns } = settlePacking({
    model: work.model,
    bound: generation.best,
    bestCost: work.costToBeat(),
    isOver: () => work.isStopped(end),
  });
  if (patterns) work.take(patterns);
  if (isProven) work.settle();
}

/** Dives, and searches on from where each ends for as long as it took. */
function diveOn(work: PackingWork, generation: ColumnGeneration): void {
  generation.limitTime(() => work.millisecondsLeft(1));
  for (let count = 0; count < mostDives && !work.isDone() && !work.isStopped(1); count++) {
    const start = work.millisecondsLeft(1);
    const patterns = dive({ generation, noise: count === 0 ? 0 : diveNoise, random: work.random });
    if (work.isStopped(1)) return;
    work.take(patterns);
    // Where a dive leaves items out the search hardly ever finds room: another dive is sooner right.
    if (!work.isWhole()) continue;
    const iterations = Math.min(iterationsPerItem * work.model.itemCount, work.iterationsLeft());
    work.searchFor(start - work.millisecondsLeft(1), iterations);
    if (work.iterationsLeft() === 0) return;
  }
}
