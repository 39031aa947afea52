import type { DispatchedRoute } from "../../../domain/dispatch.ts";
import type { Plan, PlanRoute } from "../../../domain/plan.ts";

/**
 * The plan with its routes that are out as their drivers have them: in the vendor's order, at the times of that
 * order, and with how each is out. A revision from before a route was sent shows it as it was planned.
 */
export function asDriven(plan: Plan, dispatches: readonly DispatchedRoute[]): Plan {
  const out = new Map(
    dispatches
      .filter(({ state, revision }) => state !== "refused" && revision <= plan.revision)
      .map((dispatch) => [dispatch.licensePlate, dispatch]),
  );
  if (out.size === 0) return plan;
  const routes = plan.routes.map((route) => routeAsDriven(route, out.get(route.licensePlate)));
  return {
    ...plan,
    routes,
    quality: {
      ...plan.quality,
      distanceMeters: sumOf(routes, ({ distanceMeters }) => distanceMeters),
      durationSeconds: sumOf(routes, ({ durationSeconds }) => durationSeconds),
    },
  };
}

function routeAsDriven(route: PlanRoute, dispatch: DispatchedRoute | undefined): PlanRoute {
  if (!dispatch) return route;
  const { state, jobId, externalJobId, driverEmail, releasedShipmentIds, driven } = dispatch;
  return {
    ...(driven ?? route),
    dispatch: { state, jobId, externalJobId, driverEmail, releasedShipmentIds },
  };
}

function sumOf(routes: readonly PlanRoute[], of: (route: PlanRoute) => number): number {
  return routes.reduce((sum, route) => sum + of(route), 0);
}
