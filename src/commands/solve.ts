import { Failure } from "../domain/failure.ts";
import type { KnownTravel } from "../domain/travel.ts";
import type { SearchProgress } from "../planning/solution.ts";
import type { ComputingTimes, VroomAnswer } from "../planning/vroom/answer.ts";
import type { VroomDocument } from "../planning/vroom/build-problem.ts";
import { checkPlan } from "../planning/vroom/check/check-plan.ts";
import { initialRoutes } from "../planning/vroom/given-routes.ts";
import { buildReading, parseVroom, positionsOf, type VroomReading } from "../planning/vroom/read-vroom.ts";
import { createReasons } from "../planning/vroom/reason.ts";
import { refuseUnsearchable } from "../planning/vroom/refuse-unsearchable.ts";
import { findWarnings } from "../planning/vroom/warnings.ts";
import { writeVroom } from "../planning/vroom/write-vroom.ts";
import { solveInWorker } from "../solver/solve.ts";
import { startAhead } from "../solver/waiting-threads.ts";
import { createProgressLine, type ProgressLine } from "./progress-line.ts";
import { readDocument, refuseUnwritable, writeDocument } from "./solve/files.ts";
import { readSolveOptions, type SolveCommand, withLimit } from "./solve/options.ts";
import { readRoadTravel } from "./solve/read-road-travel.ts";

/** What `waybill solve --help` prints. */
export const help = `waybill solve: the planner on a problem in VROOM's JSON format

Usage: waybill solve [options] < problem.json > solution.json

Reads jobs, shipments, vehicles, and matrices or coordinates; writes the routes in VROOM's format: most priority
served first, then most jobs, then the lowest cost. Each unassigned task has a reason. Routes that vehicles have in
their steps already are what the search begins with. Without matrices, travel comes from the OSRM service of
WAYBILL_MATRIX_URL, or is great-circle distances times 1.3, driven at 40 km/h.

  -c, --choose-eta    check the plan in the vehicles' steps: choose its times, list what it violates
  -i, --input FILE    read the problem from a file
  -o, --output FILE   write the solution to a file
  -l, --limit S, --time-limit S
                      seconds until the answer (default: 1, and 1 more for each 100 jobs, up to 10)
  -x, --explore N     0 to 5: how much of that default is taken (default 5)
  --iterations N      stop after N iterations: the same seed and threads then give the same answer on every machine
  --seed N            another search on another number (default 1)
  -t, --threads N     threads that search together (default 1)

Exit code 1 if the search fails, 2 for a malformed problem or option (one line names it), 130 after Ctrl-C.
`;

/** VROOM's codes of an answer that is none (API.md, Code). */
const codes = { internal: 1, input: 2 };

/** Reads a problem and writes its solution, or what is wrong as VROOM tells it. */
export async function run(args: string[]): Promise<number> {
  const command = readSolveOptions(args);
  await refuseUnwritable(command.output);
  // They start while the problem is read.
  if (!command.isCheck) startAhead(command.budget.threads ?? 1);
  try {
    await writeDocument(command.output, await answer(await readDocument(command.input), command));
    return 0;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (error.code === "cancelled") return tell(error, 130);
    const code = error.code === "invalid_input" ? codes.input : codes.internal;
    await writeDocument(command.output, { code, error: error.message });
    return tell(error, code);
  }
}

function tell({ message, details }: Failure, exitCode: number): number {
  process.stderr.write(`waybill: ${message}${details.hint ? ` ${details.hint}` : ""}\n`);
  return exitCode;
}

/** Reads, solves or checks, and writes; all of it counts for the time limit. */
async function answer(document: unknown, command: SolveCommand): Promise<VroomAnswer> {
  const begin = performance.now();
  const parsed = parseVroom(document);
  const progress = createProgressLine(process.stderr);
  return untilInterrupted(async (signal) => {
    const watch: Watch = { begin, signal, progress };
    const reading = buildReading(parsed, await readTravel(parsed, watch));
    warn(findWarnings(reading.context));
    return command.isCheck ? check(reading, watch) : solve(reading, command, watch);
  }).finally(progress.clear);
}

const mostWarnings = 10;

function warn(warnings: string[]): void {
  const shown = warnings.slice(0, mostWarnings).map((warning) => `waybill: warning: ${warning}.\n`);
  const more = warnings.length - shown.length;
  process.stderr.write(shown.join("") + (more > 0 ? `waybill: warning: and ${more} more like these.\n` : ""));
}

/** When the work began, what ends it early, and where its progress is shown. */
type Watch = { begin: number; signal: AbortSignal; progress: ProgressLine };

/** Travel by road where the document has places without matrices; one line tells where it comes from. */
async function readTravel(
  parsed: VroomDocument,
  { signal, progress }: Watch,
): Promise<KnownTravel | undefined> {
  const positions = positionsOf(parsed);
  if (positions.length < 2) return undefined;
  const onProgress = (fraction: number) => progress.show(`Travel times: ${Math.round(100 * fraction)} %`);
  const { known, source } = await readRoadTravel(positions, { signal, onProgress });
  progress.clear();
  process.stderr.write(`waybill: ${source}.\n`);
  return known;
}

function check(reading: VroomReading, { begin }: Watch): VroomAnswer {
  const loaded = performance.now();
  const checked = checkPlan(reading, timesSince(begin, loaded));
  return { ...checked, summary: { ...checked.summary, computing_times: timesSince(begin, loaded) } };
}

async function solve(reading: VroomReading, command: SolveCommand, watch: Watch): Promise<VroomAnswer> {
  const { problem, context, given } = reading;
  const { timeLimitSeconds = Number.POSITIVE_INFINITY, ...budget } = withLimit(command, problem.stops.count);
  refuseUnsearchable(problem, context);
  const initial = initialRoutes(problem, given);
  const loaded = performance.now();
  // A limit that nobody set is that of the search: it does not shrink while a service is asked for its roads.
  const since = command.budget.timeLimitSeconds === undefined ? loaded : watch.begin;
  const endsAt = since + 1000 * timeLimitSeconds;
  const reserve = Math.min(longestReserveSeconds, timeLimitSeconds * reserveForReasons);
  const secondsLeft = Math.max(shortestSearchSeconds, (endsAt - loaded) / 1000 - reserve);
  const solution = await solveInWorker(problem, {
    ...budget,
    ...(Number.isFinite(secondsLeft) ? { timeLimitSeconds: secondsLeft } : {}),
    ...(initial.length > 0 ? { initial } : {}),
    signal: watch.signal,
    onProgress: (state) => watch.progress.show(describeProgress(state, context.costScale)),
  });
  const reasonOf = createReasons(reading, solution, () => performance.now() < endsAt);
  const written = { problem, context, solution, reasonOf };
  return writeVroom({ ...written, computingTimes: timesSince(watch.begin, loaded) });
}

/** What of the time limit is left for the reasons of what is unassigned. */
const reserveForReasons = 0.02;
const longestReserveSeconds = 0.1;
const shortestSearchSeconds = 0.01;

function timesSince(begin: number, loaded: number): ComputingTimes {
  return { loading: Math.round(loaded - begin), solving: Math.round(performance.now() - loaded), routing: 0 };
}

/** The first Ctrl-C stops the search in good order; a second one ends the process at once. */
async function untilInterrupted<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const controller = new AbortController();
  const interrupt = () => controller.abort();
  process.once("SIGINT", interrupt);
  try {
    return await work(controller.signal);
  } finally {
    process.off("SIGINT", interrupt);
  }
}

function describeProgress(
  { fraction, iterations, cost, routes, unassigned }: SearchProgress,
  costScale: number,
) {
  const count = (value: number) => Math.round(value).toLocaleString("en-US");
  return [
    `${Math.round(100 * fraction)} %`,
    `${count(iterations)} iterations`,
    `cost ${count(cost / costScale)}`,
    `${count(routes)} routes`,
    `${count(unassigned)} unassigned`,
  ].join("  ");
}
