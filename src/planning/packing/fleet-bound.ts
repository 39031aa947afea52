import { dearestFleet } from "./dearest-fleet.ts";
import { coverWithFleet } from "./fleet-cover.ts";
import type { PackingModel } from "./packing-model.ts";

/**
 * The least cost, `atLeast` or more, of a fleet that has room for all loads together: whole vehicles, each dimension
 * on its own. With a bound of another kind as `atLeast` it rounds that up to what a fleet can cost. Infinity when no
 * fleet has the room.
 */
export function fleetBound(model: PackingModel, atLeast = 0): number {
  if (model.itemCount === 0) return 0;
  const { dimensions, typeCount, capacity, cost, available, total } = model;
  // Cost is covered like a load: a vehicle brings its cost, and `atLeast` is asked for. So is one vehicle at all.
  const rows = dimensions + 2;
  const brings = Float64Array.from({ length: typeCount * rows }, (_, at) => {
    const type = Math.floor(at / rows);
    const row = at % rows;
    if (row < dimensions) return capacity[type * dimensions + row]!;
    return row === dimensions ? cost[type]! : 1;
  });
  const needs = Float64Array.from([...total, atLeast, 1]);
  return coverWithFleet({ rows, brings, cost, available, needs, most: dearestFleet(model) }).least;
}
