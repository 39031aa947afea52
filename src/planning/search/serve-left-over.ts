import type { SearchParts } from "./search-parts.ts";

/**
 * Offers every stop left out to every position and idle vehicle once more, the most important first, until none fits.
 * So a stop that would fit alone on an idle vehicle is never left out, unless leaving it out is allowed and costs less.
 */
export function serveLeftOver({ routes, absence, placement }: SearchParts): void {
  const { priority } = routes.model.problem.stops;
  routes.mostUsed = routes.model.routeCount;
  const left = [...absence.current.stops.subarray(0, absence.current.count)];
  left.sort((a, b) => priority[b]! - priority[a]! || a - b);
  for (let isChanged = true; isChanged; ) {
    isChanged = false;
    for (const stop of left) {
      if (routes.routeOf[stop]! >= 0) continue;
      routes.begin();
      if (placement.place(stop, "anywhere")) isChanged = true;
      else routes.undo();
    }
  }
}
