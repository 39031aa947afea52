import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import { cancelled, Failure } from "../domain/failure.ts";
import type { Problem } from "../planning/problem.ts";
import type { SearchProgress, Solution } from "../planning/solution.ts";

/** What a thread is given: it crosses by structured clone, shared memory as itself. */
export type SearchOrder = {
  problem: Problem;
  seed: number;
  iterations?: number;
  timeLimitSeconds?: number;
};

export type SearchTask = { order: SearchOrder; stopFlag: Int32Array };

/** What a thread sends back. */
export type SearchMessage =
  | { kind: "progress"; progress: SearchProgress }
  | { kind: "solution"; solution: Solution };

type Watch = {
  signal: AbortSignal | undefined;
  onProgress: ((progress: SearchProgress) => void) | undefined;
};

/** A thread that has not looked at its stop flag by then is ended from outside. */
const patienceMilliseconds = 150;

const workerUrl = new URL(`./worker${extname(import.meta.filename)}`, import.meta.url);

/** Runs one search in a thread of its own; settles only when the thread has ended. */
export function startSearchThread(order: SearchOrder, { signal, onProgress }: Watch): Promise<Solution> {
  if (signal?.aborted) return Promise.reject(cancelled());
  const stopFlag = new Int32Array(new SharedArrayBuffer(4));
  const task: SearchTask = { order, stopFlag };
  const worker = new Worker(workerUrl, { workerData: task });
  return new Promise((resolve, reject) => {
    let solution: Solution | undefined;
    let failure: Failure | undefined;
    let impatience: NodeJS.Timeout | undefined;
    const stop = () => {
      Atomics.store(stopFlag, 0, 1);
      impatience = setTimeout(() => void worker.terminate(), patienceMilliseconds);
    };
    signal?.addEventListener("abort", stop, { once: true });
    worker.on("message", (message: SearchMessage) => {
      if (message.kind === "solution") solution = message.solution;
      else if (!signal?.aborted) onProgress?.(message.progress);
    });
    worker.on("error", (error) => {
      failure = new Failure(
        "internal",
        "The search ended with an error.",
        { hint: "Report the problem that it had." },
        error,
      );
    });
    worker.on("exit", () => {
      clearTimeout(impatience);
      signal?.removeEventListener("abort", stop);
      if (signal?.aborted) reject(cancelled());
      else if (solution) resolve(solution);
      else reject(failure ?? new Failure("internal", "The search's thread ended without an answer."));
    });
  });
}
