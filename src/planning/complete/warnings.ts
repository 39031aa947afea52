import { roadFactor } from "../great-circle.ts";
import { joinWords } from "../prepare/load-words.ts";
import { quantityText } from "../prepare/quantities.ts";
import { fillsAtMostWhole, sumOfFills } from "../prepare/room.ts";
import type { PreparedPlan } from "../prepare-plan.ts";
import type { Solution } from "../solution.ts";
import { averageKilometersPerHour } from "../travel.ts";
import { partsOf, tripLoads } from "./loads.ts";
import type { DrivenRoute } from "./visits.ts";

/** What a dispatcher should know before trusting the plan, one sentence each. */
export function findWarnings(
  prepared: PreparedPlan,
  routes: readonly DrivenRoute[],
  { stoppedBy }: Solution,
): string[] {
  return [
    ...warnOfUnmapped(prepared),
    ...warnOfEstimates(prepared),
    ...warnOfSharedRoom(prepared, routes),
    ...routes.flatMap((route) => warnOfNoPosition(prepared, route)),
    ...warnOfSplits(prepared, routes),
    ...(stoppedBy === "time"
      ? ["The time limit ended the search: the same call may give another plan."]
      : []),
    ...(stoppedBy === "cancelled" ? ["The search was cancelled: the plan is what it had by then."] : []),
  ];
}

/** Told only where a source of travel was asked: without one, all is estimated and nobody expects anything else. */
function warnOfEstimates({ request: { travel } }: PreparedPlan): string[] {
  if (!travel || travel.gaps.length === 0) return [];
  const { gaps, size } = travel;
  const estimated = gaps.reduce((sum, { drives }) => sum + drives, 0);
  const [only] = gaps;
  const why =
    only && gaps.length === 1
      ? only.reason
      : joinWords(gaps.map(({ drives, reason }) => `${drives} because ${reason}`));
  return [
    `${estimated} of ${size * (size - 1)} drives between places are estimated (great circle × ${roadFactor}, ${averageKilometersPerHour} km/h): ${why}.`,
  ];
}

function warnOfUnmapped({ unmappedItems }: PreparedPlan): string[] {
  if (unmappedItems.length === 0) return [];
  const names = [...new Set(unmappedItems.map(({ itemName }) => itemName))];
  const items = names.length === 1 ? "1 item name has" : `${names.length} item names have`;
  return [`${items} no material: set a rule with set_material_rule, or give default_material.`];
}

/** Nothing says whether materials share a vehicle's room, so routes that are only right if they don't are told at once. */
function warnOfSharedRoom(prepared: PreparedPlan, routes: readonly DrivenRoute[]): string[] {
  const { room, cargo, fleet } = prepared;
  if (room.model === "shared") return [];
  const over = routes.flatMap(({ vehicle, stays }) => {
    const capacity = room.capacity[vehicle]!;
    const fillOf = (carried: number[]) => sumOfFills(carried, capacity);
    const load = tripLoads(prepared, stays).reduce((most, next) =>
      fillOf(next) > fillOf(most) ? next : most,
    );
    return fillsAtMostWhole(load, capacity) ? [] : [{ vehicle, load, capacity, fill: fillOf(load) }];
  });
  if (over.length === 0) return [];
  const { vehicle, load, capacity, fill } = over.reduce((most, next) =>
    next.fill > most.fill ? next : most,
  );
  const parts = cargo.materials
    .map((material, index) => ({ material, quantity: load[index]!, most: capacity[index]! }))
    .filter(({ quantity }) => quantity > 0)
    .map(({ material, quantity, most }) => `${material} ${(quantity / most).toFixed(2)}`);
  const more = over.length - 1;
  const others =
    more === 0 ? "" : `, and ${more} more ${more === 1 ? "vehicle carries" : "vehicles carry"} too much`;
  return [
    `${fleet[vehicle]!.licensePlate} carries ${parts.join(" + ")} = ${fill.toFixed(2)} of its room${others} if materials share the space; plan with capacity_model "shared" if they do.`,
  ];
}

function warnOfNoPosition(
  { consignments, places, fleet }: PreparedPlan,
  { vehicle, visits }: DrivenRoute,
): string[] {
  const parts = partsOf(
    visits.filter(({ place }) => places.position[place]! < 0).flatMap(({ stays }) => stays),
  );
  if (parts.length === 0) return [];
  const ids = [...new Set(parts.map(({ consignment }) => String(consignments[consignment]!.shipment.id)))];
  const [subject, verb] = ids.length === 1 ? ["Shipment", "has"] : ["Shipments", "have"];
  return [
    `${subject} ${joinWords(ids)} ${verb} no position: put last on ${fleet[vehicle]!.licensePlate}; the drive there is not counted, and times are estimates.`,
  ];
}

function warnOfSplits(
  { consignments, fleet, cargo }: PreparedPlan,
  routes: readonly DrivenRoute[],
): string[] {
  return consignments.flatMap(({ isSplit, shipment }, index) => {
    const shares = routes.flatMap(({ vehicle, stays }) => {
      const loads = partsOf(stays).filter(({ consignment }) => consignment === index);
      const quantity = loads.reduce(
        (sum, { load }) => sum + load.reduce((total, part) => total + part, 0),
        0,
      );
      return quantity === 0
        ? []
        : [`${quantityText(quantity, cargo.scale)} 条 on ${fleet[vehicle]!.licensePlate}`];
    });
    if (!isSplit || shares.length === 0) return [];
    return [`Shipment ${shipment.id} is delivered in parts: ${joinWords(shares)}.`];
  });
}
