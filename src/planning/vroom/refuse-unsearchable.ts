import { longestLegs } from "../legs.ts";
import type { Problem } from "../problem.ts";
import type { VroomContext } from "./build-problem.ts";
import { refusePath } from "./fields.ts";

/**
 * Refuses what a plan can be checked for but not searched with: a distance limit beside custom costs, which stand in
 * the place of the distances, and costs so large that their sums are no exact numbers.
 */
export function refuseUnsearchable(problem: Problem, context: VroomContext): void {
  context.vehicles.forEach(({ maxDistanceMeters, profile }, vehicle) => {
    if (maxDistanceMeters === undefined || !context.travel.legsOf[vehicle]!.costs) return;
    refusePath(`vehicles[${vehicle}].max_distance`, `cannot be combined with matrices.${profile}.costs`);
  });
  refuseInexact(problem, context);
}

/** The most that a kind of cost can come to in a plan, in the planner's units, and where it comes from. */
type CostBound = { most: number; path: string };

function refuseInexact(problem: Problem, context: VroomContext): void {
  const { vehicles, stops } = problem;
  const legs = stops.count + Math.min(stops.count, vehicles.count);
  const longest = problem.travel.map(longestLegs);
  const stay = largestStay(problem);
  const perVehicle = context.vehicles.map(({ costs, profile }, vehicle): CostBound[] => {
    const own = `vehicles[${vehicle}].costs`;
    const { meters, seconds } = longest[vehicles.profile[vehicle]!]!;
    const hasCosts = context.travel.legsOf[vehicle]!.costs !== undefined;
    const ofMeters = hasCosts ? `matrices.${profile}.costs` : `${own}.per_km`;
    const ofSeconds = costs.perHour === 3600 ? `matrices.${profile}.durations` : `${own}.per_hour`;
    return [
      { most: vehicles.fixedCost[vehicle]! * vehicles.count, path: `${own}.fixed` },
      { most: vehicles.costPerMeter[vehicle]! * meters * legs, path: ofMeters },
      { most: vehicles.costPerTravelSecond[vehicle]! * seconds * legs, path: ofSeconds },
      { most: vehicles.costPerServiceSecond[vehicle]! * stay * stops.count, path: `${own}.per_task_hour` },
      { most: (vehicles.costPerStop?.[vehicle] ?? 0) * stops.count, path: `${own}.per_task` },
    ];
  });
  const worst = perVehicle.flat().reduce((a, b) => (b.most > a.most ? b : a));
  // There are five kinds of cost, each of which the largest one bounds.
  if (worst.most * 5 <= Number.MAX_SAFE_INTEGER) return;
  refusePath(worst.path, "makes costs so large that their sums are no exact whole numbers");
}

function largestStay({ stops, serviceTables = [] }: Problem): number {
  const tables = [stops, ...serviceTables];
  return Math.max(...tables.map((table) => largest(table.serviceSeconds) + largest(table.setupSeconds)));
}

function largest(values: Float64Array): number {
  let most = 0;
  for (const value of values) if (value > most) most = value;
  return most;
}
