import { describe, expect, test } from "vitest";
import { mean, median, percentOver } from "../../../bench/engine/arithmetic.ts";
import { judge } from "../../../bench/engine/goals.ts";
import { writeRow, writeSummary, writeVerdict } from "../../../bench/engine/report.ts";
import { type EngineRun, type Row, toRow } from "../../../bench/engine/row.ts";
import { setNames, setOf, setsNamed, setWords } from "../../../bench/engine/sets.ts";
import { summarize } from "../../../bench/engine/summary.ts";

const subject = { name: "one", path: "one.vrp", set: "cvrp-small", stops: 100, bestKnown: 1000 } as const;

function run(change: Partial<EngineRun>): EngineRun {
  return {
    instance: "one",
    stops: 100,
    routes: 5,
    cost: 1010,
    bestKnown: 1000,
    bestKnownSource: "published",
    gapPercent: 1,
    seconds: 1.01,
    cpuSeconds: 1,
    firstFullSeconds: 0.25,
    iterations: 5000,
    iterationsPerSecond: 4950,
    unserved: 0,
    feasible: true,
    faults: [],
    peakMegabytes: 100,
    ...change,
  };
}

function row(change: Partial<EngineRun> = {}, set: Row["set"] = "cvrp-small", baselineCost?: number): Row {
  const baseline =
    baselineCost === undefined ? [] : [{ cost: baselineCost, unserved: 0, iterationsPerSecond: 1 }];
  return toRow({ ...subject, set }, 1, { engine: [run(change)], baseline });
}

test("means, medians and percentages", () => {
  expect(mean([])).toBeUndefined();
  expect(mean([1, 2, 6])).toBe(3);
  expect(median([9, 1, 4])).toBe(4);
  expect(median([9, 1, 4, 6])).toBe(5);
  expect(percentOver(102, 100)).toBeCloseTo(2, 10);
  expect(percentOver(undefined, 100)).toBeUndefined();
  expect(percentOver(100, undefined)).toBeUndefined();
});

describe("the runs of an instance", () => {
  const engine = [
    run({ cost: 1010, peakMegabytes: 90, seconds: 1.002 }),
    run({ cost: 1030, peakMegabytes: 120, seconds: 1.03, firstFullSeconds: 0.5 }),
    run({ cost: 1020 }),
  ];
  const baseline = [1050, 1000, 1040].map((cost) => ({ cost, unserved: 0, iterationsPerSecond: 9 }));

  test("become their medians, with the most of memory, delay and first plan", () => {
    const result = toRow(subject, 1, { engine, baseline });
    expect(result).toMatchObject({ runs: 3, cost: 1020, peakMegabytes: 120, firstFullSeconds: 0.5 });
    expect(result.gapPercent).toBeCloseTo(2, 10);
    expect(result.overshootMilliseconds).toBeCloseTo(30, 6);
    expect(result.baselineGapPercent).toBeCloseTo(4, 10);
    expect(result.overBaselinePercent).toBeCloseTo(100 * (1020 / 1040 - 1), 10);
  });

  test("have no gap when one of them is not feasible, and its faults are kept", () => {
    const broken = run({ feasible: false, unserved: 2, faults: ["stop 3 is visited 0 times"] });
    const result = toRow(subject, 1, { engine: [...engine, broken], baseline });
    expect(result).toMatchObject({ feasible: false, unserved: 2, faults: ["stop 3 is visited 0 times"] });
    expect([result.gapPercent, result.overBaselinePercent]).toEqual([undefined, undefined]);
  });

  test("have no gap without a best known cost, and nothing over a baseline that leaves stops out", () => {
    const { bestKnown: _, ...unknown } = subject;
    const short = [{ cost: 5, unserved: 1, iterationsPerSecond: 9 }];
    const result = toRow(unknown, 1, { engine, baseline: short });
    expect([result.gapPercent, result.baselineCost, result.overBaselinePercent]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(writeRow(result)).toMatch(/^one .* - .* yes$/);
  });
});

describe("the goals", () => {
  const verdicts = (set: Row["set"], seconds: number, rows: Row[]) =>
    judge(set, seconds, rows).map((verdict) => `${verdict.goal.measure} ${verdict.isMet}`);

  test("are met up to their number and missed above it", () => {
    const at = (gapPercent: number) => row({ cost: 1000 * (1 + gapPercent / 100) });
    expect(verdicts("cvrp-small", 1, [at(0.2), at(0.7)])).toContain("mean_gap_percent true");
    expect(verdicts("cvrp-small", 1, [at(0.4), at(0.7)])).toContain("mean_gap_percent false");
  });

  test("are missed, not made easier, by a plan that is not feasible", () => {
    const broken = row({ feasible: false, cost: 1 });
    expect(verdicts("cvrp-small", 1, [row({ cost: 1000 }), broken])).toContain("mean_gap_percent false");
    const [verdict] = judge("cvrp-small", 1, [broken]);
    expect(writeVerdict(verdict!)).toBe("mean gap <= 0.5 %: MISSED (no feasible plan)");
  });

  test("are not judged where no row can tell, or at another budget", () => {
    const { bestKnown: _, ...unknown } = subject;
    const stranger = toRow(unknown, 1, { engine: [run({})], baseline: [] });
    expect(verdicts("cvrp-small", 1, [stranger])).toEqual(["most_overshoot_milliseconds true"]);
    expect(verdicts("cvrp-small", 2, [row()])).toEqual(["most_overshoot_milliseconds true"]);
    expect(verdicts("rich", 1, [row({}, "rich")])).toEqual(["most_overshoot_milliseconds true"]);
  });

  test("hold the rich set against the baseline, and more so from 300 stops on", () => {
    const small = row({ cost: 1000, stops: 60 }, "rich", 1000);
    const large = row({ cost: 995, stops: 300 }, "rich", 1000);
    expect(verdicts("rich", 10, [small, large])).toEqual([
      "most_over_baseline_percent true",
      "most_over_baseline_percent false",
      "most_overshoot_milliseconds true",
    ]);
    expect(verdicts("rich", 10, [small, row({ cost: 989, stops: 300 }, "rich", 1000)])).not.toContain(
      "most_over_baseline_percent false",
    );
  });

  test("ask for deadlines up to 1,000 stops only", () => {
    expect(verdicts("cvrp-large", 1, [row({ seconds: 1.05, stops: 1000, cost: 1000 })])).toContain(
      "most_overshoot_milliseconds false",
    );
    const beyond = [row({ seconds: 1.05, stops: 1001, cost: 1000 })];
    expect(verdicts("cvrp-large", 1, beyond)).toEqual(["mean_gap_percent true"]);
  });
});

test("a summary for each set and budget, with means over the rows that have a gap", () => {
  const rows = [
    row({ cost: 1000 }, "cvrp-small", 1020),
    row({ cost: 1010 }, "cvrp-small", 1040),
    row({ feasible: false }),
    row({ cost: 1020 }, "solomon"),
  ];
  const [small, solomon] = summarize(rows);
  expect(small).toMatchObject({ set: "cvrp-small", budgetSeconds: 1, instances: 3, feasible: 2 });
  expect(small?.meanGapPercent).toBeCloseTo(0.5, 10);
  expect(small?.mostGapPercent).toBeCloseTo(1, 10);
  expect(small?.baselineMeanGapPercent).toBeCloseTo(3, 10);
  expect(solomon).toMatchObject({ set: "solomon", instances: 1 });
  expect(writeSummary(solomon)).toMatch(/^solomon .*mean gap <= 0.5 %: MISSED \(2\.000\)/);
});

test.each([
  ["cvrp", 199, "cvrp-small"],
  ["cvrp", 250, "cvrp-middle"],
  ["cvrp", 599, "cvrp-large"],
  ["cvrp", 1000, "cvrp-large"],
  ["cvrp", 3000, "leuven"],
  ["cvrp", 20_000, "antwerp"],
  ["vrptw", 100, "solomon"],
  ["vrptw", 200, "homberger"],
  ["hfvrp", 5000, "hfvrp"],
] as const)("%s of %d stops belongs to %s", (kind, stops, set) => {
  expect(setOf(kind, stops)).toBe(set);
});

test("a word names a set or several, and all of them together are every set", () => {
  expect(setsNamed("solomon")).toEqual(["solomon"]);
  expect(setsNamed("vrptw")).toEqual(["solomon", "homberger"]);
  expect(setsNamed("all")).toEqual(setNames);
  expect(setsNamed("nothing")).toEqual([]);
  expect(setWords.every((word) => setsNamed(word).length > 0)).toBe(true);
});
