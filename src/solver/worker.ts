import { parentPort } from "node:worker_threads";
import { Failure } from "../domain/failure.ts";
import type { PlanContent } from "../domain/plan.ts";
import { isOpenQuality, tellQuality } from "../planning/complete/quality.ts";
import { makePlan } from "../planning/make-plan.ts";
import type { PackingProgress, PackingProof } from "../planning/packing/packing-proof.ts";
import { provePacking } from "../planning/packing/prove-packing.ts";
import { type SearchOptions, search } from "../planning/search/search.ts";
import { epochMilliseconds } from "./epoch.ts";
import { loadLinearSolver } from "./linear-solver.ts";
import { searchTogether } from "./search-together.ts";
import type { PackingOrder, PlanOrder, ThreadMessage, ThreadTask, Work, WorkKind } from "./thread.ts";

/** A little under the 250 ms that callers are promised. */
const progressIntervalMilliseconds = 200;

/** What a message to the caller takes, and the caller to notice it. */
const wayBackMilliseconds = 3;

/** What part of a plan's time limit a sharper bound may take, and what must be left for it to be tried. */
const partForBound = 0.2;
const leastForBoundMilliseconds = 500;

type Budget = Pick<SearchOptions, "seed" | "iterations" | "timeLimitSeconds" | "initial">;

/** What the work of this thread is done with. `toWhole` turns a search's fraction into that of the whole work. */
type Watched = { stopFlag: Int32Array; toWhole?: (fraction: number) => number };

const send = (message: ThreadMessage): void => parentPort?.postMessage(message);
const secondsUntil = (endsAt: number): number =>
  Math.max(0, endsAt - wayBackMilliseconds - epochMilliseconds()) / 1000;

function toOptions(budget: Budget, { stopFlag, toWhole = (part) => part }: Watched): SearchOptions {
  return {
    ...budget,
    now: epochMilliseconds,
    shouldStop: () => Atomics.load(stopFlag, 0) !== 0,
    onProgress: (progress) =>
      send({ kind: "progress", progress: { ...progress, fraction: toWhole(progress.fraction) } }),
    progressIntervalMilliseconds,
  };
}

/** The packing's progress goes out when it is asked whether to stop, which is often enough. */
async function packWatched({ problem, endsAt, ...budget }: PackingOrder, { stopFlag }: Watched) {
  const openLinearProgram = await loadLinearSolver();
  let latest: PackingProgress | undefined;
  let sentAt = epochMilliseconds();
  const look = (): boolean => {
    if (latest && epochMilliseconds() - sentAt >= progressIntervalMilliseconds) {
      send({ kind: "progress", progress: latest });
      sentAt = epochMilliseconds();
    }
    return Atomics.load(stopFlag, 0) !== 0;
  };
  return provePacking(problem, {
    ...budget,
    timeLimitMilliseconds: endsAt - epochMilliseconds(),
    now: epochMilliseconds,
    openLinearProgram,
    shouldStop: look,
    onProgress: (progress) => {
      latest = progress;
    },
  });
}

/** A sharper bound is only tried where it costs the caller no wait: loading its solver takes a while. */
async function planWatched(
  { request, endsAt }: PlanOrder,
  { stopFlag, ...watched }: Watched,
): Promise<PlanContent> {
  const end = endsAt - wayBackMilliseconds;
  const plan = planSearched({ request, endsAt: end }, { stopFlag, ...watched });
  const shouldStop = () => Atomics.load(stopFlag, 0) !== 0;
  if (!isOpenQuality(plan) || shouldStop() || epochMilliseconds() > end - leastForBoundMilliseconds)
    return plan;
  const openLinearProgram = await loadLinearSolver();
  const left = end - epochMilliseconds();
  if (left <= 0) return plan;
  const most = partForBound * 1000 * request.options.timeLimitSeconds;
  const timeLimitMilliseconds = Math.min(left * 0.8, most);
  return tellQuality(request, plan, {
    openLinearProgram,
    timeLimitMilliseconds,
    now: epochMilliseconds,
    shouldStop,
  });
}

function planSearched({ request, endsAt }: PlanOrder, { stopFlag }: Watched): PlanContent {
  return makePlan(request, {
    now: epochMilliseconds,
    endsAt,
    solve: (problem, { attempt, attempts, ...budget }) => {
      const toWhole = (fraction: number) => (attempt - 1 + fraction) / attempts;
      return search(problem, toOptions(budget, { stopFlag, toWhole }));
    },
  });
}

function work({
  kind,
  order,
  stopFlag,
}: ThreadTask): Work[WorkKind]["result"] | Promise<PackingProof | PlanContent> {
  if (kind === "packing") return packWatched(order, { stopFlag });
  if (kind === "plan") return planWatched(order, { stopFlag });
  const { problem, endsAt, team, ...budget } = order;
  const time = endsAt === undefined ? {} : { timeLimitSeconds: secondsUntil(endsAt) };
  const options = toOptions({ ...budget, ...time }, { stopFlag });
  return team ? searchTogether(problem, options, team) : search(problem, options);
}

/** A failure is an answer and keeps its words across threads; anything else ends the thread with its stack. */
function sendFailure(error: unknown): void {
  if (!(error instanceof Failure)) throw error;
  send({ kind: "failure", code: error.code, message: error.message, details: error.details });
}

/** One task is all that a thread does: nothing that its code or memory grew to is left to the next. */
parentPort?.once("message", async (task: ThreadTask) => {
  try {
    send({ kind: "result", result: await work(task) });
  } catch (error) {
    sendFailure(error);
  }
});
