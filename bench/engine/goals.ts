import { mean } from "./arithmetic.ts";
import type { Row } from "./row.ts";
import type { SetName } from "./sets.ts";

/** What a goal looks at, over the rows of a set. Each measure is met when it is not above the goal's number. */
export type GoalMeasure =
  | "mean_gap_percent"
  | "most_unserved"
  | "most_first_full_seconds"
  | "most_megabytes"
  | "most_over_baseline_percent"
  | "most_overshoot_milliseconds";

export type Goal = {
  /** The time budgets that the goal is set for; any when left out. */
  seconds?: number[];
  measure: GoalMeasure;
  most: number;
  /** Only rows of so many stops count. */
  fromStops?: number;
  toStops?: number;
};

const gap = (seconds: number, most: number): Goal => ({
  seconds: [seconds],
  measure: "mean_gap_percent",
  most,
});

/** Every answer comes this close behind its deadline, as long as it has no more than 1,000 stops. */
const onTime: Goal = { measure: "most_overshoot_milliseconds", most: 20, toStops: 1000 };

/** What the engine is to reach with one thread, set by set (docs/planning.md). */
export const goals: Record<SetName, Goal[]> = {
  "cvrp-small": [gap(1, 0.5), gap(10, 0.1), gap(60, 0.03), onTime],
  "cvrp-middle": [gap(1, 0.8), gap(10, 0.3), gap(60, 0.12), onTime],
  "cvrp-large": [gap(1, 2), gap(10, 0.7), gap(60, 0.4), onTime],
  leuven: [
    { seconds: [1, 10, 60], measure: "most_first_full_seconds", most: 2 },
    gap(10, 1.5),
    gap(60, 0.35),
    { seconds: [60], measure: "most_megabytes", most: 600 },
  ],
  antwerp: [
    { seconds: [10, 60], measure: "most_first_full_seconds", most: 5 },
    gap(60, 2),
    { seconds: [60], measure: "most_megabytes", most: 1000 },
  ],
  solomon: [gap(1, 0.5), gap(10, 0.05), onTime],
  homberger: [gap(10, 2.5), gap(60, 1), onTime],
  hfvrp: [gap(10, 0.6), gap(60, 0.3), { seconds: [10, 60], measure: "most_unserved", most: 0 }, onTime],
  sdvrptw: [onTime],
  mdvrptw: [onTime],
  pcvrptw: [onTime],
  rich: [
    { seconds: [1, 10], measure: "most_over_baseline_percent", most: 0 },
    { seconds: [10], measure: "most_over_baseline_percent", most: -1, fromStops: 300 },
    onTime,
  ],
};

/** A goal with what the rows came to; `value` is undefined when a row that counts has no feasible plan. */
export type Verdict = { goal: Goal; value: number | undefined; isMet: boolean };

/** What the rows of a set came to, for every goal that is set for this budget and that some row can tell of. */
export function judge(set: SetName, budgetSeconds: number, rows: Row[]): Verdict[] {
  return goals[set]
    .filter(({ seconds }) => seconds === undefined || seconds.includes(budgetSeconds))
    .flatMap((goal) => judgeGoal(goal, rows));
}

function judgeGoal(goal: Goal, rows: Row[]): Verdict[] {
  const { measure, most, fromStops = 0, toStops = Number.POSITIVE_INFINITY } = goal;
  const { counts, tell } = measures[measure];
  const counted = rows.filter((row) => row.stops >= fromStops && row.stops <= toStops && counts(row));
  if (counted.length === 0) return [];
  const values = counted.map(tell);
  const known = values.filter((value) => value !== undefined);
  // A plan that is not feasible has no gap, but it must not make a goal easier.
  if (known.length < values.length) return [{ goal, value: undefined, isMet: false }];
  const value = measure === "mean_gap_percent" ? mean(known) : Math.max(...known);
  return [{ goal, value, isMet: value !== undefined && value <= most }];
}

/** For each measure: whether a row can tell of it at all, and what it tells; undefined for want of a feasible plan. */
const measures: Record<
  GoalMeasure,
  { counts: (row: Row) => boolean; tell: (row: Row) => number | undefined }
> = {
  mean_gap_percent: {
    counts: ({ bestKnown }) => bestKnown !== undefined,
    tell: ({ gapPercent }) => gapPercent,
  },
  most_unserved: { counts: () => true, tell: ({ unserved }) => unserved },
  most_first_full_seconds: { counts: () => true, tell: ({ firstFullSeconds }) => firstFullSeconds },
  most_megabytes: { counts: () => true, tell: ({ peakMegabytes }) => peakMegabytes },
  most_over_baseline_percent: {
    counts: ({ baselineCost }) => baselineCost !== undefined,
    tell: ({ overBaselinePercent }) => overBaselinePercent,
  },
  most_overshoot_milliseconds: { counts: () => true, tell: (row) => row.overshootMilliseconds },
};
