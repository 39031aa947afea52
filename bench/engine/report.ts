import { type Column, formatLine } from "../table.ts";
import type { Goal, GoalMeasure, Verdict } from "./goals.ts";
import type { Row } from "./row.ts";
import type { Summary } from "./summary.ts";

const count = (value: number) => Math.round(value).toLocaleString("en-US");
const decimals = (value: number, digits: number) =>
  value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
const percent = (value: number | undefined) => (value === undefined ? "-" : decimals(value, 2));
const money = (value: number | undefined) =>
  value === undefined ? "-" : value.toLocaleString("en-US", { maximumFractionDigits: 2 });
const right = "right" as const;

const columns: Column<Row>[] = [
  { heading: "instance", width: 18, align: "left", cell: ({ instance }) => instance },
  { heading: "stops", width: 5, align: right, cell: ({ stops }) => String(stops) },
  { heading: "routes", width: 6, align: right, cell: ({ routes }) => String(routes) },
  { heading: "cost", width: 10, align: right, cell: ({ cost }) => money(cost) },
  {
    heading: "best known",
    width: 11,
    align: right,
    cell: ({ bestKnown, bestKnownSource }) => money(bestKnown) + (bestKnownSource === "measured" ? "*" : ""),
  },
  { heading: "gap %", width: 6, align: right, cell: ({ gapPercent }) => percent(gapPercent) },
  { heading: "baseline %", width: 10, align: right, cell: (row) => percent(row.baselineGapPercent) },
  { heading: "over it %", width: 9, align: right, cell: (row) => percent(row.overBaselinePercent) },
  { heading: "iterations", width: 11, align: right, cell: ({ iterations }) => count(iterations) },
  { heading: "a second", width: 9, align: right, cell: (row) => count(row.iterationsPerSecond) },
  {
    heading: "first s",
    width: 7,
    align: right,
    cell: ({ firstFullSeconds }) => (firstFullSeconds === undefined ? "-" : decimals(firstFullSeconds, 2)),
  },
  { heading: "cpu s", width: 6, align: right, cell: ({ cpuSeconds }) => decimals(cpuSeconds, 2) },
  { heading: "late ms", width: 7, align: right, cell: (row) => count(row.overshootMilliseconds) },
  { heading: "MB", width: 5, align: right, cell: ({ peakMegabytes }) => count(peakMegabytes) },
  { heading: "unserved", width: 8, align: right, cell: ({ unserved }) => String(unserved) },
  { heading: "feasible", width: 8, align: right, cell: ({ feasible }) => (feasible ? "yes" : "no") },
];

/** The headings, or an instance's line under them. */
export function writeRow(row?: Row): string {
  return formatLine(columns, row);
}

const summaryColumns: Column<Summary>[] = [
  { heading: "set", width: 12, align: "left", cell: ({ set }) => set },
  { heading: "budget s", width: 8, align: right, cell: ({ budgetSeconds }) => String(budgetSeconds) },
  { heading: "instances", width: 9, align: right, cell: ({ instances }) => String(instances) },
  { heading: "feasible", width: 8, align: right, cell: ({ feasible }) => String(feasible) },
  { heading: "mean gap %", width: 10, align: right, cell: (summary) => percent(summary.meanGapPercent) },
  { heading: "max gap %", width: 9, align: right, cell: (summary) => percent(summary.mostGapPercent) },
  {
    heading: "baseline mean %",
    width: 15,
    align: right,
    cell: (summary) => percent(summary.baselineMeanGapPercent),
  },
  {
    heading: "goals",
    width: 5,
    align: "left",
    cell: ({ verdicts }) => verdicts.map(writeVerdict).join("; "),
  },
];

/** The headings of the summary, or a set's line under them. */
export function writeSummary(summary?: Summary): string {
  return formatLine(summaryColumns, summary);
}

const wordsOf: Record<GoalMeasure, (value: string) => string> = {
  mean_gap_percent: (value) => `mean gap ${value} %`,
  most_unserved: (value) => `unserved ${value}`,
  most_first_full_seconds: (value) => `first full plan ${value} s`,
  most_megabytes: (value) => `memory ${value} MB`,
  most_over_baseline_percent: (value) => `over baseline ${value} %`,
  most_overshoot_milliseconds: (value) => `late ${value} ms`,
};

/** A goal with its limit, what was measured, and whether it was met. */
export function writeVerdict({ goal, value, isMet }: Verdict): string {
  const found = value === undefined ? "no feasible plan" : decimals(value, digitsOf(goal));
  const words = wordsOf[goal.measure](`<= ${goal.most}`);
  const range = goal.fromStops === undefined ? "" : ` from ${goal.fromStops} stops`;
  return `${words}${range}: ${isMet ? "met" : "MISSED"} (${found})`;
}

function digitsOf({ measure }: Goal): number {
  return measure.endsWith("percent") ? 3 : measure.endsWith("seconds") ? 1 : 0;
}
