import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const fixtures = join(root, "test/fixtures/instances");
const scratch = mkdtempSync(join(tmpdir(), "quick-"));
afterAll(() => rmSync(scratch, { recursive: true }));

function quick(...args: string[]): Promise<{ code: number | string; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [join(root, "bench/main.ts"), "quick", ...args], (error, stdout, stderr) => {
      // A process that a signal ended has no code: then the signal is what the test must show.
      resolve({ code: error ? (error.code ?? String(error.signal)) : 0, stdout, stderr });
    });
  });
}

test("without the large sets it says what it looked for, and takes the instances of the repository", async () => {
  const names = ["X-n101-k25", "R101", "rich_n60_m3_t2"];
  const { code, stdout, stderr } = await quick("--from", scratch, "--seconds", "0.3", ...names, "Leuven1");
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining(join(scratch, "bks.json")) });
  expect(stderr).toContain("Not there, so left out: Leuven1.");
  for (const name of names) expect(stdout).toMatch(new RegExp(`^${name} .* yes$`, "m"));
});

test("named instances are measured alone, as JSON where that is wanted", async () => {
  const { code, stdout } = await quick("--from", fixtures, "--seconds", "0.3", "--json", "R101");
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual([
    expect.objectContaining({ instance: "R101", stops: 100, bestKnown: 1637.7, feasible: true, faults: [] }),
  ]);
});

test("an answer that leaves a stop out fails the run, and the fault is told", async () => {
  const rich = JSON.parse(readFileSync(join(fixtures, "rich/rich_n60_m3_t2.json"), "utf8"));
  rich.stops[7].q[0] = 9999;
  const directory = join(scratch, "impossible");
  mkdirSync(join(directory, "rich"), { recursive: true });
  writeFileSync(join(directory, "bks.json"), "{}");
  writeFileSync(join(directory, "rich", "rich_n60_m3_t2.json"), JSON.stringify(rich));
  const { code, stdout, stderr } = await quick("--from", directory, "--seconds", "0.2", "rich_n60_m3_t2");
  expect(code).toBe(1);
  expect(stdout).toMatch(/^rich_n60_m3_t2 .* no$/m);
  expect(stderr).toContain("stop 7 is visited 0 times");
});

test.each([
  [["--speed", "3"], "--speed"],
  [["--seconds", "none"], "--seconds takes a number above 0"],
])("%j ends with exit code 2 and one line", async (args, message) => {
  const { code, stdout, stderr } = await quick(...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain(message);
});
