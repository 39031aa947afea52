import type { SearchParts } from "./search-parts.ts";

/** So much smaller an objective asks for a new scale. */
const shrink = 0.95;

/** Keeps durations and costs on one scale while the objective shrinks. Nothing to do where only cost counts. */
export class Calibration {
  readonly #parts: SearchParts;
  #objective = Number.POSITIVE_INFINITY;

  constructor(parts: SearchParts) {
    this.#parts = parts;
    this.step();
  }

  /** To be called when the current plan is the best one. */
  step(): void {
    const { routes, choice, best } = this.#parts;
    const { scoring, model, size } = routes;
    if (scoring.isCost || best.objective > shrink * this.#objective) return;
    this.#objective = best.objective;
    let longestSpan = 0;
    for (let route = 0; route < model.routeCount; route++) {
      if (size[route]! > 0) longestSpan = Math.max(longestSpan, routes.spanOf(route));
    }
    scoring.calibrate({ cost: best.score, longestSpan });
    choice.rescoreAlone();
    for (let route = 0; route < model.routeCount; route++) routes.rescore(route);
  }
}
