import type { PlanContent } from "../domain/plan.ts";
import type { PlanRequest } from "../planning/prepare/request.ts";
import type { SearchProgress } from "../planning/solution.ts";
import { epochMilliseconds } from "./epoch.ts";
import { runInThread } from "./thread.ts";

/** Who waits for a plan. */
export type PlanWatch = {
  signal?: AbortSignal;
  /** Called at least every 250 ms while a search runs; `fraction` is that of the whole plan. */
  onProgress?: (progress: SearchProgress) => void;
};

/**
 * Makes a plan outside the calling thread, from reading the materials to telling the reasons, within the request's
 * time limit from the call on. Rejects with `cancelled` after an abort, once the thread has ended, and with
 * `invalid_input` for what can't be planned with.
 */
export function planInWorker(request: PlanRequest, { signal, onProgress }: PlanWatch): Promise<PlanContent> {
  const endsAt = epochMilliseconds() + 1000 * request.options.timeLimitSeconds;
  return runInThread("plan", { request, endsAt }, { signal, onProgress });
}
