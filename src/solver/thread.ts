import { cancelled, Failure, type FailureCode, type FailureDetails } from "../domain/failure.ts";
import type { PlanContent } from "../domain/plan.ts";
import type { PackingProblem } from "../planning/packing/packing-problem.ts";
import type { PackingProgress, PackingProof } from "../planning/packing/packing-proof.ts";
import type { PlanRequest } from "../planning/prepare/request.ts";
import type { Problem } from "../planning/problem.ts";
import type { SearchOptions } from "../planning/search/search.ts";
import type { SearchProgress, Solution } from "../planning/solution.ts";
import type { Team } from "./search-together.ts";
import { takeThread } from "./waiting-threads.ts";

/** Some chains of a search of a problem. `endsAt` as in `PackingOrder`. */
export type SearchOrder = Pick<SearchOptions, "seed" | "iterations" | "initial"> & {
  problem: Problem;
  endsAt?: number;
  /** Undefined where there is but one chain. */
  team?: Team;
};

/** One plan of a request. `endsAt` as in `PackingOrder`: the request's own limit, from when it was called. */
export type PlanOrder = { request: PlanRequest; endsAt: number };

/** One packing of a problem. */
export type PackingOrder = {
  problem: PackingProblem;
  seed: number;
  /** When it is to end, in milliseconds since the epoch, so that the start of the thread counts. */
  endsAt: number;
  iterations?: number;
};

/** What threads are there for, what each comes to, and what it tells on the way. */
export type Work = {
  search: { order: SearchOrder; result: Solution | undefined; progress: SearchProgress };
  plan: { order: PlanOrder; result: PlanContent; progress: SearchProgress };
  packing: { order: PackingOrder; result: PackingProof; progress: PackingProgress };
};

/** What a thread may be there for. */
export type WorkKind = keyof Work;

/** What a thread is given: it crosses by structured clone, shared memory as itself. */
export type ThreadTask = {
  [Kind in WorkKind]: { kind: Kind; order: Work[Kind]["order"]; stopFlag: Int32Array };
}[WorkKind];

/** What a thread sends back. */
export type ThreadMessage =
  | { kind: "progress"; progress: Work[WorkKind]["progress"] }
  | { kind: "result"; result: Work[WorkKind]["result"] }
  | { kind: "failure"; code: FailureCode; message: string; details: FailureDetails };

type Watch<Kind extends WorkKind> = {
  signal: AbortSignal | undefined;
  onProgress: ((progress: Work[Kind]["progress"]) => void) | undefined;
};

/** A thread that has not ended by itself so long after a cancellation is ended from outside. */
const patienceMilliseconds = 30;

/**
 * Does one piece of work in a thread of its own. An answer is passed on as it comes; after a cancellation or an error
 * this settles only when the thread has ended.
 */
export function runInThread<Kind extends WorkKind>(
  kind: Kind,
  order: Work[Kind]["order"],
  { signal, onProgress }: Watch<Kind>,
): Promise<Work[Kind]["result"]> {
  if (signal?.aborted) return Promise.reject(cancelled());
  const stopFlag = new Int32Array(new SharedArrayBuffer(4));
  const worker = takeThread();
  worker.postMessage({ kind, order, stopFlag });
  return new Promise((resolve, reject) => {
    let settle = () => reject(new Failure("internal", "The planner's thread ended without an answer."));
    let impatience: NodeJS.Timeout | undefined;
    const stop = () => {
      Atomics.store(stopFlag, 0, 1);
      impatience = setTimeout(() => void worker.terminate(), patienceMilliseconds);
    };
    const answer = (result: Work[Kind]["result"]) => {
      settle = () => resolve(result);
      if (signal?.aborted) return;
      signal?.removeEventListener("abort", stop);
      settle();
    };
    signal?.addEventListener("abort", stop, { once: true });
    worker.on("message", (message: ThreadMessage) => {
      if (message.kind === "progress" && !signal?.aborted) onProgress?.(message.progress);
      if (message.kind === "result") answer(message.result);
      if (message.kind === "failure") settle = () => reject(toFailure(message));
    });
    worker.on("error", (error) => {
      settle = () => reject(new Failure("internal", "The planner ended with an error.", {}, error));
    });
    worker.on("exit", () => {
      clearTimeout(impatience);
      signal?.removeEventListener("abort", stop);
      if (signal?.aborted) reject(cancelled());
      else settle();
    });
  });
}

function toFailure({ code, message, details }: Extract<ThreadMessage, { kind: "failure" }>): Failure {
  return new Failure(code, message, details);
}
