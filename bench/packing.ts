import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { PackingProblem } from "../src/planning/packing/packing-problem.ts";
import { packInWorker } from "../src/solver/pack.ts";
import { checkPacking } from "./checker/check-packing.ts";
import { type PackingInstance, readVbp } from "./instances/read-vbp.ts";
import { readNumber } from "./read-number.ts";
import { type Column, formatLine } from "./table.ts";

const help = `Usage: npm run bench -- packing [options] [instance...]

Packs, bounds and proves the instances of vbp/, and has each answer checked by code that knows nothing of the planner.
Exits with 1 when an answer is wrong, or dearer than the packing that its instance was made from.

  --from DIR     directory of instances (default: ../shared/benchmarks beside the repository)
  --seconds S    time for each instance, from the call to the answer (default 10)
  --seed N       another search on another number (default 1)
  --json         one JSON document instead of a table
`;

const largeSets = join(import.meta.dirname, "..", "..", "shared", "benchmarks");

/** What was found for an instance. */
type Measurement = {
  instance: string;
  items: number;
  materials: number;
  status: string;
  cost: number;
  lowerBound: number;
  gapPercent: number;
  plantedCost: number | null;
  seconds: number;
  faults: string[];
};

/** The benchmark behind `npm run bench -- packing`; gives its exit code. */
export async function packing(argv: string[]): Promise<number> {
  const options = readOptions(argv);
  if (typeof options === "string") {
    process.stderr.write(`${options}\n`);
    return 2;
  }
  if (options.help) {
    process.stdout.write(help);
    return 0;
  }
  const print = (line: string): void => void (options.json || process.stdout.write(`${line}\n`));
  const measurements: Measurement[] = [];
  print(formatLine(columns));
  for (const path of findFiles(options.from, options.names)) {
    const measurement = await measure(path, options);
    print(formatLine(columns, measurement));
    measurements.push(measurement);
  }
  if (options.json) process.stdout.write(`${JSON.stringify(measurements, null, 2)}\n`);
  for (const { instance, faults } of measurements) {
    for (const fault of faults.slice(0, 5)) process.stderr.write(`${instance}: ${fault}\n`);
  }
  return measurements.length > 0 && measurements.every(({ faults }) => faults.length === 0) ? 0 : 1;
}

async function measure(
  path: string,
  { seconds, seed }: { seconds: number; seed: number },
): Promise<Measurement> {
  const instance = readVbp(readFileSync(path, "utf8"));
  const start = performance.now();
  const proof = await packInWorker(toPackingProblem(instance), { seed, timeLimitSeconds: seconds });
  const taken = (performance.now() - start) / 1000;
  const { cost, faults } = checkPacking(instance, proof.packing);
  const { plantedCost } = instance;
  const told = [
    ...faults,
    ...(cost === proof.cost ? [] : [`the cost is ${cost}, not ${proof.cost}`]),
    ...(plantedCost !== null && cost > plantedCost ? [`a packing for ${plantedCost} is known`] : []),
    ...(plantedCost !== null && proof.lowerBound > plantedCost ? [`the bound is above ${plantedCost}`] : []),
  ];
  const { status, lowerBound, gapPercent } = proof;
  return {
    instance: path.replace(/^.*\//, "").replace(/\.json$/, ""),
    items: instance.items.length,
    materials: instance.types[0]?.cap.length ?? 0,
    ...{ status, cost, lowerBound, gapPercent, plantedCost, seconds: taken, faults: told },
  };
}

function toPackingProblem({ types, items }: PackingInstance): PackingProblem {
  return {
    dimensions: types[0]?.cap.length ?? 0,
    items: { count: items.length, load: Float64Array.from(items.flat()) },
    types: {
      count: types.length,
      capacity: Float64Array.from(types.flatMap(({ cap }) => cap)),
      cost: Float64Array.from(types, ({ cost }) => cost),
      available: Int32Array.from(types, ({ count }) => count),
    },
  };
}

const right = "right" as const;
const columns: Column<Measurement>[] = [
  { heading: "instance", width: 22, align: "left", cell: ({ instance }) => instance },
  { heading: "items", width: 5, align: right, cell: ({ items }) => String(items) },
  { heading: "materials", width: 9, align: right, cell: ({ materials }) => String(materials) },
  { heading: "status", width: 10, align: "left", cell: ({ status }) => status },
  { heading: "cost", width: 8, align: right, cell: ({ cost }) => String(cost) },
  { heading: "bound", width: 8, align: right, cell: ({ lowerBound }) => String(lowerBound) },
  { heading: "gap %", width: 8, align: right, cell: ({ gapPercent }) => gapPercent.toFixed(2) },
  { heading: "planted", width: 8, align: right, cell: ({ plantedCost }) => String(plantedCost ?? "-") },
  { heading: "seconds", width: 7, align: right, cell: ({ seconds }) => seconds.toFixed(2) },
  { heading: "sound", width: 5, align: right, cell: ({ faults }) => (faults.length === 0 ? "yes" : "no") },
];

/** The instances that are named, or else all that there are; missing ones are told and left out. */
function findFiles(from: string, names: string[]): string[] {
  const folder = join(from, "vbp");
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith(".json")) : [];
  if (files.length === 0)
    process.stderr.write(`No instances in ${folder}; --from DIR names another place.\n`);
  const wanted = names.length > 0 ? names.map((name) => `${name}.json`) : files;
  const missing = wanted.filter((file) => !files.includes(file));
  if (missing.length > 0) process.stderr.write(`Not there, so left out: ${missing.join(", ")}.\n`);
  return wanted.filter((file) => files.includes(file)).map((file) => join(folder, file));
}

type PackingOptions = {
  help: boolean;
  json: boolean;
  from: string;
  names: string[];
  seconds: number;
  seed: number;
};

/** The options, or one line on what is wrong with them. */
function readOptions(argv: string[]): PackingOptions | string {
  const value = { type: "string" } as const;
  const flag = { type: "boolean", default: false } as const;
  const options = { from: value, seconds: value, seed: value, json: flag, help: flag };
  try {
    const { values, positionals } = parseArgs({ args: argv, options, allowPositionals: true });
    return {
      help: values.help,
      json: values.json,
      from: values.from ?? largeSets,
      names: positionals,
      seconds: readNumber("seconds", values.seconds ?? "10"),
      seed: readNumber("seed", values.seed ?? "1"),
    };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
