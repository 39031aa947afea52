import { Failure } from "../../domain/failure.ts";
import type { SearchProgress, Solution } from "../solution.ts";
import type { SearchOptions } from "./search.ts";

const iterationsPerLook = 64;
const defaultProgressMilliseconds = 250;

/** Tells how much of a search is done and when it ends, and reports on the way. */
export class StopBudget {
  iterations = 0;
  /** 0 to 1. With an iteration budget it depends on iterations alone, so that a search can be repeated. */
  fraction = 0;
  stoppedBy: Solution["stoppedBy"] | undefined;
  readonly #options: SearchOptions;
  readonly #iterationLimit: number;
  readonly #startedAt: number;
  readonly #isSufficient: boolean;
  #reportedAt: number;

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
    this.#startedAt = options.now();
    this.#reportedAt = this.#startedAt;
  }

  /** Counts one more iteration; false when there is none left. */
  next(progress: () => SearchProgress): boolean {
    if (this.iterations >= this.#iterationLimit) {
      this.stoppedBy ??= this.#isSufficient ? "exhausted" : "iterations";
      return false;
    }
    if (this.iterations % iterationsPerLook === 0 && this.#look(progress)) return false;
    this.iterations++;
    return true;
  }

  /** For phases without iterations: true when the caller wants the search to end. The time limit waits. */
  isCancelled(progress: () => SearchProgress): boolean {
    if (this.#options.shouldStop?.()) this.stoppedBy = "cancelled";
    this.#report(this.#options.now(), progress);
    return this.stoppedBy === "cancelled";
  }

  #look(progress: () => SearchProgress): boolean {
    const now = this.#options.now();
    const { timeLimitSeconds = Number.POSITIVE_INFINITY, shouldStop } = this.#options;
    const elapsedFraction = timeLimitSeconds > 0 ? (now - this.#startedAt) / (timeLimitSeconds * 1000) : 1;
    const isCounted = this.#iterationLimit < Number.POSITIVE_INFINITY;
    this.fraction = isCounted ? this.iterations / this.#iterationLimit : Math.min(1, elapsedFraction);
    if (shouldStop?.()) this.stoppedBy = "cancelled";
    else if (elapsedFraction >= 1) this.stoppedBy = "time";
    this.#report(now, progress);
    return this.stoppedBy !== undefined;
  }

  #report(now: number, progress: () => SearchProgress): void {
    const { onProgress, progressIntervalMilliseconds = defaultProgressMilliseconds } = this.#options;
    if (!onProgress || now - this.#reportedAt < progressIntervalMilliseconds) return;
    this.#reportedAt = now;
    onProgress(progress());
  }
}
