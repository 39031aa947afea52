import { extname } from "node:path";
import { Worker } from "node:worker_threads";

const workerUrl = new URL(`./worker${extname(import.meta.filename)}`, import.meta.url);

/** Threads that have started and wait for their work. They keep no process alive. */
const waiting = new Set<Worker>();

/**
 * Starts threads before there is work for them, so that so many wait: starting one takes some 40 ms, which else come
 * off the time of who waits for an answer.
 */
export function startAhead(count: number): void {
  while (waiting.size < count) {
    const worker = new Worker(workerUrl);
    worker.unref();
    // One that dies before it has any work is nobody's loss.
    worker.on("error", () => {});
    worker.once("exit", () => waiting.delete(worker));
    waiting.add(worker);
  }
}

/** A thread for one piece of work: one that waits, or a new one. It ends by itself when the work is done. */
export function takeThread(): Worker {
  const [ready] = waiting;
  if (!ready) return new Worker(workerUrl);
  waiting.delete(ready);
  ready.removeAllListeners();
  ready.ref();
  return ready;
}
