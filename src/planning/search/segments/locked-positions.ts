import type { Model } from "../model.ts";
import type { Routes } from "../routes.ts";

/**
 * Stops that must be the k-th of their route. A locked stop is only ever inserted at its very place, and nothing is
 * inserted before one that stands; the ruin takes out those whose place has moved. So finished routes always hold.
 */
export class LockedPositions {
  /** 1 where a locked stop follows later on the route, [node]. */
  readonly isAhead: Uint8Array;
  readonly #model: Model;

  constructor(model: Model) {
    this.#model = model;
    this.isAhead = new Uint8Array(model.stopCount + model.routeCount);
  }

  /** Whether the stop may be inserted behind a node that `stopsBefore` stops end with. */
  canInsert(stop: number, after: number, stopsBefore: number): boolean {
    const locked = this.positionOf(stop);
    return this.isAhead[after] === 0 && (locked === 0 || locked === stopsBefore + 1);
  }

  /** The place that the stop must have, from 1; 0 when any will do. */
  positionOf(stop: number): number {
    return this.#model.problem.stops.lockedPosition[stop]!;
  }

  /** The place of the stop, or else of the other stop of its pair; 0 when neither has one. */
  lockOf(stop: number): number {
    const partner = this.#model.pairs?.partner[stop] ?? -1;
    return this.positionOf(stop) || (partner < 0 ? 0 : this.positionOf(partner));
  }

  /** The first locked stop of a route that is out of place; -1 when there is none. */
  firstMisplaced(routes: Routes, route: number): number {
    const { stopCount, customerCount } = this.#model;
    let position = 1;
    for (let stop = routes.next[stopCount + route]!; stop < stopCount; stop = routes.next[stop]!) {
      const locked = this.positionOf(stop);
      if (locked > 0 && locked !== position) return stop;
      if (stop < customerCount) position++;
    }
    return -1;
  }

  /** Recomputes what the nodes of a route keep. */
  refresh(routes: Routes, route: number): void {
    const { stopCount } = this.#model;
    let isAhead = 0;
    let node = routes.previous[stopCount + route]!;
    for (; node < stopCount; node = routes.previous[node]!) {
      this.isAhead[node] = isAhead;
      if (this.positionOf(node) > 0) isAhead = 1;
    }
    this.isAhead[node] = isAhead;
  }
}
