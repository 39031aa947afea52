import type { Problem } from "../../problem.ts";
import type { GivenRoute } from "../given-routes.ts";

/** The steps at which a shipment is delivered without having been picked up before, or picked up and never delivered. */
export function findSplitShipments({ stops }: Problem, { steps }: GivenRoute): Set<number> {
  const { pickupOf } = stops;
  const split = new Set<number>();
  if (!pickupOf) return split;
  const stepOf = new Map(steps.map(({ stop }, index) => [stop ?? -1, index]));
  for (const [delivery, pickup] of pickupOf.entries()) {
    if (pickup < 0) continue;
    const [from, to] = [stepOf.get(pickup), stepOf.get(delivery)];
    if (from !== undefined && to !== undefined && from < to) continue;
    if (from !== undefined) split.add(from);
    if (to !== undefined) split.add(to);
  }
  return split;
}
