import { execFile } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const fixtures = join(root, "test/fixtures/instances");

function promises(...args: string[]): Promise<{ code: number | string; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(root, "bench/main.ts"), "promises", ...args],
      (error, stdout, stderr) => {
        resolve({ code: error ? (error.code ?? String(error.signal)) : 0, stdout, stderr });
      },
    );
  });
}

test("each figure has its median and its most, and a cancelled search does not run to its end", async () => {
  const budget = ["--seconds", "3", "--runs", "1"];
  const { code, stdout } = await promises("--from", fixtures, ...budget, "--json", "rich_n60_m3_t2");
  expect(code).toBe(0);
  const figures = { median: expect.any(Number), most: expect.any(Number) };
  const [row] = JSON.parse(stdout);
  expect(row).toEqual({
    instance: "rich_n60_m3_t2",
    stops: 60,
    late: figures,
    silence: figures,
    cancel: figures,
  });
  // Cancelled at half of its 3 s: had it gone on, its end would have taken 1,500 ms.
  expect(row.cancel.most).toBeLessThan(1_500);
});

test.each([
  [["--runs", "none"], "--runs takes a number above 0"],
  [["--from", fixtures, "X-n9"], "Not all of X-n9 are in"],
])("%j ends with exit code 2 and one line", async (args, words) => {
  const { code, stdout, stderr } = await promises(...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr.trim()).toContain(words);
  expect(stderr.trim().split("\n")).toHaveLength(1);
});
