import { execFile } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");

function revise(...args: string[]): Promise<{ code: number | string; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [join(root, "bench/main.ts"), "revise", ...args], (error, stdout, stderr) => {
      resolve({ code: error ? (error.code ?? String(error.signal)) : 0, stdout, stderr });
    });
  });
}

test("every kind of revision is made through a real server, and measured against its goal", {
  timeout: 120_000,
}, async () => {
  const { code, stdout, stderr } = await revise("--stops", "24", "--vehicles", "3", "--runs", "2", "--json");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const rows: { kind: string; goal: number; median: number; most: number }[] = JSON.parse(stdout);
  expect(rows.map(({ kind, goal }) => [kind, goal])).toEqual([
    ["move", 20],
    ["move, cheapest place", 20],
    ["swap", 20],
    ["reorder", 20],
    ["lock", 20],
    ["set_window", 20],
    ["move, routes", 1_000],
    ["all routes", 1_000],
  ]);
  for (const { median, most } of rows) expect(most).toBeGreaterThanOrEqual(median);
});

test.each([
  [["--runs", "none"], "--runs takes a number above 0"],
  [["--vehicles", "1"], "--vehicles takes at least 2"],
  [["--colour", "red"], "--colour"],
])("%j ends with exit code 2 and one line", async (args, words) => {
  const { code, stdout, stderr } = await revise(...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr.trim()).toContain(words);
  expect(stderr.trim().split("\n")).toHaveLength(1);
});
