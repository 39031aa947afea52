import { unitsOf, unitsPerMeter } from "../prepare/money.ts";
import type { PreparedPlan } from "../prepare-plan.ts";
import type { RouteSchedule } from "../schedule.ts";

type Driven = { vehicle: number; schedule: Pick<RouteSchedule, "cost" | "distanceMeters"> };

/** What a route costs in units of money, without what only tells plans of one price apart. */
export function moneyOf({ problem, request }: PreparedPlan, { vehicle, schedule }: Driven): number {
  const { fixedYuan = "0", yuanPerKilometer = "0" } = request.vehicles[vehicle]!;
  const { fixedCost, costPerMeter } = problem.vehicles;
  const fixed = unitsOf(fixedYuan) - fixedCost[vehicle]!;
  const perMeter = unitsPerMeter(yuanPerKilometer) - costPerMeter[vehicle]!;
  return schedule.cost + fixed + perMeter * schedule.distanceMeters;
}
