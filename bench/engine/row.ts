import type { Measurement } from "../solve-instance.ts";
import { median, percentOver } from "./arithmetic.ts";
import type { Subject } from "./find-subjects.ts";
import type { SetName } from "./sets.ts";

/** One run of the engine in a process of its own; `peakMegabytes` is that process's resident memory. */
export type EngineRun = Measurement & { peakMegabytes: number };

/** One run of the baseline prototype. Its seconds of search do not count its set-up. */
export type BaselineRun = { cost: number; unserved: number; iterationsPerSecond: number };

/** What the runs of an instance came to: medians, but the most of memory and delays and the sum of all faults. */
export type Row = {
  set: SetName;
  instance: string;
  budgetSeconds: number;
  runs: number;
  stops: number;
  routes: number;
  cost: number;
  bestKnown: number | undefined;
  bestKnownSource: Subject["source"];
  /** Undefined without a best known cost, and for an answer that is not feasible. */
  gapPercent: number | undefined;
  unserved: number;
  seconds: number;
  cpuSeconds: number;
  overshootMilliseconds: number;
  firstFullSeconds: number | undefined;
  iterations: number;
  iterationsPerSecond: number;
  peakMegabytes: number;
  feasible: boolean;
  faults: string[];
  baselineCost: number | undefined;
  baselineGapPercent: number | undefined;
  /** How much the engine's cost is above the baseline's; undefined unless both leave no stop out. */
  overBaselinePercent: number | undefined;
};

/** Gathers the runs of an instance, one for each seed. */
export function toRow(
  { set, bestKnown, source }: Subject,
  budgetSeconds: number,
  { engine, baseline }: { engine: EngineRun[]; baseline: BaselineRun[] },
): Row {
  const middle = (of: (run: EngineRun) => number) => median(engine.map(of));
  const most = (of: (run: EngineRun) => number) => Math.max(...engine.map(of));
  const feasible = engine.every((run) => run.feasible);
  const cost = middle((run) => run.cost);
  const complete = baseline.length > 0 && baseline.every(({ unserved }) => unserved === 0);
  const baselineCost = complete ? median(baseline.map((run) => run.cost)) : undefined;
  const firsts = engine.map(({ firstFullSeconds }) => firstFullSeconds ?? Number.POSITIVE_INFINITY);
  const firstFull = Math.max(...firsts);
  return {
    set,
    instance: engine[0]?.instance ?? "",
    budgetSeconds,
    runs: engine.length,
    stops: engine[0]?.stops ?? 0,
    routes: middle(({ routes }) => routes),
    cost,
    bestKnown,
    bestKnownSource: source,
    gapPercent: feasible ? percentOver(cost, bestKnown) : undefined,
    unserved: most(({ unserved }) => unserved),
    seconds: middle(({ seconds }) => seconds),
    cpuSeconds: middle(({ cpuSeconds }) => cpuSeconds),
    overshootMilliseconds: 1000 * (most(({ seconds }) => seconds) - budgetSeconds),
    firstFullSeconds: Number.isFinite(firstFull) ? firstFull : undefined,
    iterations: middle(({ iterations }) => iterations),
    iterationsPerSecond: middle(({ iterationsPerSecond }) => iterationsPerSecond),
    peakMegabytes: most(({ peakMegabytes }) => peakMegabytes),
    feasible,
    faults: engine.flatMap(({ faults }) => faults),
    baselineCost,
    baselineGapPercent: percentOver(baselineCost, bestKnown),
    overBaselinePercent: feasible ? percentOver(cost, baselineCost) : undefined,
  };
}
