import { parentPort, workerData } from "node:worker_threads";
import { search } from "../planning/search.ts";
import type { SearchMessage, SearchTask } from "./search-thread.ts";

/** A little under the 250 ms that callers are promised. */
const progressIntervalMilliseconds = 200;

const { order, stopFlag }: SearchTask = workerData;
const { problem, ...budget } = order;
const send = (message: SearchMessage): void => parentPort?.postMessage(message);
const solution = search(problem, {
  ...budget,
  now: () => performance.now(),
  shouldStop: () => Atomics.load(stopFlag, 0) !== 0,
  onProgress: (progress) => send({ kind: "progress", progress }),
  progressIntervalMilliseconds,
});
send({ kind: "solution", solution });
