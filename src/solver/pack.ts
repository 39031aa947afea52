import type { PackingProblem } from "../planning/packing/packing-problem.ts";
import type { PackingProgress, PackingProof } from "../planning/packing/packing-proof.ts";
import { epochMilliseconds } from "./epoch.ts";
import { runInThread } from "./thread.ts";

/** How `packInWorker` packs. */
export type PackOptions = {
  seed: number;
  timeLimitSeconds: number;
  /** Of the search; where it ends before the time does, a run can be repeated exactly. */
  iterations?: number;
  signal?: AbortSignal;
  /** Called at least every 250 ms once there is a packing. */
  onProgress?: (progress: PackingProgress) => void;
};

/**
 * Packs, bounds and, where it can, proves outside the calling thread. Rejects with `cancelled` after an abort, once the
 * thread has ended, and with `invalid_input` for what is no packing problem.
 */
export function packInWorker(problem: PackingProblem, options: PackOptions): Promise<PackingProof> {
  const { seed, timeLimitSeconds, iterations, signal, onProgress } = options;
  const order = {
    problem,
    seed,
    endsAt: epochMilliseconds() + 1000 * timeLimitSeconds,
    ...(iterations === undefined ? {} : { iterations }),
  };
  return runInThread("packing", order, { signal, onProgress });
}
