import { createExplainer, type Explanation, type VehicleObstacle } from "../explain.ts";
import type { Problem } from "../problem.ts";
import type { RouteLimit } from "../schedule.ts";
import type { Solution } from "../solution.ts";
import type { VroomContext } from "./build-problem.ts";

/** VROOM's names for the limits, as the fields of its documents have them. */
export const fieldOf: Record<RouteLimit, string> = {
  not_allowed: "skills",
  capacity: "capacity",
  position: "position",
  max_stops: "max_tasks",
  // A VROOM document has no reload, so its vehicles never meet this one.
  max_trips: "trips",
  time_window: "time_windows",
  shift: "time_window",
  max_travel: "max_travel_time",
  max_distance: "max_distance",
  max_duration: "max_duration",
  break: "breaks",
  conflict: "conflicts",
  apart: "apart",
  together: "together",
  pair: "shipments",
  penalty: "penalty",
};

const stillPossible = "A vehicle has room for it, but the search ended before it found that; search longer.";

/**
 * Tells of stop after stop that a solution leaves out why no vehicle takes it. Once `hasTime` says no, routes that
 * would have to be looked at place by place are left unexamined.
 */
export function createReasons(
  { problem, context }: { problem: Problem; context: VroomContext },
  solution: Pick<Solution, "routes">,
  hasTime?: () => boolean,
): (stop: number) => string {
  let explain: ReturnType<typeof createExplainer> | undefined;
  return (stop) => {
    explain ??= createExplainer(problem, solution, hasTime);
    return writeReason(context, explain(stop));
  };
}

/** Why no vehicle takes a job, as one sentence: each limit, the vehicles that it stops, and by how much it is missed. */
export function writeReason(
  { vehicles, travel }: VroomContext,
  { obstacles, unexamined }: Explanation,
): string {
  const count = unexamined.length;
  if (obstacles.length + count < vehicles.length) return stillPossible;
  if (count > 0) {
    const were = count === 1 ? "was" : "were";
    return `The time was too short to find out why: ${count} of ${vehicles.length} vehicles ${were} not examined.`;
  }
  const groups = Object.groupBy(obstacles, ({ limit, scope }) => `${fieldOf[limit]} ${scope}`);
  const parts = Object.values(groups).map((group = []) => {
    const closest = group.reduce((best, obstacle) => (obstacle.over < best.over ? obstacle : best));
    const ids = group.slice(0, listed).map(({ vehicle }) => vehicles[vehicle]!.id);
    const others = group.length > listed ? ` and ${group.length - listed} more` : "";
    const noun = group.length === 1 ? "vehicle" : "vehicles";
    return `${fieldOf[closest.limit]} of ${noun} ${ids.join(", ")}${others} (${missedBy(closest, travel.timeScale)})`;
  });
  return `No vehicle takes it: ${parts.join("; ")}.`;
}

/** Vehicles named one by one before the rest is counted. */
const listed = 5;

function missedBy(
  { limit, scope, over, dimension, need, capacity, free }: VehicleObstacle,
  timeScale: number,
) {
  const route = scope === "route" ? ", with the other jobs of its route" : "";
  const seconds = Math.ceil(over / timeScale);
  switch (limit) {
    case "not_allowed":
      return "a skill is missing";
    case "capacity":
      return scope === "vehicle"
        ? `the job needs ${need} of capacity[${dimension}], the vehicle takes ${capacity}`
        : `the job needs ${need} of capacity[${dimension}], ${free} of ${capacity} are free`;
    case "penalty":
      return `it costs ${over} more than leaving it out${route}`;
    case "position":
    case "max_stops":
    case "max_trips":
    case "conflict":
    case "apart":
    case "together":
    case "pair":
      return `${over} too many${route}`;
    case "max_distance":
      return `${over} meters too far${route}`;
    case "time_window":
    case "shift":
      return `${seconds} seconds too late${route}`;
    case "max_travel":
    case "max_duration":
      return `${seconds} seconds too long${route}`;
    case "break":
      return `a break finds no time or too much on board${route}`;
  }
}
