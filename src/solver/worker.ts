import { parentPort, workerData } from "node:worker_threads";
import { Failure } from "../domain/failure.ts";
import type { PlanContent } from "../domain/plan.ts";
import { makePlan } from "../planning/make-plan.ts";
import type { Problem } from "../planning/problem.ts";
import { search } from "../planning/search/search.ts";
import type { Solution } from "../planning/solution.ts";
import type { ThreadMessage, ThreadTask } from "./thread.ts";

/** A little under the 250 ms that callers are promised. */
const progressIntervalMilliseconds = 200;

type Budget = { seed: number; iterations?: number; timeLimitSeconds?: number };

const task: ThreadTask = workerData;
const now = () => performance.now();
const send = (message: ThreadMessage): void => parentPort?.postMessage(message);

/** `toWhole` turns the search's fraction into that of the whole work. */
function searchWatched(problem: Problem, budget: Budget, toWhole = (fraction: number) => fraction) {
  return search(problem, {
    ...budget,
    now,
    shouldStop: () => Atomics.load(task.stopFlag, 0) !== 0,
    onProgress: (progress) =>
      send({ kind: "progress", progress: { ...progress, fraction: toWhole(progress.fraction) } }),
    progressIntervalMilliseconds,
  });
}

function work(): Solution | PlanContent {
  if (task.kind === "search") {
    const { problem, ...budget } = task.order;
    return searchWatched(problem, budget);
  }
  return makePlan(task.order, {
    now,
    solve: (problem, { attempt, attempts, ...budget }) =>
      searchWatched(problem, budget, (fraction) => (attempt - 1 + fraction) / attempts),
  });
}

try {
  send({ kind: "result", result: work() });
} catch (error) {
  // A failure is an answer and keeps its words across threads; anything else ends the thread with its stack.
  if (!(error instanceof Failure)) throw error;
  send({ kind: "failure", code: error.code, message: error.message, details: error.details });
}
