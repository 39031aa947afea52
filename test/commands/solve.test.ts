import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { checkDocument } from "../../bench/checker/check-document.ts";
import type { VroomDocument } from "../../bench/checker/vroom-document.ts";

const root = join(import.meta.dirname, "../..");
const example = readFileSync(join(root, "test/fixtures/vroom/example-2.json"), "utf8");

function start(args: string[], input: string): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, [join(root, "src/main.ts"), "solve", ...args]);
  child.stdin.end(input);
  return child;
}

async function outcome(child: ChildProcessWithoutNullStreams) {
  const [stdout, stderr, [code, signal]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "exit"),
  ]);
  return { stdout, stderr, code, signal };
}

const solve = (args: string[], input: string) => outcome(start(args, input));

test("the answer to VROOM's second example has VROOM's cost, on a stdout that holds nothing else", async () => {
  const { stdout, stderr, code } = await solve(["--iterations", "100"], example);
  expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
  expect(JSON.parse(stdout)).toMatchObject({
    code: 0,
    summary: { cost: 5461, routes: 1, unassigned: 0 },
    routes: [{ vehicle: 0, cost: 5461 }],
  });
});

test("a time limit is taken in decimals, and ends the search", async () => {
  const { stdout, code } = await solve(["--time-limit", "0.2", "--seed", "7", "--threads", "2"], example);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ summary: { unassigned: 0 } });
});

const withBreak: VroomDocument = {
  vehicles: [
    {
      id: 1,
      type: "van",
      start_index: 0,
      end_index: 0,
      breaks: [{ id: 4, service: 30, time_windows: [[50, 60]] }],
    },
  ],
  jobs: [{ id: 1, location_index: 1, service: 5, service_per_type: { van: 7 }, time_windows: [[100, 200]] }],
  matrix: [
    [0, 80],
    [80, 0],
  ],
};

test("a break is a step of the answer, and a job takes the time of the vehicle's type", async () => {
  const { stdout, stderr, code } = await solve(["--iterations", "10"], JSON.stringify(withBreak));
  expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
  const answer = JSON.parse(stdout);
  expect(checkDocument(withBreak, answer)).toEqual([]);
  expect(answer.routes[0]).toMatchObject({ duration: 160, service: 37 });
  expect(answer.routes[0].steps.map(({ type }: { type: string }) => type)).toEqual([
    "start",
    "break",
    "job",
    "end",
  ]);
});

/** A problem of 60 jobs around a depot, by coordinates. */
const town = JSON.stringify({
  jobs: Array.from({ length: 60 }, (_, id) => ({
    id,
    location: [113 + ((id * 37) % 60) / 100, 23 + ((id * 17) % 60) / 100],
    delivery: [1 + (id % 4)],
  })),
  vehicles: [1, 2, 3, 4, 5].map((id) => ({ id, start: [113.1, 23.1], end: [113.1, 23.1], capacity: [31] })),
});

test("the same seed and iterations give the same answer", async () => {
  const solved = async () => {
    const { routes, unassigned } = JSON.parse(
      (await solve(["--iterations", "500", "--seed", "3"], town)).stdout,
    );
    return { routes, unassigned };
  };
  const [first, second] = await Promise.all([solved(), solved()]);
  expect(first).toEqual(second);
  expect(first.routes.length).toBeGreaterThan(1);
});

test.each([
  ["a malformed field", [], example.replace("1515", '"fifteen"'), "jobs[1].id takes a whole number"],
  [
    "a field that is not supported",
    [],
    example.replace('"jobs"', '"shipments": [{}], "jobs"'),
    "shipments is not",
  ],
  [
    "a vehicle twice",
    [],
    JSON.stringify({ ...withBreak, vehicles: [...withBreak.vehicles, ...withBreak.vehicles] }),
    "vehicles[1].id is 1, which vehicles[0] has already",
  ],
  ["what is no object", [], "[]", "the problem takes an object"],
  ["what is no JSON", [], "{\n  jobs: 3\n}", "Standard input is not JSON (line 2 column 3)"],
  ["an empty input", [], " \n", "Standard input is empty"],
  ["an unknown option", ["--speed", "9"], example, "--speed"],
  ["a stray word", ["problem.json"], example, "problem.json"],
  ["a seed that is no number", ["--seed", "x"], example, "--seed takes a whole number"],
  ["a time limit of 0", ["--time-limit", "0"], example, "--time-limit takes seconds"],
  ["no thread", ["--threads", "0"], example, "--threads takes a whole number"],
])("%s ends with exit code 2 and one line on stderr", async (_, args, input, message) => {
  const { stdout, stderr, code } = await solve(args, input);
  expect({ stdout, code }).toEqual({ stdout: "", code: 2 });
  expect(stderr).toContain(message);
  expect(stderr.trimEnd().split("\n")).toHaveLength(1);
});

test("--help tells the options", async () => {
  const { stdout, code } = await solve(["--help"], "");
  expect(code).toBe(0);
  for (const option of ["--time-limit", "--iterations", "--seed", "--threads"])
    expect(stdout).toContain(option);
});

test("Ctrl-C ends a long search as a shell expects it, without half an answer", async () => {
  const child = start(["--time-limit", "600"], town);
  const ended = outcome(child);
  await setTimeout(1500);
  child.kill("SIGINT");
  const { stdout, code, signal } = await ended;
  // Before the search has begun, the signal itself ends the process; a shell tells both as 130.
  expect(signal === "SIGINT" || code === 130, `${code} ${signal}`).toBe(true);
  expect(stdout).toBe("");
});
