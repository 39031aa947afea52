import { spawn } from "node:child_process";
import {
  chmodSync,
  chownSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { openStore } from "../../src/state/open-store.ts";
import { failureOf } from "../support/failures.ts";
import { samplePlan } from "../support/sample-plan.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { startWorker } from "../support/worker-process.ts";

const open = (location: string) => openStore({ location, now: Date.now });
const modeOf = (path: string) => statSync(path).mode & 0o777;

/** Ends the call with a failure of one line that names the variable and what to do. */
async function refusalOf(location: string) {
  const failure = await failureOf(open(location));
  expect(failure.message).toContain("WAYBILL_STATE");
  expect(failure.message).not.toContain("\n");
  expect(failure.details.hint).toMatch(/\.$/);
  return failure;
}

/** A state file with one plan in it, closed. */
async function closedFile(): Promise<string> {
  const location = join(temporaryFolder(), "waybill.db");
  const store = await open(location);
  await store.plans.save(samplePlan({ vehicles: 2, stopsPerVehicle: 20 }));
  await store.close();
  return location;
}

test("the folder is made for its owner alone, and so are the file, its log and its index", async () => {
  const folder = join(temporaryFolder(), "a", "b");
  const location = join(folder, "waybill.db");
  const store = await open(location);
  onTestFinished(() => store.close());
  await store.plans.save(samplePlan({ vehicles: 1, stopsPerVehicle: 1 }));
  expect(modeOf(folder)).toBe(0o700);
  expect([location, `${location}-wal`, `${location}-shm`].map(modeOf)).toEqual([0o600, 0o600, 0o600]);
});

test("a file that others could read is closed to them", async () => {
  const location = await closedFile();
  chmodSync(location, 0o644);
  const store = await open(location);
  onTestFinished(() => store.close());
  await store.check();
  expect([location, `${location}-wal`, `${location}-shm`].map(modeOf)).toEqual([0o600, 0o600, 0o600]);
});

test("what was kept is there after closing and opening again", async () => {
  const location = join(temporaryFolder(), "waybill.db");
  const first = await open(location);
  const plan = await first.plans.save(samplePlan({ vehicles: 1, stopsPerVehicle: 2 }));
  const rule = await first.materialRules.set({ material: "坯布", itemName: "A" });
  await first.close();
  const second = await open(location);
  onTestFinished(() => second.close());
  expect(await second.plans.get(plan.planId)).toEqual(plan);
  expect(await second.materialRules.list()).toEqual([rule]);
});

test("a store in memory keeps nothing on the disk and knows nothing of another", async () => {
  const [first, second] = [await open(":memory:"), await open(":memory:")];
  await first.plans.save(samplePlan({ vehicles: 1, stopsPerVehicle: 1 }));
  expect((await second.plans.list({ limit: 5 })).total).toBe(0);
  await first.check();
  await Promise.all([first.close(), second.close()]);
});

test.each(["", "postgres://waybill@localhost/waybill"])(
  "a location that names no file is refused: %s",
  async (location) => {
    expect((await refusalOf(location)).code).toBe("not_configured");
  },
);

test("a folder in place of the file is refused", async () => {
  expect((await refusalOf(temporaryFolder())).message).toContain("is no file");
});

test("a folder that cannot be made is refused", async () => {
  const location = await closedFile();
  expect((await refusalOf(join(location, "waybill.db"))).message).toContain("cannot be made");
});

test("a file that is no database is refused and left as it is", async () => {
  const location = join(temporaryFolder(), "waybill.db");
  writeFileSync(location, "Monday: call the printer.\n".repeat(100));
  const before = readFileSync(location);
  expect((await refusalOf(location)).message).toContain("is no state file");
  expect(readFileSync(location).equals(before)).toBe(true);
});

test("a file that was cut short is refused and left as it is", async () => {
  const location = await closedFile();
  truncateSync(location, 8192);
  const before = readFileSync(location);
  expect((await refusalOf(location)).message).toContain("is damaged");
  expect(readFileSync(location).equals(before)).toBe(true);
});

/** The page (from 1, 4,096 bytes each) at which a table begins. */
function rootPageOf(location: string, table: string): number {
  const database = new DatabaseSync(location, { readOnly: true });
  const row = database.prepare("select rootpage from sqlite_schema where name = ?").get(table);
  database.close();
  return Number(row?.["rootpage"]);
}

test.each(["plans", "planRevisions", "writes"])(
  "a file with damage in the middle of it is refused and left as it is: %s",
  async (table) => {
    const location = await closedFile();
    const bytes = readFileSync(location);
    const page = rootPageOf(location, table);
    bytes.fill(0x5a, (page - 1) * 4096, page * 4096);
    writeFileSync(location, bytes);
    expect((await refusalOf(location)).message).toContain("is damaged");
    expect(readFileSync(location).equals(bytes)).toBe(true);
  },
);

test("a database of another program is refused and left as it is", async () => {
  const location = join(temporaryFolder(), "other.db");
  const other = new DatabaseSync(location);
  other.exec("create table songs (title text); insert into songs values ('Fado')");
  other.close();
  const before = readFileSync(location);
  expect((await refusalOf(location)).message).toContain("belongs to another program");
  expect(readFileSync(location).equals(before)).toBe(true);
});

test("a file of a newer version is refused and left as it is", async () => {
  const location = await closedFile();
  const newer = new DatabaseSync(location);
  newer.exec("pragma user_version = 999; create table tomorrow (a)");
  newer.close();
  const before = readFileSync(location);
  const refusal = await refusalOf(location);
  expect(refusal.message).toContain("written by a newer Waybill (version 999");
  expect(readFileSync(location).equals(before)).toBe(true);
});

const nobody = 65_534;

test.runIf(process.getuid?.() === 0)(
  "a file that may only be read stops the start (as another user)",
  async () => {
    const location = await closedFile();
    const before = readFileSync(location);
    chmodSync(join(location, ".."), 0o755);
    chownSync(location, nobody, nobody);
    chmodSync(location, 0o400);
    const worker = await startWorker();
    await worker.ask({ do: "become user", userId: nobody });
    const opening = worker.ask({ do: "open", location });
    await expect(opening).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("WAYBILL_STATE"),
    });
    expect(readFileSync(location).equals(before)).toBe(true);
  },
);

test.runIf(process.getuid?.() !== 0)("a file that may only be read stops the start", async () => {
  const location = await closedFile();
  chmodSync(location, 0o400);
  await refusalOf(location);
});

test.runIf(process.getuid?.() === 0)(
  "a folder that may not be written stops the start (as another user)",
  async () => {
    const folder = join(temporaryFolder(), "closed");
    mkdirSync(folder, { mode: 0o755 });
    chmodSync(join(folder, ".."), 0o755);
    const worker = await startWorker();
    await worker.ask({ do: "become user", userId: nobody });
    const opening = worker.ask({ do: "open", location: join(folder, "waybill.db") });
    await expect(opening).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringMatching(/WAYBILL_STATE.*cannot be made/),
    });
  },
);

test("a file that cannot grow stops the call with the reason, and what was kept stays readable", async () => {
  const location = await closedFile();
  const worker = fileURLToPath(new URL("../support/fill-state.ts", import.meta.url));
  // The limit on the size of files (in units of 1,024 or 512 bytes) stands in for a full disk.
  const shell = spawn("sh", [
    "-c",
    `trap '' XFSZ; ulimit -f 256; exec "$0" "$1" "$2"`,
    process.execPath,
    worker,
    location,
  ]);
  let printed = "";
  shell.stdout.on("data", (chunk: Buffer) => {
    printed += chunk.toString();
  });
  await new Promise((resolve) => shell.on("close", resolve));
  expect(JSON.parse(printed)).toMatchObject({
    code: "unavailable",
    message: expect.stringContaining("WAYBILL_STATE"),
  });
  const store = await open(location);
  onTestFinished(() => store.close());
  const { items } = await store.plans.list({ limit: 1 });
  expect(await store.plans.get(items[0]?.planId ?? "")).toMatchObject({ planId: items[0]?.planId });
});

test("readiness fails once the file is gone", async () => {
  const location = join(temporaryFolder(), "waybill.db");
  const store = await open(location);
  onTestFinished(() => store.close());
  await store.check();
  rmSync(location);
  expect((await failureOf(store.check())).message).toContain("moved or removed");
});

test("a closed store fails its calls instead of hanging", async () => {
  const store = await open(":memory:");
  await store.close();
  await expect(store.plans.list({ limit: 1 })).rejects.toThrow();
});
