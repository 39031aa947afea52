import { type ColumnGeneration, nodeSteps } from "./column-generation.ts";

/** When these shares of the time are left, loads are priced to the end for once, for the sake of the bound. */
const boundLooks = [0.6, 0.3, 0.1];

/**
 * The configuration bound (Gilmore and Gomory 1961): the linear program over all loads that a vehicle can take, each
 * item packed at least once. Raises `generation.best` until it is complete, reaches `enough`, or time is over; stopped
 * early, the best bound so far is as valid. Gives whether it is complete.
 */
export function raiseConfigurationBound(
  generation: ColumnGeneration,
  { enough, millisecondsLeft }: { enough: number; millisecondsLeft: () => number },
): boolean {
  const whole = millisecondsLeft();
  const looks = [...boundLooks];
  let step = 0;
  generation.limitTime(millisecondsLeft);
  while (!generation.isOver() && generation.best.bound < enough) {
    if (millisecondsLeft() < whole * (looks[0] ?? 0)) {
      looks.shift();
      step = nodeSteps.length - 2;
    }
    const solution = generation.solve();
    if (!solution) return false;
    const { rowDuals: duals, objective } = solution;
    const nodes = nodeSteps[step]!;
    const found = step === 0 ? generation.improve(duals, nodes) : generation.price(duals, { duals, nodes });
    // The master's optimum is never below the program over all loads: a bound that reaches it is the best there is.
    if (generation.best.bound >= Math.ceil(objective - 1e-6)) return true;
    step = found ? 0 : step + 1;
    if (step === nodeSteps.length) return !generation.isOver();
  }
  return false;
}
