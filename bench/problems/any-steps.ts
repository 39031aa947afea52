import type { PlanStep, Vehicle, VroomDocument } from "../checker/vroom-document.ts";
import { visitsOf } from "../checker/vroom-document.ts";
import type { Dice } from "./dice.ts";

/** What given routes are for: a plan that is checked may break any rule, one that a search begins with may not. */
export type StepsUse = "check" | "start";

/** The document with routes for some of its vehicles, over some of its tasks in any order. */
export function withAnySteps(document: VroomDocument, dice: Dice, use: StepsUse): VroomDocument {
  const tasks = visitsOf(document).map(({ type, task }): PlanStep => ({ type, id: task.id }));
  const left = shuffle(dice, tasks);
  const share = use === "start" ? 2 : Math.ceil(tasks.length / document.vehicles.length) + 1;
  const vehicles = document.vehicles.map((vehicle) => {
    if (dice.chance(0.2)) return vehicle;
    const steps = left.splice(0, dice.upTo(share));
    return { ...vehicle, steps: use === "start" ? steps : toPlan(vehicle, steps, dice) };
  });
  return { ...document, vehicles };
}

/** Tasks with breaks in between, and sometimes with times that they are forced to. */
function toPlan({ breaks = [] }: Vehicle, tasks: PlanStep[], dice: Dice): PlanStep[] {
  const steps = [...tasks];
  for (const { id } of breaks) {
    if (dice.chance(0.8)) steps.splice(dice.upTo(steps.length), 0, { type: "break", id });
  }
  if (steps.length === 0) return [];
  const whole = [
    ...(dice.chance(0.5) ? [{ type: "start" as const }] : []),
    ...steps,
    ...(dice.chance(0.5) ? [{ type: "end" as const }] : []),
  ];
  if (dice.chance(0.6)) return whole;
  // Times that grow by far more than any way and stay take can be kept.
  let clock = 4000 + dice.upTo(3000);
  return whole.map((step, index) => {
    clock += index === 0 ? 0 : 4000 + dice.upTo(3000);
    if (step.type === "end" || dice.chance(0.6)) return step;
    const force = dice.pick(["service_at", "service_after", "service_before"] as const);
    return { ...step, [force]: force === "service_before" ? clock + 20_000 : clock };
  });
}

function shuffle<Value>(dice: Dice, values: Value[]): Value[] {
  const left = [...values];
  return dice.times(values.length, () => left.splice(dice.upTo(left.length - 1), 1)).flat();
}
