import { Failure } from "../../domain/failure.ts";
import type { SearchProgress, Solution } from "../solution.ts";
import type { SearchOptions } from "./search.ts";

/** How often the share that is done is brought up to date, and the most iterations between looks at the clock. */
const iterationsPerStep = 64;
/** Looks at the clock follow each other in about this time, however slow the iterations are. */
const millisecondsPerLook = 1;
const defaultProgressMilliseconds = 250;

/** Tells how much of a search is done and when it ends, and reports on the way. */
export class StopBudget {
  iterations = 0;
  /** 0 to 1. With an iteration budget it depends on iterations alone, so that a search can be repeated. */
  fraction = 0;
  stoppedBy: Solution["stoppedBy"] | undefined;
  /** What the clock said at the last look at it. */
  lookedAt: number;
  readonly #options: SearchOptions;
  readonly #iterationLimit: number;
  readonly #startedAt: number;
  readonly #isSufficient: boolean;
  /** Milliseconds until iterations have to end. */
  #limit: number;
  #reportedAt: number;
  #hasToldFull = false;
  #nextLook = 0;
  #iterationsPerLook = iterationsPerStep;

  /** `sufficient`: so many iterations exhaust the problem, whatever the options grant. */
  constructor(options: SearchOptions, sufficient: number) {
    if (options.iterations === undefined && options.timeLimitSeconds === undefined) {
      throw new Failure("invalid_input", "The search has neither an iteration budget nor a time limit.", {
        hint: "Give at least one of iterations and timeLimitSeconds.",
      });
    }
    this.#options = options;
    const granted = options.iterations ?? Number.POSITIVE_INFINITY;
    this.#isSufficient = sufficient < granted;
    this.#iterationLimit = Math.min(granted, sufficient);
    this.#limit = 1000 * (options.timeLimitSeconds ?? Number.POSITIVE_INFINITY);
    this.#startedAt = options.now();
    this.#reportedAt = this.#startedAt;
    this.lookedAt = this.#startedAt;
  }

  /** Times what has to be done after the last iteration, and keeps as much of the time limit for it. */
  reserveFor(ending: () => void): void {
    const begin = this.#options.now();
    ending();
    this.#limit -= this.#options.now() - begin;
  }

  /** Counts one more iteration; false when there is none left. */
  next(progress: () => SearchProgress): boolean {
    if (this.iterations >= this.#iterationLimit) {
      this.stoppedBy ??= this.#isSufficient ? "exhausted" : "iterations";
      return false;
    }
    if (this.iterations % iterationsPerStep === 0 && this.#iterationLimit < Number.POSITIVE_INFINITY) {
      this.fraction = this.iterations / this.#iterationLimit;
    }
    if (this.iterations >= this.#nextLook && this.#look(progress)) return false;
    this.iterations++;
    return true;
  }

  /** For phases without iterations: true when the caller wants the search to end. The time limit waits. */
  isCancelled(progress: () => SearchProgress): boolean {
    if (this.#options.shouldStop?.()) this.stoppedBy = "cancelled";
    this.#report(this.#options.now(), progress);
    return this.stoppedBy === "cancelled";
  }

  /** Whether the time limit has passed; iterations have their own look at it. */
  isLate(): boolean {
    return this.#options.now() - this.#startedAt >= this.#limit;
  }

  /** Reports at once, the first time that it is called: when there is a plan with every stop. */
  tellFull(progress: () => SearchProgress): void {
    if (this.#hasToldFull) return;
    this.#hasToldFull = true;
    this.#options.onProgress?.(progress());
  }

  #look(progress: () => SearchProgress): boolean {
    const now = this.#options.now();
    this.#pace(now);
    const elapsedFraction = this.#limit > 0 ? (now - this.#startedAt) / this.#limit : 1;
    const isCounted = this.#iterationLimit < Number.POSITIVE_INFINITY;
    if (!isCounted) this.fraction = Math.min(1, elapsedFraction);
    if (this.#options.shouldStop?.()) this.stoppedBy = "cancelled";
    else if (elapsedFraction >= 1) this.stoppedBy = "time";
    this.#report(now, progress);
    return this.stoppedBy !== undefined;
  }

  #pace(now: number): void {
    const elapsed = now - this.lookedAt;
    this.lookedAt = now;
    if (elapsed > 2 * millisecondsPerLook)
      this.#iterationsPerLook = Math.max(1, this.#iterationsPerLook >> 1);
    if (elapsed < millisecondsPerLook / 2) {
      this.#iterationsPerLook = Math.min(iterationsPerStep, this.#iterationsPerLook << 1);
    }
    this.#nextLook = this.iterations + this.#iterationsPerLook;
  }

  #report(now: number, progress: () => SearchProgress): void {
    const { onProgress, progressIntervalMilliseconds = defaultProgressMilliseconds } = this.#options;
    if (!onProgress || now - this.#reportedAt < progressIntervalMilliseconds) return;
    this.#reportedAt = now;
    onProgress(progress());
  }
}
