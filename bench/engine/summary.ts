import { mean } from "./arithmetic.ts";
import { judge, type Verdict } from "./goals.ts";
import type { Row } from "./row.ts";
import type { SetName } from "./sets.ts";

/** What the rows of a set came to under one budget. */
export type Summary = {
  set: SetName;
  budgetSeconds: number;
  instances: number;
  feasible: number;
  /** Over the rows that have a gap. */
  meanGapPercent: number | undefined;
  mostGapPercent: number | undefined;
  baselineMeanGapPercent: number | undefined;
  verdicts: Verdict[];
};

/** One summary for each set and budget, in the order of the rows. */
export function summarize(rows: Row[]): Summary[] {
  const groups = Map.groupBy(rows, ({ set, budgetSeconds }) => `${set} ${budgetSeconds}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first ? [summarizeSet(first, group)] : [];
  });
}

function summarizeSet({ set, budgetSeconds }: Row, rows: Row[]): Summary {
  const gaps = rows.flatMap(({ gapPercent }) => gapPercent ?? []);
  const baselineGaps = rows.flatMap(({ baselineGapPercent }) => baselineGapPercent ?? []);
  return {
    set,
    budgetSeconds,
    instances: rows.length,
    feasible: rows.filter(({ feasible }) => feasible).length,
    meanGapPercent: mean(gaps),
    mostGapPercent: gaps.length === 0 ? undefined : Math.max(...gaps),
    baselineMeanGapPercent: mean(baselineGaps),
    verdicts: judge(set, budgetSeconds, rows),
  };
}
