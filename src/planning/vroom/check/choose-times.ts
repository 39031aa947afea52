import { addFrames, type Frame } from "./frames.ts";
import { createRanking, isBefore, type Ranking, suffixBest } from "./ranking.ts";

/** A step of a route whose order is given, as its clock sees it. All times are whole numbers of one unit. */
export type TimedStep = {
  /** Travel from the last step before it that is no break; 0 at the first step and at breaks. */
  travel: number;
  /** How long it lasts. */
  action: number;
  isBreak: boolean;
  /** When it should begin, ascending; none = at any time. Each unit too early or too late is a violation. */
  windows: readonly (readonly [start: number, end: number])[];
  /** When it must begin. */
  earliest: number;
  latest: number;
};

/** When each step begins, and how much is travelled right before it. */
export type ChosenTimes = { begin: number[]; travelled: number[] };

/** The first step that cannot begin by its latest time, however early all before it do; -1 where all can. */
export function findImpossible(steps: readonly TimedStep[]): number {
  const frames = addFrames(steps);
  let base = 0;
  let clock = 0;
  for (const [index, step] of steps.entries()) {
    const { left } = frames[index]!;
    // A break waits for no travel; what else begins has all of it behind it.
    clock = Math.max(step.earliest, step.isBreak ? clock : base + left, clock);
    if (clock > step.latest) return index;
    if (!step.isBreak) base = clock - left;
    clock += step.action;
  }
  return -1;
}

/**
 * Chooses the times of a route in a given order as VROOM's plan mode does (src/algorithms/validation/mip.tex): least
 * sum of violations, then the shortest route, then the earliest tasks; travel before breaks rather than after them.
 * Steps must be possible (`findImpossible`); the first and the last are no breaks.
 *
 * Without a mixed integer program it is as exact. Between two steps that are no breaks, what lies between is a lower
 * bound L on the difference of their times; so the times less the sum of those L only grow along the route. In an
 * optimal corner of the constraints every step hangs, without slack, on some step that stands at a bound or at the
 * edge of a window: hence all such edges, moved into the frames of the steps, are the only times to look at, and a
 * dynamic program from the end of the route does.
 */
export function chooseTimes(steps: readonly TimedStep[]): ChosenTimes {
  const frames = addFrames(steps);
  const bases = basesOf(steps, frames);
  const nodes = steps.flatMap((step, index) => (step.isBreak ? [] : [index]));
  const plan: Plan = { steps, frames, bases, suffixes: new Map(), breakTimes: new Map() };
  for (const [position, node] of nodes.toReversed().entries()) {
    const next = position === 0 ? undefined : nodes.at(-position);
    plan.suffixes.set(node, rankNode(plan, node, next));
    if (next === node + 1) forgetRanking(plan, next);
  }
  return traceTimes(plan, nodes);
}

type Plan = {
  steps: readonly TimedStep[];
  frames: Frame[];
  /** Where the times of a step may stand, less its frame, ascending. */
  bases: Float64Array;
  /** What is best from a step on that is no break, by where it stands. */
  suffixes: Map<number, Layer>;
  /** When the breaks may be, by where they stand. */
  breakTimes: Map<number, BreakTimes>;
};

/** The times that a break may have, the violation of each, and the first time of the next step that each allows. */
type BreakTimes = { times: Float64Array; missed: Float64Array; next: Int32Array };

/** The times that a step may have, how good the rest of the route is from each on, and the best from each or later. */
type Layer = { step: number; times: Float64Array; ranking: Ranking; best: Int32Array };

const nothing = new Float64Array();

/** Only breaks ask for more than the best choice again: without, thousands of steps would hold gigabytes. */
function forgetRanking({ suffixes }: Plan, step: number): void {
  const { best } = suffixes.get(step)!;
  suffixes.set(step, { step, best, times: nothing, ranking: createRanking(0) });
}

function basesOf(steps: readonly TimedStep[], frames: Frame[]): Float64Array {
  const bases = new Set<number>();
  for (const [index, { windows, earliest, latest }] of steps.entries()) {
    const { left, right } = frames[index]!;
    for (const edge of [earliest, latest, ...windows.flat()]) {
      bases.add(edge - left);
      bases.add(edge - right);
    }
  }
  // Nothing begins before 0, so that no step can be ahead of its frame by less.
  const possible = [...bases].filter((base) => base >= 0 && Number.isFinite(base));
  return Float64Array.from(possible).sort();
}

/** The best from a step on, which is no break, to the end of the route; `next` is the next such step. */
function rankNode(plan: Plan, step: number, next: number | undefined): Layer {
  const { steps, bases } = plan;
  const times = bases.map((_, index) => timeAt(plan, step, index));
  const ranking = createRanking(times.length);
  for (let index = 0; index < times.length; index++) {
    const time = times[index]!;
    const missed = violationAt(steps[step]!, time);
    if (missed === Number.POSITIVE_INFINITY) continue;
    if (next === undefined) {
      ranking.violation[index] = missed;
      ranking.end[index] = time;
      ranking.begins[index] = 0;
      continue;
    }
    const { layer, choice } = bestAfter(plan, { step, index, next })[0]!;
    if (choice < 0) continue;
    ranking.violation[index] = layer.ranking.violation[choice]! + missed;
    ranking.end[index] = layer.ranking.end[choice]!;
    ranking.begins[index] = layer.ranking.begins[choice]! + (step === 0 ? 0 : time);
  }
  return { step, times, ranking, best: suffixBest(ranking) };
}

type Chosen = { layer: Layer; choice: number };

/** From a step at its time of that index: the breaks behind it and the next step, with what is best of the first. */
function bestAfter(
  plan: Plan,
  { step, index, next }: { step: number; index: number; next: number },
): Chosen[] {
  const { steps } = plan;
  let after = { layer: plan.suffixes.get(next)!, least: index };
  // In their frames times only grow, which is all that the next step asks for.
  if (next === step + 1) return [{ layer: after.layer, choice: bestFrom(after.layer, index) }];
  const layers = [after];
  for (let own = next - 1; own > step; own--) {
    after = { layer: rankBreak(plan, own, after), least: 0 };
    layers.unshift(after);
  }
  let begin = timeAt(plan, step, index);
  return layers.map(({ layer, least }, place) => {
    const done = begin + steps[step + place]!.action;
    const choice = bestFrom(layer, Math.max(least, lowerBound(layer.times, done)));
    begin = layer.times[choice] ?? Number.POSITIVE_INFINITY;
    return { layer, choice };
  });
}

/** The best from a break on to what follows it, which begins at its time of index `least` or later. */
function rankBreak(plan: Plan, step: number, { layer, least }: { layer: Layer; least: number }): Layer {
  const known = plan.breakTimes.get(step) ?? findBreakTimes(plan, step, layer.times);
  plan.breakTimes.set(step, known);
  const { times, missed, next } = known;
  const ranking = createRanking(times.length);
  for (let index = 0; index < times.length; index++) {
    const choice = bestFrom(layer, Math.max(least, next[index]!));
    if (choice < 0 || missed[index] === Number.POSITIVE_INFINITY) continue;
    ranking.violation[index] = layer.ranking.violation[choice]! + missed[index]!;
    ranking.end[index] = layer.ranking.end[choice]!;
    ranking.begins[index] = layer.ranking.begins[choice]! + times[index]!;
  }
  return { step, times, ranking, best: suffixBest(ranking) };
}

function findBreakTimes({ steps, frames, bases }: Plan, step: number, after: Float64Array): BreakTimes {
  const { left, right } = frames[step]!;
  const both = [...bases.map((base) => base + left), ...bases.map((base) => base + right)];
  const times = Float64Array.from(new Set(both)).sort();
  const missed = times.map((time) => violationAt(steps[step]!, time));
  const next = Int32Array.from(times, (time) => lowerBound(after, time + steps[step]!.action));
  return { times, missed, next };
}

/** The time of that index of a step that is no break. */
function timeAt({ bases, frames }: Plan, step: number, index: number): number {
  return bases[index]! + frames[step]!.left;
}

function bestFrom({ best }: Layer, index: number): number {
  return best[index] ?? -1;
}

/** How much of a violation it is to begin then; infinite where it must not be. */
function violationAt({ windows, earliest, latest }: TimedStep, time: number): number {
  if (time < earliest || time > latest) return Number.POSITIVE_INFINITY;
  if (windows.length === 0) return 0;
  return Math.min(...windows.map(([start, end]) => Math.max(0, start - time, time - end)));
}

/** The first index whose value is not below. */
function lowerBound(values: Float64Array, value: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function traceTimes(plan: Plan, nodes: number[]): ChosenTimes {
  const { steps } = plan;
  const first = plan.suffixes.get(0)!;
  let index = shortest(first);
  const begin = [timeAt(plan, 0, index)];
  const travelled = [0];
  for (const [place, step] of nodes.entries()) {
    const next = nodes[place + 1];
    if (next === undefined) break;
    let left = steps[next]!.travel;
    for (const { layer, choice } of bestAfter(plan, { step, index, next })) {
      const time = steps[layer.step]!.isBreak ? layer.times[choice]! : timeAt(plan, layer.step, choice);
      const free = time - begin.at(-1)! - steps[layer.step - 1]!.action;
      const drive = Math.min(left, free);
      begin.push(time);
      travelled.push(drive);
      left -= drive;
      index = choice;
    }
  }
  return { begin, travelled };
}

/** The start with the least violations, then the shortest route, then the earliest tasks. */
function shortest({ ranking, times }: Layer): number {
  const spans = { ...ranking, end: ranking.end.map((end, index) => end - times[index]!) };
  let best = 0;
  for (let index = 1; index < times.length; index++) if (isBefore(spans, index, best)) best = index;
  return best;
}
