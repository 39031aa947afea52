import { Failure } from "../../domain/failure.ts";
import type { SolveOptions } from "../../solver/solve.ts";
import { parseOptions, readWholeNumber } from "../parse-options.ts";

/** How `waybill solve` is asked to work. */
export type SolveCommand = {
  /** Whether the plan that the document gives is checked and not improved. */
  isCheck: boolean;
  /** Files in place of standard input and output. */
  input: string | undefined;
  output: string | undefined;
  /** VROOM's 0 to 5: how much of the usual time is taken where no limit is given. */
  exploration: number;
  budget: Budget;
};

/** How long and how to search; without any limit the number of jobs sets one. */
export type Budget = Pick<SolveOptions, "seed" | "threads" | "iterations" | "timeLimitSeconds">;

const mostExploration = 5;

/** What VROOM takes and Waybill has another word for. */
const elsewhere = {
  geometry:
    "Routes have no geometry here: leave out -g; distances are in the answer wherever they are known.",
  host: "WAYBILL_MATRIX_URL says where travel times come from, not -a.",
  port: "WAYBILL_MATRIX_URL says where travel times come from, not -p.",
};

const onlyRouter = "osrm";

/** Reads the options, VROOM's own and ours. */
export function readSolveOptions(args: string[]): SolveCommand {
  const value = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  const given = parseOptions(args, {
    "choose-eta": { ...flag, short: "c" },
    input: { ...value, short: "i" },
    output: { ...value, short: "o" },
    limit: { ...value, short: "l" },
    "time-limit": value,
    threads: { ...value, short: "t" },
    explore: { ...value, short: "x" },
    iterations: value,
    seed: value,
    geometry: { ...flag, short: "g" },
    host: { ...value, short: "a" },
    port: { ...value, short: "p" },
    router: { ...value, short: "r" },
  });
  for (const [name, message] of Object.entries(elsewhere)) {
    if (Object.hasOwn(given, name)) throw malformed(message);
  }
  if ((given.router ?? onlyRouter) !== onlyRouter) throw malformed(`--router takes ${onlyRouter} alone.`);
  const { "choose-eta": isCheck = false, input, output, explore = String(mostExploration) } = given;
  return {
    isCheck,
    input,
    output,
    exploration: readWholeNumber("--explore", explore, { minimum: 0, maximum: mostExploration }),
    budget: readBudget(given),
  };
}

type Given = { seed?: string; threads?: string; iterations?: string; limit?: string; "time-limit"?: string };

function readBudget({
  seed = "1",
  threads = "1",
  iterations,
  limit,
  "time-limit": timeLimit,
}: Given): Budget {
  if (limit !== undefined && timeLimit !== undefined)
    throw malformed("--limit and --time-limit are one; give one.");
  return {
    seed: readWholeNumber("--seed", seed, { minimum: 0, maximum: 2 ** 32 - 1 }),
    threads: readWholeNumber("--threads", threads, { minimum: 1, maximum: 256 }),
    ...(iterations === undefined ? {} : { iterations: readIterations(iterations) }),
    ...(limit === undefined ? {} : { timeLimitSeconds: readSeconds("--limit", limit) }),
    ...(timeLimit === undefined ? {} : { timeLimitSeconds: readSeconds("--time-limit", timeLimit) }),
  };
}

function readIterations(option: string): number {
  return readWholeNumber("--iterations", option, { minimum: 1, maximum: 10 ** 10 - 1 });
}

function readSeconds(name: string, option: string): number {
  const seconds = Number(option);
  if (/^\d{1,6}(\.\d{1,3})?$/.test(option) && seconds > 0) return seconds;
  throw malformed(`${name} takes seconds above 0 and below 1,000,000.`);
}

function malformed(message: string): Failure {
  return new Failure("invalid_input", message, { hint: "--help lists the options." });
}

/** The budget with a time limit where it has none: the more jobs, and the more exploration, the longer. */
export function withLimit({ budget, exploration }: SolveCommand, jobs: number): Budget {
  if (budget.iterations !== undefined || budget.timeLimitSeconds !== undefined) return budget;
  const part = (exploration + 1) / (mostExploration + 1);
  return { ...budget, timeLimitSeconds: part * Math.min(10, 1 + jobs / 100) };
}
