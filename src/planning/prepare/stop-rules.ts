import type { StopTable } from "../problem.ts";
import type { Conditions } from "./conditions.ts";

type StopRules = Pick<
  StopTable,
  | "penalty"
  | "classes"
  | "togetherGroup"
  | "apartGroup"
  | "releaseSeconds"
  | "latestFreeSeconds"
  | "latenessCostPerSecond"
>;

const never = Number.POSITIVE_INFINITY;

/** The columns of rules that only some plans have; what no stop asks for is left out, so that it costs no time. */
export function tabulateStopRules(conditions: readonly Conditions[]): StopRules {
  const has = (isAsked: (condition: Conditions) => boolean) => conditions.some(isAsked);
  const rules: StopRules = {};
  if (has(({ penalty }) => penalty !== undefined)) {
    rules.penalty = Float64Array.from(conditions, ({ penalty = never }) => penalty);
  }
  if (has(({ classes = 0 }) => classes !== 0)) {
    rules.classes = Uint32Array.from(conditions, ({ classes = 0 }) => classes);
  }
  if (has(({ together }) => together !== undefined)) {
    rules.togetherGroup = Int32Array.from(conditions, ({ together = -1 }) => together);
  }
  if (has(({ apart }) => apart !== undefined)) {
    rules.apartGroup = Int32Array.from(conditions, ({ apart = -1 }) => apart);
  }
  if (has(({ readySeconds }) => readySeconds !== undefined)) {
    rules.releaseSeconds = Float64Array.from(conditions, ({ readySeconds = -never }) => readySeconds);
  }
  if (has(({ freeUntil }) => freeUntil !== undefined)) {
    // A shipment that may be late has one window; of all others no window is passed.
    const free = conditions.flatMap(({ windows, freeUntil = never }) => windows.map(() => freeUntil));
    rules.latestFreeSeconds = Float64Array.from(free);
    rules.latenessCostPerSecond = Float64Array.from(conditions, ({ freeUntil, lateCostPerSecond = 0 }) =>
      freeUntil === undefined ? 0 : lateCostPerSecond,
    );
  }
  return rules;
}
