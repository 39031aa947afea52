import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Problem } from "../src/planning/problem.ts";
import { solveInWorker } from "../src/solver/solve.ts";
import { startAhead } from "../src/solver/waiting-threads.ts";
import { median } from "./engine/arithmetic.ts";
import { type CatalogueEntry, readCatalogue } from "./instances/catalogue.ts";
import { readInstance } from "./instances/read-instance.ts";
import { readNumber } from "./read-number.ts";
import { type Column, formatLine } from "./table.ts";
import { toProblem } from "./to-problem.ts";

const help = `Usage: npm run bench -- promises [options] [instance...]

Measures what a search promises to who waits for it, in milliseconds: how late its answers are, how long its progress
is silent, and how long a cancelled one takes to end. Each figure is the median and the most of several runs.

  --from DIR     directory of instances (default: ../shared/benchmarks beside the repository)
  --seconds S    time limit of each search (default 1)
  --runs N       searches that are waited for, and as many that are cancelled (default 7)
  --json         one JSON document instead of a table
`;

const largeSets = join(import.meta.dirname, "..", "..", "shared", "benchmarks");

/** Capacity alone at three sizes, windows, and a mixed fleet with materials. */
const chosen = ["X-n101-k25", "X-n1001-k43", "Leuven1", "R1_10_5", "rich_n1000_m4_t4"];

type Figures = { median: number; most: number };
type Measurement = { instance: string; stops: number; late: Figures; silence: Figures; cancel: Figures };
type Effort = { timeLimitSeconds: number; runs: number };

/** The benchmark behind `npm run bench -- promises`; gives its exit code. */
export async function promises(argv: string[]): Promise<number> {
  const options = readOptions(argv);
  if (typeof options === "string") {
    process.stderr.write(`${options}\n`);
    return 2;
  }
  if (options.help) {
    process.stdout.write(help);
    return 0;
  }
  const catalogue = readCatalogue(options.from);
  const entries = options.names.flatMap((name) => catalogue?.get(name) ?? []);
  if (entries.length < options.names.length) {
    process.stderr.write(`Not all of ${options.names.join(", ")} are in ${options.from}.\n`);
    return 2;
  }
  const measurements: Measurement[] = [];
  if (!options.json) process.stdout.write(`${formatLine(columns)}\n`);
  for (const entry of entries) {
    const measurement = await measure(entry, options.effort);
    if (!options.json) process.stdout.write(`${formatLine(columns, measurement)}\n`);
    measurements.push(measurement);
  }
  if (options.json) process.stdout.write(`${JSON.stringify(measurements, null, 2)}\n`);
  return 0;
}

async function measure({ name, path }: CatalogueEntry, { timeLimitSeconds, runs }: Effort) {
  const instance = readInstance(path);
  const { problem } = toProblem(instance);
  const [late, silence, cancel]: [number[], number[], number[]] = [[], [], []];
  for (let run = 0; run < runs; run++) {
    await startThread();
    const waited = await waitFor(problem, { timeLimitSeconds, seed: run + 1 });
    late.push(waited.lateMilliseconds);
    silence.push(waited.silenceMilliseconds);
    await startThread();
    // From the set-up on to the middle of the search.
    const cancelAfter = (1000 * timeLimitSeconds * (run + 1)) / (2 * runs);
    cancel.push(await timeCancelling(problem, { timeLimitSeconds, cancelAfter }));
  }
  const stops = instance.stops.length;
  return {
    instance: name,
    stops,
    late: figuresOf(late),
    silence: figuresOf(silence),
    cancel: figuresOf(cancel),
  };
}

/** As a server that has planned before: a thread waits for work. */
async function startThread(): Promise<void> {
  startAhead(1);
  await new Promise((resolve) => setTimeout(resolve, 150));
}

async function waitFor(problem: Problem, budget: { timeLimitSeconds: number; seed: number }) {
  const begin = performance.now();
  let heardAt = begin;
  let silenceMilliseconds = 0;
  const hear = (): void => {
    const now = performance.now();
    silenceMilliseconds = Math.max(silenceMilliseconds, now - heardAt);
    heardAt = now;
  };
  await solveInWorker(problem, { ...budget, onProgress: hear });
  hear();
  return { silenceMilliseconds, lateMilliseconds: heardAt - begin - 1000 * budget.timeLimitSeconds };
}

/** Milliseconds from the wish to end a search to its end. */
async function timeCancelling(
  problem: Problem,
  { timeLimitSeconds, cancelAfter }: { timeLimitSeconds: number; cancelAfter: number },
): Promise<number> {
  const controller = new AbortController();
  const search = solveInWorker(problem, { timeLimitSeconds, seed: 1, signal: controller.signal });
  const ended = search.then(
    () => performance.now(),
    () => performance.now(),
  );
  await new Promise((resolve) => setTimeout(resolve, cancelAfter));
  const wishedAt = performance.now();
  controller.abort();
  return (await ended) - wishedAt;
}

function figuresOf(values: number[]): Figures {
  return { median: median(values), most: Math.max(...values) };
}

const show = ({ median, most }: Figures): string => `${median.toFixed(0)} / ${most.toFixed(0)}`;

const columns: Column<Measurement>[] = [
  { heading: "instance", width: 18, align: "left", cell: ({ instance }) => instance },
  { heading: "stops", width: 5, align: "right", cell: ({ stops }) => String(stops) },
  { heading: "late ms", width: 10, align: "right", cell: ({ late }) => show(late) },
  { heading: "silent ms", width: 10, align: "right", cell: ({ silence }) => show(silence) },
  { heading: "cancel ms", width: 10, align: "right", cell: ({ cancel }) => show(cancel) },
];

type PromisesOptions = { help: boolean; json: boolean; from: string; names: string[]; effort: Effort };

/** The options, or one line on what is wrong with them. */
function readOptions(argv: string[]): PromisesOptions | string {
  const value = { type: "string" } as const;
  const flag = { type: "boolean", default: false } as const;
  const options = { from: value, seconds: value, runs: value, json: flag, help: flag };
  try {
    const { values, positionals } = parseArgs({ args: argv, options, allowPositionals: true });
    return {
      help: values.help,
      json: values.json,
      from: values.from ?? largeSets,
      names: positionals.length > 0 ? positionals : chosen,
      effort: {
        timeLimitSeconds: readNumber("seconds", values.seconds ?? "1"),
        runs: readNumber("runs", values.runs ?? "7"),
      },
    };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
