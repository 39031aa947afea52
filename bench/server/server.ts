import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type Column, formatLine } from "../table.ts";
import { type Figures, measureRound, noFigures, quantile, type Subject } from "./measure.ts";
import type { Rpc } from "./rpc.ts";

const builtMain = fileURLToPath(new URL("../../dist/main.js", import.meta.url));
const bareServer = fileURLToPath(new URL("./bare-server.mjs", import.meta.url));
const root = fileURLToPath(new URL("../../", import.meta.url));

const goals = { ratio: 1.3, addedStdioMilliseconds: 0.3 };

/** A plan of a few routes, so that get_plan has something real to read. */
const day = {
  depot: { lat: 23.1, lng: 113.2 },
  start_at: "2026-11-23T08:00:00+08:00",
  time_limit_seconds: 1,
  vehicles: ["A", "B", "C"].map((letter) => ({
    license_plate: `粤A1000${letter}`,
    material_capacities: [{ material_name: "坯布", capacity: 400 }],
  })),
  shipments: Array.from({ length: 24 }, (_, index) => ({
    id: index + 1,
    customer_name: `客户${index + 1}`,
    address: `广州市天河区 ${index + 1} 号`,
    geo_coordinates: { lat: 23.1 + (index % 6) / 60, lng: 113.2 + Math.floor(index / 6) / 60 },
    sales_items: [{ name: "坯布", quantity: "40" }],
  })),
};

/** Builds the package, then measures it and a bare SDK server in turn, and prints medians over the rounds. */
export async function server(argv: string[]): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: { rounds: { type: "string", default: "7" }, json: { type: "boolean" } },
  });
  const built = spawnSync("npm", ["run", "build", "--silent"], { cwd: root, stdio: "inherit" });
  if (built.status !== 0) return 1;
  const statePath = join(tmpdir(), `waybill-bench-${process.pid}.sqlite`);
  const subjects = createSubjects(statePath);
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const subject of subjects) await measureRound(subject);
  }
  for (const suffix of ["", "-wal", "-shm"]) rmSync(statePath + suffix, { force: true });
  const [bare, waybill] = subjects.map(({ figures }) => medians(figures));
  if (!bare || !waybill) return 1;
  if (values.json) process.stdout.write(`${JSON.stringify({ bare, waybill, goals })}\n`);
  else print(bare, waybill, Number(values.rounds));
  return 0;
}

function createSubjects(statePath: string): Subject[] {
  const quiet = { PATH: process.env["PATH"] ?? "", WAYBILL_LOG_LEVEL: "error", WAYBILL_STATE: statePath };
  return [
    {
      name: "bare",
      command: { script: bareServer, args: [], env: quiet },
      prepare: async () => ({ plan_id: "plan-1" }),
      figures: noFigures(),
    },
    {
      name: "waybill",
      command: { script: builtMain, args: [], env: quiet },
      prepare: planOnce,
      figures: noFigures(),
    },
  ];
}

async function planOnce(rpc: Rpc): Promise<Record<string, unknown>> {
  const result = await rpc("tools/call", { name: "plan_load", arguments: day });
  const content = result["structuredContent"];
  if (typeof content === "object" && content !== null && "plan_id" in content)
    return { plan_id: content.plan_id };
  throw new Error(`plan_load gave no plan: ${JSON.stringify(result)}`);
}

type Medians = Record<keyof Figures, number>;

function medians(figures: Figures): Medians {
  const median = (name: keyof Figures) => quantile(figures[name], 0.5);
  return {
    startMilliseconds: median("startMilliseconds"),
    idleMegabytes: median("idleMegabytes"),
    stdioP50: median("stdioP50"),
    stdioP99: median("stdioP99"),
    httpP50: median("httpP50"),
    httpP99: median("httpP99"),
  };
}

type Row = { figure: string; bare: number; waybill: number; goal?: string; isMet?: boolean };

const columns: Column<Row>[] = [
  { heading: "figure", width: 30, align: "left", cell: ({ figure }) => figure },
  { heading: "bare SDK", width: 9, align: "right", cell: ({ bare }) => bare.toFixed(2) },
  { heading: "waybill", width: 9, align: "right", cell: ({ waybill }) => waybill.toFixed(2) },
  { heading: "ratio", width: 6, align: "right", cell: ({ bare, waybill }) => (waybill / bare).toFixed(2) },
  { heading: "added", width: 8, align: "right", cell: ({ bare, waybill }) => (waybill - bare).toFixed(2) },
  {
    heading: "goal",
    width: 24,
    align: "left",
    cell: ({ goal, isMet }) => (goal ? `${goal}: ${isMet ? "met" : "missed"}` : ""),
  },
];

function print(bare: Medians, waybill: Medians, rounds: number): void {
  const row = (figure: string, name: keyof Medians) => ({ figure, bare: bare[name], waybill: waybill[name] });
  const ratioRow = (figure: string, name: keyof Medians) => ({
    ...row(figure, name),
    goal: `ratio ≤ ${goals.ratio}`,
    isMet: waybill[name] / bare[name] <= goals.ratio,
  });
  const rows: Row[] = [
    ratioRow("spawn to first answer, ms", "startMilliseconds"),
    ratioRow("idle memory, MB", "idleMegabytes"),
    {
      ...row("get_plan on stdio p50, ms", "stdioP50"),
      goal: `added ≤ ${goals.addedStdioMilliseconds}`,
      isMet: waybill.stdioP50 - bare.stdioP50 <= goals.addedStdioMilliseconds,
    },
    row("get_plan on stdio p99, ms", "stdioP99"),
    row("get_plan on HTTP p50, ms", "httpP50"),
    row("get_plan on HTTP p99, ms", "httpP99"),
  ];
  process.stdout.write(
    `Medians of ${rounds} rounds in turn, Node ${process.version}, ${cpus().length} cores\n\n`,
  );
  process.stdout.write(
    `${formatLine(columns)}\n${rows.map((each) => formatLine(columns, each)).join("\n")}\n`,
  );
}
