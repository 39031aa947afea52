import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { checkDocument } from "../../bench/checker/check-document.ts";
import type { VroomDocument } from "../../bench/checker/vroom-document.ts";
import { roadTravel, startOsrm } from "../support/osrm-server.ts";

const root = join(import.meta.dirname, "../..");
const example = readFileSync(join(root, "test/fixtures/vroom/example-2.json"), "utf8");

function start(args: string[], input: string, environment = {}): ChildProcessWithoutNullStreams {
  const env = { ...process.env, ...environment };
  const child = spawn(process.execPath, [join(root, "src/main.ts"), "solve", ...args], { env });
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

const solve = (args: string[], input: string, environment = {}) => outcome(start(args, input, environment));

test("the answer to VROOM's second example has VROOM's cost, on a stdout that holds nothing else", async () => {
  const { stdout, stderr, code } = await solve(["--iterations", "100"], example);
  expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
  expect(JSON.parse(stdout)).toMatchObject({
    code: 0,
    summary: { cost: 5461, routes: 1, unassigned: 0 },
    routes: [{ vehicle: 0, cost: 5461 }],
  });
});

test("a reader that has gone, and a file that cannot be written, are one line and not a crash", async () => {
  const child = start(["--iterations", "100"], example);
  child.stdout.destroy();
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, "exit")]);
  expect({ said, code }).toEqual({
    said: "waybill: Standard output cannot be written (EPIPE). waybill solve --help tells the format.\n",
    code: 2,
  });
  const refused = await solve(["-l", "600", "-o", tmpdir()], example);
  expect(refused).toMatchObject({ code: 2, stdout: "" });
  expect(refused.stderr).toContain(`${tmpdir()} cannot be written (EISDIR)`);
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

/** A plan that drives past its first job to the second and back. */
const planned = {
  vehicles: [
    {
      id: 1,
      start_index: 0,
      steps: [
        { type: "job", id: 2 },
        { type: "job", id: 1 },
      ],
    },
  ],
  jobs: [
    { id: 1, location_index: 1 },
    { id: 2, location_index: 2 },
  ],
  matrix: [
    [0, 100, 200],
    [100, 0, 100],
    [200, 100, 0],
  ],
};

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
    "a vehicle twice",
    [],
    JSON.stringify({ ...withBreak, vehicles: [...withBreak.vehicles, ...withBreak.vehicles] }),
    "vehicles[1].id is 1, which vehicles[0] has already",
  ],
  [
    "a route to begin with that breaks a rule",
    [],
    JSON.stringify({ ...planned, vehicles: [{ ...planned.vehicles[0], max_tasks: 1 }] }),
    "vehicles[0].steps describes a route that breaks max_tasks",
  ],
  ["what is no object", [], "[]", "the problem takes an object"],
  ["what is no JSON", [], "{\n  jobs: 3\n}", "Standard input is not JSON (line 2 column 3)"],
  ["an empty input", [], " \n", "Standard input is empty"],
  [
    "a file that is not there",
    ["-i", "/nowhere/problem.json"],
    "",
    "/nowhere/problem.json cannot be read (ENOENT)",
  ],
])(
  "%s ends with exit code 2, one line on stderr, and VROOM's words for it",
  async (_, args, input, message) => {
    const { stdout, stderr, code } = await solve(args, input);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toEqual({ code: 2, error: expect.stringContaining(message) });
    expect(stderr).toContain(message);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  },
);

test.each([
  ["an unknown option", ["--speed", "9"], "--speed"],
  ["a stray word", ["problem.json"], "problem.json"],
  ["a seed that is no number", ["--seed", "x"], "--seed takes a whole number"],
  ["a time limit of 0", ["--time-limit", "0"], "--time-limit takes seconds"],
  ["two time limits", ["--time-limit", "1", "-l", "2"], "--limit and --time-limit are one"],
  ["no thread", ["--threads", "0"], "--threads takes a whole number"],
  ["more exploration than there is", ["-x", "6"], "--explore takes a whole number from 0 to 5"],
  ["geometry", ["-g"], "Routes have no geometry here"],
  ["another router", ["-r", "valhalla"], "--router takes osrm alone"],
  ["a routing host", ["-a", "car:localhost"], "WAYBILL_MATRIX_URL says"],
])("%s ends with exit code 2 and one line on stderr", async (_, args, message) => {
  const { stdout, stderr, code } = await solve(args, example);
  expect({ stdout, code }).toEqual({ stdout: "", code: 2 });
  expect(stderr).toContain(message);
  expect(stderr.trimEnd().split("\n")).toHaveLength(1);
});

test("-c checks the plan in the document's steps, and lists what it violates", async () => {
  const document = { ...planned, vehicles: [{ ...planned.vehicles[0], max_tasks: 1 }] };
  const { stdout, stderr, code } = await solve(["-c", "-t", "4"], JSON.stringify(document));
  expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
  const answer = JSON.parse(stdout);
  expect(answer.summary).toMatchObject({ cost: 300, violations: [{ cause: "max_tasks" }] });
  expect(answer.routes[0].steps.map(({ id }: { id?: number }) => id)).toEqual([undefined, 2, 1, undefined]);
});

test("a search begins with the routes in the document's steps, and is never worse", async () => {
  const { stdout } = await solve(["--iterations", "1"], JSON.stringify(planned));
  const [route] = JSON.parse(stdout).routes;
  expect(route.cost).toBeLessThanOrEqual(300);
});

test("input and output may be files, and VROOM's options bound the search", async () => {
  const folder = await mkdtemp(join(tmpdir(), "waybill-solve-"));
  try {
    const [input, output] = [join(folder, "problem.json"), join(folder, "solution.json")];
    await writeFile(input, example);
    const { stdout, code } = await solve(
      ["-i", input, "-o", output, "-l", "0.2", "-t", "2", "-x", "1", "-r", "osrm"],
      "",
    );
    expect({ stdout, code }).toEqual({ stdout: "", code: 0 });
    expect(JSON.parse(await readFile(output, "utf8"))).toMatchObject({ code: 0, summary: { cost: 5461 } });
  } finally {
    await rm(folder, { recursive: true });
  }
});

const twoPlaces = JSON.stringify({
  vehicles: [{ id: 1, start: [113, 23], end: [113, 23] }],
  jobs: [{ id: 1, location: [113.1, 23] }],
});

test("without matrices travel comes from the OSRM service of WAYBILL_MATRIX_URL", async () => {
  const osrm = await startOsrm();
  try {
    const { stdout, stderr, code } = await solve(["--iterations", "1"], twoPlaces, {
      WAYBILL_MATRIX_URL: osrm.url,
    });
    expect(code).toBe(0);
    expect(stderr).toBe(`waybill: travel comes from the OSRM service at ${osrm.url}.\n`);
    const there = roadTravel("113.00000,23.00000", "113.10000,23.00000");
    const back = roadTravel("113.10000,23.00000", "113.00000,23.00000");
    expect(JSON.parse(stdout).summary).toMatchObject({
      duration: Math.round(there.seconds) + Math.round(back.seconds),
      distance: Math.round(there.meters) + Math.round(back.meters),
    });
  } finally {
    await osrm.close();
  }
});

test.each([
  ["no service is set", {}, "WAYBILL_MATRIX_URL is not set"],
  ["the service does not answer", { WAYBILL_MATRIX_URL: "http://127.0.0.1:1" }, "estimates (great-circle"],
])("travel is estimated where %s, and that is told", async (_, environment, words) => {
  const unset = { WAYBILL_MATRIX_URL: "" };
  const { stdout, stderr, code } = await solve(["--iterations", "1"], twoPlaces, {
    ...unset,
    ...environment,
  });
  expect(code).toBe(0);
  expect(stderr).toContain(words);
  expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  const { distance } = JSON.parse(stdout).summary;
  expect(Math.abs(distance - 2 * 13_300)).toBeLessThan(300);
});

test("--help tells the options", async () => {
  const { stdout, code } = await solve(["--help"], "");
  expect(code).toBe(0);
  for (const option of ["--choose-eta", "--time-limit", "--iterations", "--seed", "--threads", "--explore"])
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
