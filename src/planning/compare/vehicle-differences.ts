import type { Plan, PlanRoute } from "../../domain/plan.ts";
import type { VehicleDifference } from "./difference.ts";
import { loadDifferences } from "./load-differences.ts";
import { latenessOf, waitingOf } from "./plan-figures.ts";

type Routes = { before: PlanRoute | undefined; after: PlanRoute | undefined };

/** The vehicles whose routes are not the same, in the order of the plan after, then those that stay now. */
export function vehicleDifferences(before: Plan, after: Plan): VehicleDifference[] {
  const routesBefore = byPlate(before);
  const routesAfter = byPlate(after);
  const plates = new Set([...routesAfter.keys(), ...routesBefore.keys()]);
  return [...plates].flatMap((licensePlate) => {
    const routes = { before: routesBefore.get(licensePlate), after: routesAfter.get(licensePlate) };
    return isSame(routes) ? [] : [differenceOf(licensePlate, routes)];
  });
}

function byPlate({ routes }: Plan): Map<string, PlanRoute> {
  return new Map(routes.map((route) => [route.licensePlate, route]));
}

/** A route that was carried over is the same object, or reads the same. */
function isSame({ before, after }: Routes): boolean {
  return before === after || JSON.stringify(before) === JSON.stringify(after);
}

function differenceOf(licensePlate: string, { before, after }: Routes): VehicleDifference {
  const hasCosts = before?.costYuan !== undefined || after?.costYuan !== undefined;
  const change = <Value>(figureOf: (route: PlanRoute) => Value, idle: Value) => ({
    before: before ? figureOf(before) : idle,
    after: after ? figureOf(after) : idle,
  });
  return {
    licensePlate,
    stops: change(({ stops }) => stops.length, 0),
    distanceMeters: change(({ distanceMeters }) => distanceMeters, 0),
    durationSeconds: change(({ durationSeconds }) => durationSeconds, 0),
    finishAt: change<string | null>(({ finishAt }) => finishAt, null),
    waitingSeconds: change(waitingOf, 0),
    lateSeconds: change(latenessOf, 0),
    ...(hasCosts && { costYuan: change<string | null>(({ costYuan }) => costYuan ?? null, null) }),
    loads: loadDifferences(before?.loads ?? [], after?.loads ?? []),
  };
}
