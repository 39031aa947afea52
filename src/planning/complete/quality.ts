import type { PlanContent, PlanQuality } from "../../domain/plan.ts";
import { type BoundEffort, leastFixedCost, leastVehicles } from "../packing/vehicle-bound.ts";
import { countsMoney, unitsOf, unitsPerYuan } from "../prepare/money.ts";
import { keyOf, type PlanRequest } from "../prepare/request.ts";
import { preparePlan } from "../prepare-plan.ts";
import type { Problem } from "../problem.ts";

/** What every plan that serves the same shipments has at least; undefined where nothing is known. */
type Bounds = { vehicles: number; fixedYuan: number | undefined };

/**
 * The plan with what is proven of its quality. Without `effort` loads are held against the capacity of all vehicles
 * together; with it the configuration bound is tried too, and counts only where it was complete in time, so that the
 * same plan is told alike on every machine that is not much slower than usual.
 */
export function tellQuality(request: PlanRequest, plan: PlanContent, effort?: BoundEffort): PlanContent {
  const bounds = findBounds(request, plan, effort);
  return bounds ? { ...plan, quality: { ...plan.quality, ...judge(request, plan, bounds) } } : plan;
}

/** Whether a sharper bound could tell more. */
export function isOpenQuality({ quality }: PlanContent): boolean {
  const { leastVehicles: least = Number.POSITIVE_INFINITY, vehiclesUsed, status, gapTo } = quality;
  return vehiclesUsed > least || (status === "gap" && gapTo === "fixed_costs");
}

function findBounds(
  request: PlanRequest,
  plan: PlanContent,
  effort: BoundEffort | undefined,
): Bounds | undefined {
  if (plan.routes.length === 0) return undefined;
  const { problem, served } = relaxPlan(request, plan);
  if (served.length === 0) return undefined;
  const isPriced = countsMoney(request.options, request.vehicles);
  const bound = (sharpness: BoundEffort | undefined): Bounds => {
    const fixed = isPriced ? leastFixedCost(problem, served, sharpness) : undefined;
    return {
      vehicles: leastVehicles(problem, served, sharpness),
      fixedYuan: fixed === undefined ? undefined : fixed / unitsPerYuan,
    };
  };
  if (!effort) return bound(undefined);
  const end = effort.now() + effort.timeLimitMilliseconds;
  const share = effort.timeLimitMilliseconds / (isPriced ? 2 : 1);
  const sharp = bound({ ...effort, timeLimitMilliseconds: share });
  return effort.now() < end && !effort.shouldStop?.() ? sharp : bound(undefined);
}

/**
 * The plan's problem with each shipment for itself: a bound must hold however shipments share stops. So the number of
 * stops and the minutes at them do not count, and what is delivered in parts is left out.
 */
function relaxPlan(request: PlanRequest, plan: PlanContent): { problem: Problem; served: number[] } {
  const { problem, stops, consignments } = preparePlan(request, { apart: "all", givenUp: new Set() });
  const delivered = new Set(
    plan.routes.flatMap((route) => route.stops.flatMap((stop) => stop.shipmentIds.map(keyOf))),
  );
  const served = [...stops.keys()].filter((stop) => {
    const { shipment, isSplit } = consignments[stops[stop]!.parts[0]!.consignment]!;
    return !isSplit && delivered.has(keyOf(shipment.id));
  });
  const none = new Float64Array(problem.stops.count);
  const { vehicles } = problem;
  return {
    problem: {
      ...problem,
      stops: { ...problem.stops, serviceSeconds: none },
      vehicles: {
        ...vehicles,
        maxStops: vehicles.maxStops.map(() => 2 ** 31 - 1),
        fixedCost: Float64Array.from(request.vehicles, ({ fixedYuan = "0" }) => unitsOf(fixedYuan)),
      },
    },
    served,
  };
}

function judge(
  request: PlanRequest,
  { quality }: PlanContent,
  { vehicles, fixedYuan = 0 }: Bounds,
): Partial<PlanQuality> {
  const { vehiclesUsed: used, reason } = quality;
  // A relaxation never asks for more than the plan has: where it seems to, nothing is said.
  if (vehicles > used) return {};
  const before = reason.replace(describeLeast(quality.leastVehicles ?? 0), "");
  const told = { leastVehicles: vehicles, reason: `${before}${describeLeast(vehicles)}` };
  const { objective } = request.options;
  if (objective === "fewest_vehicles") {
    return { ...told, status: "gap", gapTo: "vehicles", gapPercent: percentAbove(used, vehicles) };
  }
  const cost = Number(quality.costYuan ?? 0);
  if (objective !== "lowest_cost" || fixedYuan <= 0 || cost < fixedYuan) return told;
  if (cost === fixedYuan && !hasOtherCosts(request)) return { ...told, status: "optimal" };
  const gapPercent = percentAbove(cost, fixedYuan);
  // Where most of the cost is not fixed, what the vehicles cost says nothing of how good the plan is.
  return gapPercent > mostGapPercent ? told : { ...told, status: "gap", gapTo: "fixed_costs", gapPercent };
}

const mostGapPercent = 100;

/** With its space before it; nothing where it would go without saying. */
function describeLeast(vehicles: number): string {
  return vehicles < 2 ? "" : ` No plan that serves these shipments uses fewer than ${vehicles} vehicles.`;
}

/** Whether anything but the use of a vehicle has a price. */
function hasOtherCosts({ vehicles, options: { shipmentRules = [] } }: PlanRequest): boolean {
  const isPrice = (yuan = "0") => Number(yuan) > 0;
  return (
    vehicles.some(({ yuanPerKilometer, yuanPerHour }) => isPrice(yuanPerKilometer) || isPrice(yuanPerHour)) ||
    shipmentRules.some(({ lateYuanPerHour, penaltyYuan }) => isPrice(lateYuanPerHour) || isPrice(penaltyYuan))
  );
}

/** To one place, rounded up, so that no gap reads as none. */
function percentAbove(value: number, least: number): number {
  return Math.max(0, Math.ceil(((value - least) / least) * 1000 - 1e-9) / 10);
}
