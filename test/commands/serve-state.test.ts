import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test, vi } from "vitest";
import { openStore } from "../../src/state/open-store.ts";
import { samplePlan } from "../support/sample-plan.ts";
import { mainPath, runWaybill, serverEnvironment } from "../support/server-process.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

// Servers take their time to start on a busy machine, and one of them waits ten seconds for a lock.
vi.setConfig({ testTimeout: 60_000 });

/** A state file with a plan in it, closed. */
async function closedFile(): Promise<string> {
  const location = join(temporaryFolder(), "waybill.db");
  const store = await openStore({ location, now: Date.now });
  await store.plans.save(samplePlan({ vehicles: 4, stopsPerVehicle: 25 }));
  await store.close();
  return location;
}

type Ended = { code: number | null; stdout: string; stderr: string };

/** Without capabilities root is stopped by a file's mode as anybody is. */
const asAnybody =
  process.getuid?.() === 0
    ? [
        "setpriv",
        "--bounding-set=-dac_override,-dac_read_search",
        "--inh-caps=-dac_override,-dac_read_search",
      ]
    : [];

/** Starts the server through a shell, under a limit on the size of files (in blocks) where one is given. */
async function start(
  location: string,
  { args = [], blocks }: { args?: string[]; blocks?: number } = {},
): Promise<Ended> {
  const limit = blocks === undefined ? "" : `trap '' XFSZ; ulimit -f ${blocks};`;
  const child = spawn(
    "sh",
    ["-c", `${limit} exec "$@"`, "sh", ...asAnybody, process.execPath, mainPath, ...args],
    { env: { ...serverEnvironment({ WAYBILL_STATE: location }), PATH: process.env["PATH"] ?? "" } },
  );
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  const ended = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk: Buffer) => (ended.stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (ended.stderr += chunk.toString()));
  child.stdin.end();
  const [code] = await once(child, "close");
  return { code, ...ended };
}

function fillPage(location: string, page: number): void {
  const bytes = readFileSync(location);
  bytes.fill(0x5a, page * 4096, (page + 1) * 4096);
  writeFileSync(location, bytes);
}

const faults: Record<string, { spoil: (location: string) => void; says: RegExp; blocks?: number }> = {
  "cut short": { spoil: (location) => truncateSync(location, 8192), says: /is damaged/ },
  "garbage in the middle": {
    spoil: (location) => fillPage(location, Math.floor(readFileSync(location).length / 4096 / 2)),
    says: /is damaged/,
  },
  "no database": {
    spoil: (location) => writeFileSync(location, "Monday\n".repeat(2_000)),
    says: /is no state file/,
  },
  "of a newer version": {
    spoil: (location) => {
      const newer = new DatabaseSync(location);
      newer.exec("pragma user_version = 999");
      newer.close();
    },
    says: /was written by a newer Waybill \(version 999/,
  },
  "of another program": {
    spoil: (location) => {
      writeFileSync(location, "");
      const other = new DatabaseSync(location);
      other.exec("create table songs (title text)");
      other.close();
    },
    says: /belongs to another program/,
  },
  "read-only": { spoil: (location) => chmodSync(location, 0o400), says: /cannot be written/ },
  "in a folder that is read-only": {
    spoil: (location) => {
      chmodSync(dirname(location), 0o500);
      onTestFinished(() => chmodSync(dirname(location), 0o700));
    },
    says: /cannot be/,
  },
  "on a disk that is full": { spoil: () => {}, says: /cannot grow|cannot be/, blocks: 8 },
};

const cases = Object.keys(faults).flatMap((fault) =>
  [[], ["--http", "--port", "0"]].map((args) => ({ fault, args, by: args.length > 0 ? "HTTP" : "stdio" })),
);

test.each(cases)(
  "a state file that is $fault stops the start of $by with one line",
  async ({ fault, args }) => {
    const { spoil, says, blocks } = faults[fault]!;
    const location = await closedFile();
    spoil(location);
    const before = readFileSync(location);
    const { code, stdout, stderr } = await start(location, { args, ...(blocks !== undefined && { blocks }) });
    expect(stderr).toMatch(says);
    expect(stderr).toMatch(/^waybill: [^\n]*WAYBILL_STATE[^\n]*\n$/);
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(readFileSync(location).equals(before)).toBe(true);
  },
);

test("a state file that another program holds locked stops the start with one line", async () => {
  const location = await closedFile();
  const holder = new DatabaseSync(location);
  onTestFinished(() => holder.close());
  holder.exec("pragma locking_mode = exclusive; begin exclusive");
  const { code, stderr } = await start(location);
  expect(stderr).toMatch(/^waybill: [^\n]*WAYBILL_STATE[^\n]*is locked by another program[^\n]*\n$/);
  expect(code).toBe(2);
});

test("a good state file that cannot be marked as in use stops the start with one line", async () => {
  const location = await closedFile();
  rmSync(`${location}-owners`, { recursive: true, force: true });
  writeFileSync(`${location}-owners`, "");
  const { code, stderr } = await start(location);
  expect(stderr).toMatch(/^waybill: [^\n]*WAYBILL_STATE[^\n]*cannot be marked as in use[^\n]*\n$/);
  expect(code).toBe(2);
});

test("a good state file, and one that is not there yet, start and end well", async () => {
  expect(await start(await closedFile())).toMatchObject({ code: 0, stderr: "" });
  expect(await start(join(temporaryFolder(), "new", "waybill.db"))).toMatchObject({ code: 0, stderr: "" });
});

test("a state file that cannot be used ends a server with its sandbox as well", async () => {
  const location = await closedFile();
  truncateSync(location, 8192);
  const { code, stderr } = await runWaybill(["--sandbox"], { env: { WAYBILL_STATE: location } });
  expect(stderr).toMatch(/is damaged/);
  expect(code).toBe(2);
});
