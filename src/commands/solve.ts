import { text } from "node:stream/consumers";
import { Failure } from "../domain/failure.ts";
import { explainUnassigned } from "../planning/explain.ts";
import type { SearchProgress } from "../planning/solution.ts";
import type { VroomAnswer } from "../planning/vroom/answer.ts";
import { readVroom } from "../planning/vroom/read-vroom.ts";
import { writeReason } from "../planning/vroom/reason.ts";
import { writeVroom } from "../planning/vroom/write-vroom.ts";
import { type SolveOptions, solveInWorker } from "../solver/solve.ts";
import { startAhead } from "../solver/waiting-threads.ts";
import { parseOptions, readWholeNumber } from "./parse-options.ts";
import { createProgressLine } from "./progress-line.ts";

export const help = `waybill solve: the planner on a problem in VROOM's JSON format

Usage: waybill solve [options] < problem.json > solution.json

Reads jobs, vehicles, and matrices or coordinates; writes the routes in VROOM's format: most priority served first,
then most jobs, then the lowest cost. Each unassigned job has a reason. Without matrices, distances are great-circle
distances times 1.3, driven at 40 km/h.

  --time-limit S   seconds to search (default: 1, and 1 more for each 100 jobs, up to 10)
  --iterations N   stop after N iterations: the same seed and threads then give the same answer on every machine
  --seed N         another search on another number (default 1)
  --threads N      independent searches at a time, the best one wins (default 1)

Exit code 1 if the search fails, 2 for a malformed problem or option (one line names it), 130 after Ctrl-C.
`;

/** How long and how to search; without any limit the number of jobs sets one. */
type Budget = Pick<SolveOptions, "seed" | "threads" | "iterations" | "timeLimitSeconds">;

/** Reads a problem from stdin and writes its solution to stdout. */
export async function run(args: string[]): Promise<number> {
  const budget = readBudget(args);
  if (process.stdin.isTTY)
    process.stderr.write("Waiting for a problem on standard input (Ctrl-D ends it).\n");
  // They start while the problem is read.
  startAhead(budget.threads ?? 1);
  const document = parseDocument(await text(process.stdin));
  try {
    const answer = await solveDocument(document, budget);
    process.stdout.write(`${JSON.stringify(answer)}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof Failure) || error.code === "invalid_input") throw error;
    process.stderr.write(`waybill: ${error.message}\n`);
    return error.code === "cancelled" ? 130 : 1;
  }
}

async function solveDocument(document: unknown, budget: Budget): Promise<VroomAnswer> {
  const begin = performance.now();
  const { problem, context } = readVroom(document);
  const loaded = performance.now();
  const progress = createProgressLine(process.stderr);
  const solution = await untilInterrupted((signal) =>
    solveInWorker(problem, {
      ...withLimit(budget, problem.stops.count),
      signal,
      onProgress: (state) => progress.show(describeProgress(state, context.costScale)),
    }),
  ).finally(progress.clear);
  const computingTimes = {
    loading: Math.round(loaded - begin),
    solving: Math.round(performance.now() - loaded),
    routing: 0,
  };
  const reasonOf = (stop: number) => writeReason(context, explainUnassigned(problem, solution, stop));
  return writeVroom({ problem, context, solution, computingTimes, reasonOf });
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

function withLimit(budget: Budget, jobs: number): Budget {
  if (budget.iterations !== undefined || budget.timeLimitSeconds !== undefined) return budget;
  return { ...budget, timeLimitSeconds: Math.min(10, 1 + jobs / 100) };
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

function parseDocument(input: string): unknown {
  if (input.trim() === "") throw malformed("Standard input is empty; it takes a problem in JSON.");
  try {
    return JSON.parse(input);
  } catch (error) {
    // The rest of the message quotes the input, line breaks and all.
    const [place] = /line \d+ column \d+/.exec(String(error)) ?? [];
    throw malformed(`Standard input is not JSON${place ? ` (${place})` : ""}.`);
  }
}

function malformed(message: string): Failure {
  return new Failure("invalid_input", message, { hint: "waybill solve --help tells the format." });
}

function readBudget(args: string[]): Budget {
  const value = { type: "string" } as const;
  const options = { seed: value, threads: value, iterations: value, "time-limit": value } as const;
  const { seed = "1", threads = "1", iterations, "time-limit": seconds } = parseOptions(args, options);
  return {
    seed: readWholeNumber("--seed", seed, { minimum: 0, maximum: 2 ** 32 - 1 }),
    threads: readWholeNumber("--threads", threads, { minimum: 1, maximum: 256 }),
    ...(iterations === undefined ? {} : { iterations: readIterations(iterations) }),
    ...(seconds === undefined ? {} : { timeLimitSeconds: readSeconds(seconds) }),
  };
}

function readIterations(option: string): number {
  return readWholeNumber("--iterations", option, { minimum: 1, maximum: 10 ** 10 - 1 });
}

function readSeconds(option: string): number {
  const seconds = Number(option);
  if (/^\d{1,6}(\.\d{1,3})?$/.test(option) && seconds > 0) return seconds;
  throw malformed("--time-limit takes seconds above 0 and below 1,000,000.");
}
