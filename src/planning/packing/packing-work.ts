import { Random } from "../search/random.ts";
import { Bins } from "./bins.ts";
import { constructPacking } from "./construct-packing.ts";
import { dearestFleet } from "./dearest-fleet.ts";
import { fleetBound } from "./fleet-bound.ts";
import { improvePacking } from "./improve-packing.ts";
import type { Pattern } from "./knapsack.ts";
import { type Measures, measure } from "./measures.ts";
import type { PackingModel } from "./packing-model.ts";
import { isBetterPacking, type Packing } from "./packing-problem.ts";
import type { PackingOptions, PackingProof } from "./packing-proof.ts";
import { fillBins, keyOfPattern, readPatterns } from "./patterns.ts";
import { Placer } from "./placer.ts";
import { squeezePacking } from "./squeeze-packing.ts";

/** Moves of a squeeze take about as long as an iteration of the search. */
const movesPerIteration = 500;

/** A packing at work: the best so far, what is proven of it, and the time and iterations that are left. */
export class PackingWork {
  readonly model: PackingModel;
  readonly random: Random;
  readonly shouldStop: () => boolean;
  readonly #options: PackingOptions;
  readonly #measures: Measures;
  readonly #start: number;
  readonly #patterns = new Map<string, Pattern>();
  /** Where the search goes on. */
  #bins: Bins;
  #best: Packing;
  #bestPatterns: Pattern[];
  #lowerBound = 0;
  #isInfeasible = false;
  #iterations = 0;

  constructor(model: PackingModel, options: PackingOptions) {
    this.#start = options.now();
    this.model = model;
    this.random = new Random(options.seed);
    this.shouldStop = options.shouldStop ?? (() => false);
    this.#options = options;
    this.#measures = measure(model);
    this.#bins = constructPacking(model, { measures: this.#measures, random: this.random });
    this.#best = this.#bins.toPacking();
    this.#bestPatterns = readPatterns(this.#bins);
    this.#remember();
    this.raise(model.misfits.length > 0 ? Number.POSITIVE_INFINITY : 0);
  }

  /** Milliseconds until a share of the time is over. */
  millisecondsLeft(share: number): number {
    const { now, timeLimitMilliseconds } = this.#options;
    return share === 0 ? 0 : this.#start + share * timeLimitMilliseconds - now();
  }

  isStopped(share: number): boolean {
    return this.shouldStop() || this.millisecondsLeft(share) <= 0;
  }

  iterationsLeft(): number {
    return Math.max(0, (this.#options.iterations ?? Number.POSITIVE_INFINITY) - this.#iterations);
  }

  /** Nothing better can be found. */
  isDone(): boolean {
    return this.#isInfeasible || (this.#best.leftOut === 0 && this.#best.cost <= this.#lowerBound);
  }

  /** Whether all items are packed. */
  isWhole(): boolean {
    return this.#best.leftOut === 0;
  }

  /** A packing of all items is of use when it costs less. */
  costToBeat(): number {
    return this.#best.leftOut === 0 ? this.#best.cost : dearestFleet(this.model) + 1;
  }

  /** Loads of vehicles that were in good packings. */
  patterns(): Pattern[] {
    return [...this.#patterns.values()];
  }

  /** Searches until a share of the time is over, for no more than so many iterations. */
  search(share: number, mostIterations: number): void {
    this.searchFor(this.millisecondsLeft(share), mostIterations);
  }

  searchFor(milliseconds: number, mostIterations: number): void {
    if (this.isDone() || milliseconds <= 0 || mostIterations <= 0) return;
    const { now } = this.#options;
    const start = now();
    this.#iterations += improvePacking(this.#bins, this.#measures, this.random, {
      fraction: (iterations) => {
        if (this.shouldStop()) return 1;
        return Math.max((now() - start) / milliseconds, iterations / mostIterations);
      },
      enough: this.#lowerBound,
      onBest: () => this.#offer(this.#bins),
    });
  }

  /** Squeezes the best packing, and goes on from what comes of it. */
  squeeze(share: number, rounds: number): void {
    if (this.isDone() || this.isStopped(share)) return;
    this.#bins = this.#fill(this.#bestPatterns);
    squeezePacking({
      bins: this.#bins,
      random: this.random,
      enough: this.#lowerBound,
      millisecondsLeft: () => (this.shouldStop() ? 0 : this.millisecondsLeft(share)),
      budget: { moves: movesPerIteration * this.iterationsLeft() },
      rounds,
      onBetter: (better) => {
        this.#bins = better;
        this.#offer(better);
      },
    });
  }

  /** Makes a packing of loads, and goes on from there. */
  take(patterns: readonly Pattern[]): void {
    this.#bins = this.#fill(patterns);
    this.#offer(this.#bins);
  }

  /** No packing of all items costs less than the bound. */
  raise(bound: number): void {
    const rounded = fleetBound(this.model, bound);
    if (rounded > dearestFleet(this.model)) this.#isInfeasible = true;
    else if (rounded > this.#lowerBound) this.#lowerBound = rounded;
    this.#report();
  }

  /** Nothing is better than the best packing. */
  settle(): void {
    this.raise(this.#best.leftOut === 0 ? this.#best.cost : Number.POSITIVE_INFINITY);
  }

  conclude(): PackingProof {
    const { cost, leftOut } = this.#best;
    const lowerBound = this.#isInfeasible ? Number.POSITIVE_INFINITY : this.#lowerBound;
    const known = { packing: this.#best, cost, lowerBound, misfits: this.model.misfits };
    if (this.#isInfeasible) return { ...known, status: "infeasible", gapPercent: Number.POSITIVE_INFINITY };
    if (leftOut > 0) return { ...known, status: "unsettled", gapPercent: Number.POSITIVE_INFINITY };
    if (cost <= lowerBound) return { ...known, status: "optimal", gapPercent: 0 };
    return { ...known, status: "bounded", gapPercent: (100 * (cost - lowerBound)) / lowerBound };
  }

  /** Loads as bins; what they leave out is put where it fits. */
  #fill(patterns: readonly Pattern[]): Bins {
    const bins = new Bins(this.model);
    fillBins(bins, patterns);
    const placer = new Placer(bins, this.#measures, this.random);
    for (let item = 0; item < this.model.itemCount; item++) if (bins.binOf[item]! < 0) placer.place(item);
    bins.keep();
    return bins;
  }

  #offer(bins: Bins): void {
    const packing = { cost: bins.cost, leftOut: bins.leftOut() };
    if (!isBetterPacking(packing, this.#best)) return;
    this.#best = bins.toPacking();
    this.#bestPatterns = readPatterns(bins);
    this.#remember();
    this.#report();
  }

  #remember(): void {
    for (const pattern of this.#bestPatterns) this.#patterns.set(keyOfPattern(pattern), pattern);
  }

  #report(): void {
    const { cost, leftOut } = this.#best;
    this.#options.onProgress?.({ cost, leftOut, lowerBound: this.#lowerBound });
  }
}
