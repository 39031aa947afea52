import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { median } from "../engine/arithmetic.ts";
import { readNumber } from "../read-number.ts";
import { type Column, formatLine } from "../table.ts";
import { type BenchedRoute, dayOf, type RevisionKind, revisionKinds } from "./revised-day.ts";

const help = `Usage: npm run bench -- revise [options]

Measures what a dispatcher waits for: revise_plan through the official client, a real server process on stdio and a
state file, from the call to its answer, in milliseconds.

  --stops N      stops of the plan (default 200)
  --vehicles N   vehicles, at least 2 (default 10)
  --runs N       revisions of each kind (default 30)
  --json         one JSON document instead of a table
`;

const serverScript = fileURLToPath(new URL("../../src/main.ts", import.meta.url));
const goalMilliseconds = { none: 20, routes: 1_000 };
const warmUpRuns = 3;

type Call = (name: string, args: Record<string, unknown>) => Promise<Record<string, unknown>>;
type Measurement = { kind: string; goal: number; runs: number; median: number; most: number; isMet: boolean };
type Options = { help: boolean; json: boolean; stops: number; vehicles: number; runs: number };

/** The benchmark behind `npm run bench -- revise`; gives its exit code. */
export async function revise(argv: string[]): Promise<number> {
  const options = readOptions(argv);
  if (typeof options === "string") {
    process.stderr.write(`${options}\n`);
    return 2;
  }
  if (options.help) {
    process.stdout.write(help);
    return 0;
  }
  const directory = mkdtempSync(join(tmpdir(), "waybill-bench-"));
  const client = new Client({ name: "bench", version: "1" }, { versionNegotiation: { mode: "auto" } });
  try {
    await client.connect(startServer(join(directory, "state.sqlite")));
    const measurements = await measureKinds(callerOf(client), options);
    if (options.json) process.stdout.write(`${JSON.stringify(measurements, null, 2)}\n`);
    else print(measurements, options);
  } finally {
    await client.close();
    rmSync(directory, { recursive: true, force: true });
  }
  return 0;
}

function startServer(statePath: string): StdioClientTransport {
  const env = { PATH: process.env["PATH"] ?? "", WAYBILL_LOG_LEVEL: "error", WAYBILL_STATE: statePath };
  return new StdioClientTransport({ command: process.execPath, args: [serverScript], env });
}

function callerOf(client: Client): Call {
  return async (name, args) => {
    const { isError, structuredContent, content } = await client.callTool({ name, arguments: args });
    if (isError === true) throw new Error(`${name} ${JSON.stringify(args)}: ${JSON.stringify(content)}`);
    return { ...(structuredContent as Record<string, unknown>) };
  };
}

async function measureKinds(call: Call, { stops, vehicles, runs }: Options): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  for (const kind of revisionKinds) {
    // A plan for each kind: what one agrees on would be in the way of the next.
    const { plan_id: planId } = await call("plan_load", dayOf({ stops, vehicles }));
    const milliseconds: number[] = [];
    for (let run = -warmUpRuns; run < runs; run++) {
      const took = await timeRevision(call, { planId, kind, run: run + warmUpRuns });
      if (run >= 0) milliseconds.push(took);
    }
    const goal = goalMilliseconds[kind.reoptimize];
    const middle = median(milliseconds);
    const most = Math.max(...milliseconds);
    measurements.push({ kind: kind.name, goal, runs, median: middle, most, isMet: middle <= goal });
  }
  return measurements;
}

type Revision = { planId: unknown; kind: RevisionKind; run: number };

async function timeRevision(call: Call, { planId, kind, run }: Revision): Promise<number> {
  const { revision, routes } = await readPlan(call, planId);
  const changes = kind.changesOf(routes, run);
  const args = { plan_id: planId, revision, changes, reoptimize: kind.reoptimize };
  const startedAt = performance.now();
  await call("revise_plan", args);
  return performance.now() - startedAt;
}

/** The plan with every stop: long routes are read one by one. */
async function readPlan(call: Call, planId: unknown): Promise<{ revision: number; routes: BenchedRoute[] }> {
  const plan = await call("get_plan", { plan_id: planId });
  const plates = (plan["routes"] as BenchedRoute[]).map(({ license_plate }) => license_plate);
  const routes = await Promise.all(
    plates.map(async (license_plate) => {
      const whole = await call("get_plan", { plan_id: planId, license_plate });
      return (whole["routes"] as BenchedRoute[])[0]!;
    }),
  );
  return { revision: plan["revision"] as number, routes };
}

const columns: Column<Measurement>[] = [
  { heading: "revision", width: 22, align: "left", cell: ({ kind }) => kind },
  { heading: "median ms", width: 9, align: "right", cell: ({ median: middle }) => middle.toFixed(1) },
  { heading: "most ms", width: 9, align: "right", cell: ({ most }) => most.toFixed(1) },
  {
    heading: "goal",
    width: 24,
    align: "left",
    cell: ({ goal, isMet }) => `median <= ${goal} ms: ${isMet ? "met" : "missed"}`,
  },
];

function print(measurements: readonly Measurement[], { stops, vehicles, runs }: Options): void {
  const where = `Node ${process.version}, ${cpus().length} cores`;
  process.stdout.write(
    `${stops} stops on ${vehicles} vehicles, ${runs} revisions of each kind, ${where}\n\n`,
  );
  const lines = [formatLine(columns), ...measurements.map((row) => formatLine(columns, row))];
  process.stdout.write(`${lines.join("\n")}\n`);
}

/** The options, or one line on what is wrong with them. */
function readOptions(argv: string[]): Options | string {
  const value = { type: "string" } as const;
  const flag = { type: "boolean", default: false } as const;
  const options = { stops: value, vehicles: value, runs: value, json: flag, help: flag };
  try {
    const { values } = parseArgs({ args: argv, options });
    const vehicles = readNumber("vehicles", values.vehicles ?? "10");
    if (vehicles < 2) return `--vehicles takes at least 2, not ${vehicles}`;
    return {
      help: values.help,
      json: values.json,
      stops: readNumber("stops", values.stops ?? "200"),
      vehicles,
      runs: readNumber("runs", values.runs ?? "30"),
    };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
