import type { Plan, PlanRoute } from "../../../domain/plan.ts";
import { isStopOf } from "../../../domain/stop-id.ts";
import { quote } from "../../../domain/vendor-text.ts";
import type { Store } from "../../../state/open-store.ts";

/** What is known of a route's shipments being out another way. */
export type Elsewhere = {
  /** They are out with another plan. */
  blocking: (route: PlanRoute) => string[];
  /** A route that was sent by hand has a stop of that name: whether that is the same shipment only a person knows. */
  notes: (route: PlanRoute) => string[];
};

const mostNamed = 8;

/** Looks for the shipments of routes among what is out: with other plans, and on routes of import_route. */
export async function shipmentsElsewhere(
  { dispatches, routeImports }: Pick<Store, "dispatches" | "routeImports">,
  plan: Plan,
  routes: readonly PlanRoute[],
): Promise<Elsewhere> {
  const ids = [...new Set(routes.flatMap(idsOf))];
  const out = (await dispatches.withShipments(ids)).filter(({ planId }) => planId !== plan.planId);
  const imports = await routeImports.find({ tool: "import_route" });
  const byHand = imports.flatMap(({ externalJobId, stopIds }) =>
    stopIds.map((stopId) => ({ externalJobId, stopId })),
  );
  return {
    blocking: (route) =>
      some(out.filter(({ shipmentId }) => idsOf(route).includes(shipmentId))).map(
        (one) =>
          `Shipment ${one.shipmentId} is out already with ${one.licensePlate} of plan ${one.planId}: ` +
          "release_shipments lets it go out again, revise_plan takes it off this route.",
      ),
    notes: (route) =>
      some(
        idsOf(route).flatMap((id) =>
          byHand
            .filter(({ stopId }) => isStopOf(stopId, id))
            .slice(0, 1)
            .map((stop) => ({ id, ...stop })),
        ),
      ).map(
        ({ id, externalJobId }) =>
          `Route ${quote(externalJobId)}, sent by import_route, has a stop of shipment ${id}: it may be out already.`,
      ),
  };
}

function idsOf({ stops }: PlanRoute): string[] {
  return [...new Set(stops.flatMap(({ shipmentIds }) => shipmentIds.map(String)))];
}

function some<Value>(values: Value[]): Value[] {
  return values.slice(0, mostNamed);
}
