import { join } from "node:path";
import { parseArgs } from "node:util";
import { type CatalogueEntry, catalogueFile, readCatalogue } from "./instances/catalogue.ts";
import { readNumber } from "./read-number.ts";
import { type Measurement, type SearchBudget, solveInstance } from "./solve-instance.ts";
import { type Column, formatLine } from "./table.ts";

const help = `Usage: npm run bench -- quick [options] [instance...]

Solves public instances from their original files and has each answer checked by code that knows nothing of the
planner. Exits with 1 when an answer is infeasible.

  --from DIR     directory of instances (default: ../shared/benchmarks beside the repository)
  --seconds S    search time for each instance (default 10)
  --seed N       another search on another number (default 1)
  --threads N    independent searches at a time (default 1)
  --json         one JSON document instead of a table
`;

const repository = join(import.meta.dirname, "..");
const largeSets = join(repository, "..", "shared", "benchmarks");
const smallSet = join(repository, "test", "fixtures", "instances");

/** Each kind at least once: capacity alone (three sizes), windows, mixed fleets, allowed vehicles, depots, materials. */
const chosen = [
  "X-n101-k25",
  "X-n1001-k43",
  "Leuven1",
  "R101",
  "RC105",
  "X115-HVRP",
  "X101-FSMFD",
  "sdvrptw:PR04",
  "mdvrptw:PR11A",
  "rich_n60_m3_t2",
  "rich_n500_m3_t3_tw",
];

/** The benchmark behind `npm run bench -- quick`; gives its exit code. */
export async function quick(argv: string[]): Promise<number> {
  const options = readOptions(argv);
  if (typeof options === "string") {
    process.stderr.write(`${options}\n`);
    return 2;
  }
  if (options.help) {
    process.stdout.write(help);
    return 0;
  }
  const entries = findInstances(options.from, options.names);
  const measurements = await measureAll(entries, options.budget, options.json ? () => {} : printLine);
  if (options.json) process.stdout.write(`${JSON.stringify(measurements, null, 2)}\n`);
  for (const { instance, faults } of measurements) {
    for (const fault of faults.slice(0, 5)) process.stderr.write(`${instance}: ${fault}\n`);
  }
  return measurements.length > 0 && measurements.every(({ feasible }) => feasible) ? 0 : 1;
}

/** Instances one after the other, so that none takes another's time. */
async function measureAll(
  entries: CatalogueEntry[],
  budget: SearchBudget,
  print: (line: string) => void,
): Promise<Measurement[]> {
  print(formatLine(columns));
  const measurements: Measurement[] = [];
  for (const entry of entries) {
    const measurement = await solveInstance(entry, budget);
    print(formatLine(columns, measurement));
    measurements.push(measurement);
  }
  if (measurements.some(({ bestKnownSource }) => bestKnownSource === "measured")) {
    print("* the best that was measured of any solver: the instance is our own, so no cost is published");
  }
  return measurements;
}

const count = (value: number) => Math.round(value).toLocaleString("en-US");
const decimals = (value: number) => value.toLocaleString("en-US", { maximumFractionDigits: 2 });
const right = "right" as const;

const columns: Column<Measurement>[] = [
  { heading: "instance", width: 18, align: "left", cell: ({ instance }) => instance },
  { heading: "stops", width: 5, align: right, cell: ({ stops }) => String(stops) },
  { heading: "routes", width: 6, align: right, cell: ({ routes }) => String(routes) },
  { heading: "cost", width: 10, align: right, cell: ({ cost }) => decimals(cost) },
  {
    heading: "best known",
    width: 11,
    align: right,
    cell: ({ bestKnown, bestKnownSource }) =>
      (bestKnown === undefined ? "-" : decimals(bestKnown)) + (bestKnownSource === "measured" ? "*" : ""),
  },
  {
    heading: "gap %",
    width: 7,
    align: right,
    // The cost of an infeasible answer compares with nothing.
    cell: ({ feasible, gapPercent }) => (feasible ? (gapPercent?.toFixed(2) ?? "-") : "-"),
  },
  { heading: "seconds", width: 7, align: right, cell: ({ seconds }) => seconds.toFixed(1) },
  { heading: "iterations/s", width: 12, align: right, cell: (row) => count(row.iterationsPerSecond) },
  { heading: "feasible", width: 8, align: right, cell: ({ feasible }) => (feasible ? "yes" : "no") },
];

function printLine(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** The instances that are named, or else the chosen ones; missing ones are told and left out. */
function findInstances(directory: string, names: string[]): CatalogueEntry[] {
  const catalogue = readCatalogue(directory);
  if (!catalogue) process.stderr.write(`${notThere(directory)}\n`);
  const available = catalogue ?? readCatalogue(smallSet) ?? new Map<string, CatalogueEntry>();
  const fallback = catalogue ? chosen : [...available.keys()];
  const wanted = names.length > 0 ? names : fallback;
  const missing = wanted.filter((name) => !available.has(name));
  if (missing.length > 0) process.stderr.write(`Not there, so left out: ${missing.join(", ")}.\n`);
  return wanted.flatMap((name) => available.get(name) ?? []);
}

function notThere(directory: string): string {
  const looked = `No instances in ${directory} (looked for ${join(directory, catalogueFile)}).`;
  return `${looked} Taking the small ones of the repository; --from DIR names another place.`;
}

type QuickOptions = { help: boolean; json: boolean; from: string; names: string[]; budget: SearchBudget };

/** The options, or one line on what is wrong with them. */
function readOptions(argv: string[]): QuickOptions | string {
  const value = { type: "string" } as const;
  const flag = { type: "boolean", default: false } as const;
  const options = { from: value, seconds: value, seed: value, threads: value, json: flag, help: flag };
  try {
    const { values, positionals } = parseArgs({ args: argv, options, allowPositionals: true });
    return {
      help: values.help,
      json: values.json,
      from: values.from ?? largeSets,
      names: positionals,
      budget: {
        timeLimitSeconds: readNumber("seconds", values.seconds ?? "10"),
        seed: readNumber("seed", values.seed ?? "1"),
        threads: readNumber("threads", values.threads ?? "1"),
      },
    };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
