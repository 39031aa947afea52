import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { bendDocument } from "../../../bench/problems/bend-document.ts";
import { bendText } from "../../../bench/problems/bend-text.ts";
import { createDice } from "../../../bench/problems/dice.ts";
import { runCampaign, type Trial } from "../../../bench/problems/run-campaign.ts";
import { tryCommand } from "../../../bench/problems/try-command.ts";
import { documentOf, tryDocument } from "../../../bench/problems/try-document.ts";

const root = join(import.meta.dirname, "../../..");
const scratch = mkdtempSync(join(tmpdir(), "problems-"));
afterAll(() => rmSync(scratch, { recursive: true }));

const count = 150;
const numbers = Array.from({ length: count }, (_, index) => index);

test("150 random and bent problems are solved without a fault or refused with the name of a field", () => {
  const outcomes = numbers.map((index) => {
    const sample = documentOf(2, index);
    return { index, isBent: sample.isBent, ...tryDocument(sample) };
  });
  expect(outcomes.filter(({ kind }) => kind === "fault")).toEqual([]);
  const share = (wanted: string, bent: boolean) =>
    outcomes.filter(({ kind, isBent }) => kind === wanted && isBent === bent).length;
  // A campaign that refuses everything, or bends nothing, would pass as well.
  expect(share("solved", false)).toBeGreaterThan(count / 8);
  expect(share("refused", true)).toBeGreaterThan(count / 8);
  // What begins with routes that break a rule is refused though nothing in it is bent.
  const refused = outcomes.filter(({ kind, isBent }) => kind === "refused" && !isBent);
  expect(refused.filter(({ detail }) => !/^vehicles\[\d\]\.steps$/.test(detail))).toEqual([]);
  expect(refused.length).toBeLessThan(count / 8);
});

test("no field keeps a valid problem from being solved: shipments, breaks and times by type do not", () => {
  const valid = numbers
    .map((index) => documentOf(2, 2 * index))
    .filter(({ document }) => !hasSteps(document));
  const kindsOf = (field: string) => {
    const having = valid.filter(({ document }) => JSON.stringify(document).includes(`"${field}":`));
    return [...new Set(having.map((sample) => tryDocument(sample).kind))];
  };
  for (const field of ["shipments", "breaks", "service_per_type", "setup_per_type"]) {
    expect(kindsOf(field), field).toEqual(["solved"]);
  }
});

function hasSteps(document: unknown): boolean {
  return JSON.stringify(document).includes('"steps":');
}

test("given routes are begun with, refused for a rule, or checked as a plan", () => {
  const samples = numbers
    .map((index) => documentOf(5, 2 * index))
    .filter(({ document }) => hasSteps(document));
  const plans = samples.filter(({ isPlan }) => isPlan);
  const kindsOf = (wanted: typeof samples) => new Set(wanted.map((sample) => tryDocument(sample).kind));
  expect([...kindsOf(plans)]).toEqual(["solved"]);
  const begun = kindsOf(samples.filter(({ isPlan }) => !isPlan));
  expect(begun).toContain("solved");
  expect(begun).toContain("refused");
  expect(begun).not.toContain("fault");
});

test("the same seed and number give the same problem, another number another", () => {
  expect(documentOf(3, 8)).toEqual(documentOf(3, 8));
  expect(documentOf(3, 8).document).not.toEqual(documentOf(3, 9).document);
  expect(documentOf(3, 8).document).not.toEqual(documentOf(4, 8).document);
});

test("a bent document is another one, and what it was made of stays as it was", () => {
  const { document } = documentOf(1, 0);
  const before = structuredClone(document);
  const bent = numbers.map((seed) => JSON.stringify(bendDocument(document, createDice(seed))));
  expect(document).toEqual(before);
  expect(new Set(bent).size).toBeGreaterThan(count / 2);
});

test("between them the problems have every constraint of the format", () => {
  const text = numbers.map((index) => JSON.stringify(documentOf(1, 2 * index).document)).join("\n");
  for (const field of [
    ...["jobs", "shipments", "vehicles", "matrix", "matrices", "durations", "distances", "costs", "location"],
    ...[
      "location_index",
      "start",
      "end",
      "start_index",
      "end_index",
      "profile",
      "type",
      "capacity",
      "skills",
    ],
    ...["time_window", "time_windows", "breaks", "max_load", "speed_factor", "max_tasks", "max_travel_time"],
    ...["max_distance", "fixed", "per_hour", "per_km", "per_task_hour", "setup", "service", "setup_per_type"],
    ...["service_per_type", "delivery", "pickup", "amount", "priority", "steps", "service_at"],
    ...["service_after", "service_before"],
  ]) {
    expect(text).toContain(`"${field}":`);
  }
});

test("the campaign tells every problem, in a process of its own", async () => {
  const trials: Trial[] = [];
  const { signal } = new AbortController();
  const onTrial = (trial: Trial) => trials.push(trial);
  await runCampaign({ seed: 1, count: 6, limitSeconds: 60, signal, onTrial });
  expect(trials.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5]);
  for (const { index, isBent, kind } of trials) {
    expect({ index, isBent, kind }).toEqual({ index, ...outcomeOf(index) });
  }
});

function outcomeOf(index: number) {
  const sample = documentOf(1, index);
  return { isBent: sample.isBent, kind: tryDocument(sample).kind };
}

/** A process that dies of document 2 and hangs on document 4. */
const sickChild = `
const [, from, until] = process.argv.slice(2).map(Number);
for (let index = from; index < until; index++) {
  if (index === 2) throw new Error("no more of this");
  if (index === 4) await new Promise((resolve) => setTimeout(resolve, 1e9));
  process.send({ index, isBent: false, seconds: 0, kind: "solved", detail: "" });
}
process.disconnect();
`;

test("a problem that ends or hangs its process is a fault of its own, and the others are still tried", async () => {
  const child = join(scratch, "sick-child.mjs");
  writeFileSync(child, sickChild);
  const trials: Trial[] = [];
  const { signal } = new AbortController();
  const onTrial = (trial: Trial) => trials.push(trial);
  await runCampaign({ seed: 1, count: 6, limitSeconds: 3, signal, onTrial, child });
  expect(trials.map(({ index, kind }) => `${index} ${kind}`)).toEqual([
    ...["0 solved", "1 solved", "2 fault", "3 solved", "4 fault", "5 solved"],
  ]);
  expect(trials[2]?.detail).toContain("no more of this");
  expect(trials[4]?.detail).toBe("no answer within 3 seconds");
});

test("a file as text goes through waybill solve itself: solved, or refused in a line", async () => {
  const { document } = documentOf(1, 500);
  const text = JSON.stringify(document);
  const outcomes = await Promise.all(
    [text, text.slice(0, -9), text.replace(/\d+/, "NaN"), "[".repeat(100_000)].map((each) =>
      tryCommand(each, { limitSeconds: 60 }),
    ),
  );
  expect(outcomes.map(({ kind }) => kind)).toEqual(["solved", "refused", "refused", "refused"]);
});

test("a damaged text differs from its file, most of the time", () => {
  const damaged = numbers.map((seed) => bendText('{"jobs":[1,2,3]}', createDice(seed)));
  expect(new Set(damaged).size).toBeGreaterThan(20);
});

test("the command counts the ends, and prints a problem by its number", async () => {
  const { code, stdout } = await problems("--count", "40", "--json");
  const { counts, faults } = JSON.parse(stdout);
  expect({ code, faults }).toEqual({ code: 0, faults: [] });
  const ends = Object.entries<number>(counts).filter(([name]) => !name.startsWith("file"));
  expect(ends.reduce((sum, [, times]) => sum + times, 0)).toBe(40);
  expect(JSON.parse((await problems("--show", "7")).stdout)).toEqual(documentOf(1, 7).document);
  expect(await problems("--count", "none")).toMatchObject({ code: 2, stdout: "" });
});

function problems(...args: string[]): Promise<{ code: number | string; stdout: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [join(root, "bench/main.ts"), "problems", ...args], (error, stdout) => {
      resolve({ code: error ? (error.code ?? String(error.signal)) : 0, stdout });
    });
  });
}
