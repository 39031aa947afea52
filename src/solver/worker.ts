import { parentPort, workerData } from "node:worker_threads";
import { Failure } from "../domain/failure.ts";
import type { PlanContent } from "../domain/plan.ts";
import { makePlan } from "../planning/make-plan.ts";
import type { PackingProgress, PackingProof } from "../planning/packing/packing-proof.ts";
import { provePacking } from "../planning/packing/prove-packing.ts";
import type { Problem } from "../planning/problem.ts";
import { search } from "../planning/search/search.ts";
import type { Solution } from "../planning/solution.ts";
import { loadLinearSolver } from "./linear-solver.ts";
import type { PackingOrder, ThreadMessage, ThreadTask } from "./thread.ts";

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

/** The packing's progress goes out when it is asked whether to stop, which is often enough. */
async function packWatched({ problem, endsAt, ...budget }: PackingOrder): Promise<PackingProof> {
  const openLinearProgram = await loadLinearSolver();
  let latest: PackingProgress | undefined;
  let sentAt = now();
  const look = (): boolean => {
    if (latest && now() - sentAt >= progressIntervalMilliseconds) {
      send({ kind: "progress", progress: latest });
      sentAt = now();
    }
    return Atomics.load(task.stopFlag, 0) !== 0;
  };
  return provePacking(problem, {
    ...budget,
    timeLimitMilliseconds: endsAt - performance.timeOrigin - now(),
    now,
    openLinearProgram,
    shouldStop: look,
    onProgress: (progress) => {
      latest = progress;
    },
  });
}

function work({ kind, order }: Exclude<ThreadTask, { kind: "packing" }>): Solution | PlanContent {
  if (kind === "search") {
    const { problem, ...budget } = order;
    return searchWatched(problem, budget);
  }
  return makePlan(order, {
    now,
    solve: (problem, { attempt, attempts, ...budget }) =>
      searchWatched(problem, budget, (fraction) => (attempt - 1 + fraction) / attempts),
  });
}

/** A failure is an answer and keeps its words across threads; anything else ends the thread with its stack. */
function sendFailure(error: unknown): void {
  if (!(error instanceof Failure)) throw error;
  send({ kind: "failure", code: error.code, message: error.message, details: error.details });
}

if (task.kind === "packing") {
  packWatched(task.order)
    .then((result) => send({ kind: "result", result }))
    .catch(sendFailure);
} else {
  try {
    send({ kind: "result", result: work(task) });
  } catch (error) {
    sendFailure(error);
  }
}
