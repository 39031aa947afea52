import { type ChildProcess, execFile, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "../../..");
const fixtures = join(root, "test/fixtures/instances");
const scratch = mkdtempSync(join(tmpdir(), "engine-"));
afterAll(() => rmSync(scratch, { recursive: true }));

const command = [join(root, "bench/main.ts"), "engine"];

function engine(...args: string[]): Promise<{ code: number | string; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [...command, ...args], (error, stdout, stderr) => {
      resolve({ code: error ? (error.code ?? String(error.signal)) : 0, stdout, stderr });
    });
  });
}

/** Prints what the prototypes print; the mixed one leaves a stop out. */
const prototypes = {
  "cvrp.mjs": `console.log(JSON.stringify({ file: "x", best: 30000, iters: 7, ips: 70 }))`,
  "rich.mjs": `console.log("warming up\\n" + JSON.stringify({ cost: 1, unserved: 1, ips: 70 }))`,
};

function directoryWithBaseline(): string {
  const directory = join(scratch, "with-baseline");
  cpSync(fixtures, directory, { recursive: true });
  mkdirSync(join(directory, "baseline"), { recursive: true });
  for (const [file, script] of Object.entries(prototypes)) {
    writeFileSync(join(directory, "baseline", file), script);
  }
  return directory;
}

test("every instance of a directory is solved in its own process, checked, and set beside the baseline", async () => {
  const from = directoryWithBaseline();
  const { code, stdout } = await engine("--from", from, "--budget", "1.5", "--json", "all");
  expect(code).toBe(0);
  const report = JSON.parse(stdout);
  expect(report.rows.map((row: { set: string; instance: string }) => `${row.set} ${row.instance}`)).toEqual([
    "cvrp-small X-n101-k25",
    "solomon R101",
    "hfvrp X115-HVRP",
    "sdvrptw sdvrptw:PR01",
    "rich rich_n60_m3_t2",
  ]);
  const [cvrp, solomon] = report.rows;
  expect(cvrp).toMatchObject({ stops: 100, feasible: true, unserved: 0, faults: [], baselineCost: 30_000 });
  expect(cvrp.overBaselinePercent).toBeCloseTo(100 * (cvrp.cost / 30_000 - 1), 9);
  expect(cvrp.gapPercent).toBeCloseTo(100 * (cvrp.cost / 27_591 - 1), 9);
  expect(cvrp.peakMegabytes).toBeGreaterThan(20);
  expect(cvrp.iterations).toBeGreaterThan(0);
  expect(solomon).not.toHaveProperty("baselineCost");
  expect(report.failures).toEqual([]);
  expect(report.summaries).toHaveLength(5);
});

test("a file that no catalogue lists is solved too, without a gap, and medians are those of all seeds", async () => {
  const directory = join(scratch, "unlisted");
  mkdirSync(join(directory, "mine"), { recursive: true });
  cpSync(join(fixtures, "solomon/R101.txt"), join(directory, "mine/shop.txt"));
  writeFileSync(join(directory, "mine/notes.txt"), "no instance\n");
  const { code, stdout, stderr } = await engine(
    "--from",
    directory,
    "--budget",
    "0.1",
    "--repeat",
    "2",
    "shop",
  );
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: expect.stringContaining("notes.txt: not in Solomon's"),
  });
  expect(stdout).toMatch(/^shop +100 +[\d.]+ +[\d,.]+ +- +- /m);
  expect(stdout).toMatch(/^solomon +0\.1 +1 +1 +- /m);
  expect(stdout).toContain("seeds 1 to 2");
});

test("an instance that cannot be served whole fails the run, and the fault is told", async () => {
  const directory = join(scratch, "impossible");
  mkdirSync(directory);
  const types = [{ cap: [5], fixed: 1, unit: 1, count: 1, shift: [0, 900] }];
  const stop = (q: number) => ({ x: 3, y: 4, q: [q], service: 1, tw: null });
  const instance = { materials: 1, depot: { x: 0, y: 0 }, types, stops: [stop(3), stop(9)] };
  writeFileSync(join(directory, "heavy.json"), JSON.stringify(instance));
  const { code, stdout, stderr } = await engine("--from", directory, "--budget", "0.1", "rich");
  expect(code).toBe(1);
  expect(stdout).toMatch(/^heavy .* 1 +no$/m);
  expect(stderr).toContain("heavy: stop 1 is visited 0 times");
});

test("a baseline that fails is told and fails the run, but the engine's row stays", async () => {
  const directory = join(scratch, "broken-baseline");
  mkdirSync(join(directory, "baseline"), { recursive: true });
  cpSync(join(fixtures, "rich/rich_n60_m3_t2.json"), join(directory, "shop.json"));
  writeFileSync(join(directory, "baseline/rich.mjs"), 'throw new Error("overload")');
  const { code, stdout, stderr } = await engine("--from", directory, "--budget", "0.1", "all");
  expect(code).toBe(1);
  expect(stdout).toMatch(/^shop .* yes$/m);
  expect(stderr).toContain("shop, baseline: ");
});

test("an interruption ends it with the rows so far and exit code 130", async () => {
  const running = spawn(process.execPath, [
    ...command,
    ...["--from", fixtures, "--no-baseline", "--budget", "0.2,60", "--json", "sdvrptw:PR01"],
  ]);
  const { code, stdout } = await interruptAt(running, "2 of 2");
  expect(code).toBe(130);
  const { rows } = JSON.parse(stdout);
  expect(rows).toEqual([expect.objectContaining({ instance: "sdvrptw:PR01", budgetSeconds: 0.2 })]);
});

/** Sends an interrupt once the process has told of something. */
function interruptAt(
  running: ChildProcess,
  progress: string,
): Promise<{ code: number | null; stdout: string }> {
  let stdout = "";
  running.stdout?.on("data", (text) => {
    stdout += text;
  });
  running.stderr?.on("data", (text) => {
    if (String(text).includes(progress)) running.kill("SIGINT");
  });
  return new Promise((resolve) => {
    running.on("close", (code) => resolve({ code, stdout }));
  });
}

test.each([
  [["--speed", "3"], "--speed"],
  [["--budget", "soon"], "--budget takes seconds above 0"],
  [["--threads", "0"], "--threads takes a whole number above 0"],
  [["--from", join(scratch, "nowhere")], "There is no directory"],
  [["--from", fixtures, "homberger"], "holds no such instances"],
  [["packing"], "npm run bench -- packing"],
  [["--from", fixtures, "X-n9"], "Neither a set nor an instance"],
])("%j ends with exit code 2 and one line", async (args, message) => {
  const { code, stdout, stderr } = await engine(...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain(message);
  expect(stderr.trim().split("\n")).toHaveLength(1);
});
