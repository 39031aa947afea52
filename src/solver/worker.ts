import { parentPort } from "node:worker_threads";
import { Failure } from "../domain/failure.ts";
import type { PlanContent } from "../domain/plan.ts";
import { isOpenQuality, tellQuality } from "../planning/complete/quality.ts";
import { makePlan } from "../planning/make-plan.ts";
import { orderLocations } from "../planning/order-locations.ts";
import type { PackingProgress, PackingProof } from "../planning/packing/packing-proof.ts";
import { provePacking } from "../planning/packing/prove-packing.ts";
import { type SearchOptions, search } from "../planning/search/search.ts";
import type { SearchProgress } from "../planning/solution.ts";
import { epochMilliseconds } from "./epoch.ts";
import { loadLinearSolver } from "./linear-solver.ts";
import { createPulse, type Pulse, pulseMilliseconds } from "./pulse.ts";
import { searchTogether } from "./search-together.ts";
import type { PackingOrder, PlanOrder, ThreadMessage, ThreadTask, Work, WorkKind } from "./thread.ts";

/** What a message to the caller takes, and the caller to notice it. */
const wayBackMilliseconds = 3;

/** What part of a plan's time limit a sharper bound may take, and what must be left for it to be tried. */
const partForBound = 0.2;
const leastForBoundMilliseconds = 500;

type Budget = Pick<SearchOptions, "seed" | "iterations" | "timeLimitSeconds" | "initial">;

const send = (message: ThreadMessage): void => parentPort?.postMessage(message);
const secondsUntil = (endsAt: number): number =>
  Math.max(0, endsAt - wayBackMilliseconds - epochMilliseconds()) / 1000;
const startPulse = <Progress extends Work[WorkKind]["progress"]>() =>
  createPulse<Progress>({ now: epochMilliseconds, send: (progress) => send({ kind: "progress", progress }) });

function toOptions(
  budget: Budget,
  stopFlag: Int32Array,
  onProgress: (progress: SearchProgress) => void,
): SearchOptions {
  return {
    ...budget,
    now: epochMilliseconds,
    shouldStop: () => Atomics.load(stopFlag, 0) !== 0,
    onProgress,
    progressIntervalMilliseconds: pulseMilliseconds,
  };
}

/** The packing's progress goes out when it is asked whether to stop, which is often enough. */
async function packWatched({ problem, endsAt, ...budget }: PackingOrder, stopFlag: Int32Array) {
  const openLinearProgram = await loadLinearSolver();
  const pulse = startPulse<PackingProgress>();
  return provePacking(problem, {
    ...budget,
    timeLimitMilliseconds: endsAt - epochMilliseconds(),
    now: epochMilliseconds,
    openLinearProgram,
    shouldStop: () => {
      pulse.beat();
      return Atomics.load(stopFlag, 0) !== 0;
    },
    onProgress: pulse.keep,
  });
}

/** A sharper bound is only tried where it costs the caller no wait: loading its solver takes a while. */
async function planWatched({ request, endsAt }: PlanOrder, stopFlag: Int32Array): Promise<PlanContent> {
  const pulse = startPulse<SearchProgress>();
  const end = endsAt - wayBackMilliseconds;
  const plan = planSearched({ request, endsAt: end }, stopFlag, pulse);
  const shouldStop = () => {
    pulse.beat();
    return Atomics.load(stopFlag, 0) !== 0;
  };
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

/** While it settles routes and tells reasons, it asks for the time often enough to let its progress go out. */
function planSearched(
  { request, endsAt }: PlanOrder,
  stopFlag: Int32Array,
  pulse: Pulse<SearchProgress>,
): PlanContent {
  return makePlan(request, {
    now: () => {
      pulse.beat();
      return epochMilliseconds();
    },
    endsAt,
    solve: (problem, { attempt, attempts, ...budget }) => {
      const tell = (progress: SearchProgress) =>
        pulse.tell({ ...progress, fraction: (attempt - 1 + progress.fraction) / attempts });
      return search(orderLocations(problem), toOptions(budget, stopFlag, tell));
    },
  });
}

function work({
  kind,
  order,
  stopFlag,
}: ThreadTask): Work[WorkKind]["result"] | Promise<PackingProof | PlanContent> {
  if (kind === "packing") return packWatched(order, stopFlag);
  if (kind === "plan") return planWatched(order, stopFlag);
  const { problem, endsAt, team, ...budget } = order;
  const time = endsAt === undefined ? {} : { timeLimitSeconds: secondsUntil(endsAt) };
  const options = toOptions({ ...budget, ...time }, stopFlag, startPulse<SearchProgress>().tell);
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
