import type { UnassignedReason } from "../../domain/plan.ts";
import type { VehicleObstacle } from "../explain.ts";
import type { Refusal } from "../prepare/screen.ts";
import type { PreparedPlan } from "../prepare-plan.ts";
import type { RouteLimit } from "../schedule.ts";
import { findObstacles, type LeftOut } from "./obstacles.ts";
import { describeObstacles, describeOthers, describeSubject, describeUnexamined } from "./reason-words.ts";

/** The limits of a route as the reasons that a plan gives. */
const reasonOf: Record<RouteLimit, UnassignedReason> = {
  not_allowed: "lock_impossible",
  capacity: "fleet_full",
  max_stops: "stop_limit",
  max_trips: "fleet_full",
  time_window: "time_window",
  // Only stops without a position close the shift: whatever follows one comes too late.
  shift: "lock_impossible",
  max_duration: "route_time",
  max_travel: "route_time",
  max_distance: "route_time",
  position: "lock_impossible",
  conflict: "rules_conflict",
  apart: "rules_conflict",
  together: "rules_conflict",
  pair: "lock_impossible",
  break: "route_time",
  penalty: "not_worth_it",
};

/** Where as many vehicles meet one limit as another, the first here is told first. */
const precedence: UnassignedReason[] = [
  "fleet_full",
  "stop_limit",
  "time_window",
  "route_time",
  "rules_conflict",
  "lock_impossible",
  "not_worth_it",
];

/** Why a stop is on no route: the limit that most vehicles meet, with its numbers, and how many meet another. */
export function explainLeftOut(prepared: PreparedPlan, leftOut: LeftOut): Refusal {
  const subject = describeSubject(prepared, leftOut);
  if (leftOut.explanation.unexamined.length > 0) {
    return { reason: "search_ended", message: `${subject} ${describeUnexamined(prepared, leftOut)}.` };
  }
  const obstacles = findRelevant(findObstacles(prepared, leftOut));
  if (obstacles.length === 0) {
    return {
      reason: "search_ended",
      message: `${subject} was not placed before the search ended; plan again.`,
    };
  }
  const groups = Map.groupBy(obstacles, ({ limit }) => reasonOf[limit]);
  const sizeOf = (reason: UnassignedReason) => groups.get(reason)?.length ?? 0;
  const main = precedence.reduce((most, next) => (sizeOf(next) > sizeOf(most) ? next : most));
  const others = precedence.filter((reason) => reason !== main && sizeOf(reason) > 0);
  const sentences = [
    describeObstacles(prepared, leftOut, groups.get(main)!),
    ...others.map((reason) => describeOthers(reason, sizeOf(reason))),
  ];
  const isPinned = prepared.stops[leftOut.stop]!.conditions.vehicle >= 0;
  const reason = isPinned && main === "fleet_full" ? "lock_impossible" : main;
  return { reason, message: `${subject} ${sentences.join("; ")}.` };
}

/**
 * Where a vehicle would take the stop at a price, that is the reason. Vehicles that could never take it say nothing, as
 * long as there is another.
 */
function findRelevant(obstacles: readonly VehicleObstacle[]): VehicleObstacle[] {
  const unwilling = obstacles.filter(({ limit }) => limit === "penalty");
  if (unwilling.length > 0) return unwilling;
  const allowed = obstacles.filter(({ limit }) => limit !== "not_allowed");
  const possible = allowed.filter(({ limit, scope }) => !(limit === "capacity" && scope === "vehicle"));
  return possible.length > 0 ? possible : allowed;
}
