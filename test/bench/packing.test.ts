import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { checkPacking } from "../../bench/checker/check-packing.ts";
import { readVbp } from "../../bench/instances/read-vbp.ts";

const root = join(import.meta.dirname, "../..");
const scratch = mkdtempSync(join(tmpdir(), "packing-"));
afterAll(() => rmSync(scratch, { recursive: true }));

const small = {
  types: [{ cap: [10, 8], cost: 5, count: 2 }],
  items: [
    [6, 2],
    [4, 3],
    [5, 4],
  ],
  plantedCost: 10,
};

function writeInstance(folder: string, instance: unknown): string {
  const directory = join(scratch, folder);
  mkdirSync(join(directory, "vbp"), { recursive: true });
  writeFileSync(join(directory, "vbp", "small.json"), JSON.stringify(instance));
  return directory;
}

function packing(...args: string[]): Promise<{ code: number | string; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [join(root, "bench/main.ts"), "packing", ...args], (error, stdout, stderr) => {
      resolve({ code: error ? (error.code ?? String(error.signal)) : 0, stdout, stderr });
    });
  });
}

test("an instance is packed, proven and checked", async () => {
  const from = writeInstance("sound", small);
  const { code, stdout } = await packing("--from", from, "--seconds", "5", "--json");
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual([
    expect.objectContaining({ instance: "small", status: "optimal", cost: 10, lowerBound: 10, faults: [] }),
  ]);
});

test("a packing dearer than the known one fails the run", async () => {
  const from = writeInstance("cheaper", { ...small, plantedCost: 5 });
  const { code, stdout, stderr } = await packing("--from", from, "--seconds", "5");
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: expect.stringContaining("small: a packing for 5 is known"),
  });
  expect(stdout).toMatch(/^small .* no$/m);
});

test.each([
  [["--seconds", "none"], 2, "--seconds takes a number above 0"],
  [["--from", scratch], 1, "No instances in"],
])("%j ends with one line", async (args, exitCode, message) => {
  const { code, stderr } = await packing(...args);
  expect({ code, stderr }).toEqual({ code: exitCode, stderr: expect.stringContaining(message) });
});

test("the checker tells every kind of fault", () => {
  const instance = readVbp(JSON.stringify({ ...small, types: [{ cap: [9, 8], cost: 5, count: 1 }] }));
  expect(checkPacking(instance, { vehicleOf: [0, 0, -1], typeOf: [0, 0, 3] })).toEqual({
    cost: 10,
    faults: [
      "item 2 is in no vehicle",
      "vehicle 0 has 10 of 9 in dimension 0",
      "vehicle 2 is of no type",
      "2 vehicles of type 0, of which there are 1",
    ],
  });
});
