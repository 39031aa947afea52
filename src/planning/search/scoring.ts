import type { Model } from "./model.ts";

/** The higher, the more the longest routes count against the others. */
const powers = { cost: 0, balanced: 2, earliest_finish: 8 } as const;
/** How much legs and stays still count where the clock tells what a position adds to a span. */
const tieBreak = 1e-6;
/** How much cost still counts beside even durations. */
const costShares = { cost: 1, balanced: 1e-3, earliest_finish: 0.01 } as const;

/**
 * What the search makes small, as a sum over routes. With objective "cost" it is their cost. Else each route's span
 * (its duration, or the time from the first shift's start to its end) counts by a power, so that adding to a long
 * route is dear and to a short one cheap: squares make durations even, high powers push the latest end down.
 */
export class Scoring {
  /** Weights of meters, travel and stay where positions on one route are compared, [type]. */
  readonly meterWeight: Float64Array;
  readonly secondWeight: Float64Array;
  readonly stayWeight: Float64Array;
  readonly #objective: Model["problem"]["objective"];
  readonly #fixedCost: Float64Array;
  readonly #costPerMeter: Float64Array;
  readonly #costPerSecond: Float64Array;
  readonly #costPerStaySecond: Float64Array;
  /** Seconds that count before a route of the type begins, [type]. */
  readonly #lead: Float64Array;
  #costWeight = 0;
  #spanWeight = 1;
  #spanUnit = 1;

  constructor({ types, hasOneMatrix, hasWindows, problem }: Model) {
    const { costPerMeter, costPerTravelSecond, shiftStart } = types;
    const firstStart = shiftStart.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
    const isCost = problem.objective === "cost";
    const isFinish = problem.objective === "earliest_finish";
    this.#objective = problem.objective;
    this.#fixedCost = types.fixedCost;
    // Where meters and seconds are one number, the cost of a meter stands for both.
    this.#costPerMeter = costPerMeter.map(
      (cost, type) => cost + (hasOneMatrix ? costPerTravelSecond[type]! : 0),
    );
    this.#costPerSecond = costPerTravelSecond.map((cost) => (hasOneMatrix ? 0 : cost));
    this.#costPerStaySecond = types.costPerStaySecond;
    this.#lead = shiftStart.map((start) => (isFinish ? start - firstStart : 0));
    const weight = hasWindows ? tieBreak : 1;
    this.meterWeight = isCost ? this.#costPerMeter : costPerMeter.map(() => (hasOneMatrix ? weight : 0));
    this.stayWeight = isCost ? types.costPerStaySecond : costPerMeter.map(() => weight);
    this.secondWeight = isCost ? this.#costPerSecond : costPerMeter.map(() => (hasOneMatrix ? 0 : weight));
  }

  /** Whether the score is the cost. */
  get isCost(): boolean {
    return this.#objective === "cost";
  }

  /** Cost of a route but for extras: plain numbers for arguments, since it is asked millions of times. */
  cost(type: number, meters: number, seconds: number, stay: number): number {
    return (
      this.#fixedCost[type]! +
      this.#costPerMeter[type]! * meters +
      this.#costPerSecond[type]! * seconds +
      this.#costPerStaySecond[type]! * stay
    );
  }

  /** What a route adds to the score but for extras; `idle`: seconds that it spends neither driving nor at stops. */
  score(type: number, meters: number, seconds: number, stay: number, idle: number): number {
    const cost = this.cost(type, meters, seconds, stay);
    if (this.#objective === "cost") return cost;
    const span = this.span(type, seconds, stay, idle) / this.#spanUnit;
    return this.#costWeight * cost + this.#spanWeight * span ** powers[this.#objective];
  }

  /** What a route adds to the score by what it costs besides meters and seconds: for late service, and by the stop. */
  scoreExtra(extra: number): number {
    return this.#objective === "cost" ? extra : this.#costWeight * extra;
  }

  /** Seconds that the objective counts of a route. */
  span(type: number, seconds: number, stay: number, idle: number): number {
    return this.#lead[type]! + seconds + stay + idle;
  }

  /** Brings spans and costs to one scale, by a first plan's sums. */
  calibrate(plan: { cost: number; longestSpan: number }): void {
    if (this.isCost) return;
    this.#spanUnit = Math.max(1, plan.longestSpan);
    this.#spanWeight = Math.max(1, plan.cost);
    this.#costWeight = costShares[this.#objective];
  }
}
