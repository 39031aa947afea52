import type {
  PlanContent,
  PlanQuality,
  PlanRoute,
  UnassignedShipment,
  UnmappedItem,
} from "../../domain/plan.ts";
import { warnOfRoutes, warnOfUnmapped } from "../complete/warnings.ts";
import { countsMoney } from "../prepare/money.ts";
import { keyOf } from "../prepare/request.ts";
import type { Draft } from "./draft.ts";

/** What a revision is told with. */
export type RevisionParts = {
  routes: PlanRoute[];
  unassigned: UnassignedShipment[];
  /** What was done, as sentences. */
  reason: string;
  iterations: number;
  repeatable: boolean;
  /** Of what was looked at anew, by today's rules. */
  unmappedItems?: readonly UnmappedItem[];
  /** Of the search, beside what is true of the routes. */
  warnings: readonly string[];
};

/** What was left out as it is told on: what would bring it in was tried on other routes than there are now. */
export function tellOn(unassigned: readonly UnassignedShipment[]): UnassignedShipment[] {
  return unassigned.map(({ wouldTake: _, ...left }) => left);
}

/** A revision as content of a plan: figures are those of all its routes, and nothing is proven of them together. */
export function toContent(draft: Draft, parts: RevisionParts): PlanContent {
  const { routes, unassigned, warnings } = parts;
  const left = new Set(unassigned.map(({ shipmentId }) => keyOf(shipmentId)));
  const known = parts.unmappedItems ?? draft.plan.unmappedItems;
  const unmappedItems = known.filter(({ shipmentId }) => left.has(keyOf(shipmentId)));
  const own = [...warnOfUnmapped({ unmappedItems }), ...warnOfRoutes(routes, draft.options.capacityModel)];
  return {
    routes,
    unassigned,
    unmappedItems,
    quality: measure(draft, parts),
    warnings: [...new Set([...own, ...warnings])],
  };
}

function measure({ options, vehicles }: Draft, { routes, ...parts }: RevisionParts): PlanQuality {
  const served = new Set(
    routes.flatMap(({ stops }) => stops.flatMap(({ shipmentIds }) => shipmentIds.map(keyOf))),
  );
  const isPriced = countsMoney(options, vehicles) && routes.every(({ costYuan }) => costYuan !== undefined);
  return {
    status: "heuristic",
    reason: parts.reason,
    vehiclesUsed: routes.length,
    shipmentsAssigned: served.size,
    distanceMeters: routes.reduce((sum, route) => sum + route.distanceMeters, 0),
    durationSeconds: routes.reduce((sum, route) => sum + route.durationSeconds, 0),
    ...(isPriced && {
      costYuan: routes.reduce((sum, { costYuan = "0" }) => sum + Number(costYuan), 0).toFixed(2),
    }),
    iterations: parts.iterations,
    seed: options.seed,
    repeatable: parts.repeatable,
  };
}
