import { addDecimals, type Decimal, formatDecimal, parseDecimal, rescale } from "../../domain/decimal.ts";
import type { CapacityModel, PlanContent, PlanLoad, PlanRoute } from "../../domain/plan.ts";
import { roadFactor } from "../great-circle.ts";
import { joinWords } from "../prepare/load-words.ts";
import { finestScale } from "../prepare/quantities.ts";
import type { PlanRequest } from "../prepare/request.ts";
import { keyOf } from "../prepare/request.ts";
import { fillsAtMostWhole } from "../prepare/room.ts";
import type { Solution } from "../solution.ts";
import { averageKilometersPerHour } from "../travel.ts";

type Told = Pick<PlanContent, "routes" | "unmappedItems">;

/** What a dispatcher should know before trusting the plan, one sentence each. */
export function findWarnings(
  { options, travel }: Pick<PlanRequest, "options" | "travel">,
  told: Told,
  { stoppedBy }: Pick<Solution, "stoppedBy">,
): string[] {
  return [
    ...warnOfUnmapped(told),
    ...warnOfEstimates(travel),
    ...warnOfRoutes(told.routes, options.capacityModel),
    ...(stoppedBy === "time"
      ? ["The time limit ended the search: the same call may give another plan."]
      : []),
    ...(stoppedBy === "cancelled" ? ["The search was cancelled: the plan is what it had by then."] : []),
  ];
}

/** What is to be known of the routes of a plan, however they came about. */
export function warnOfRoutes(routes: readonly PlanRoute[], model: CapacityModel): string[] {
  return [
    ...warnOfSharedRoom(routes, model),
    ...routes.flatMap((route) => warnOfNoPosition(route)),
    ...warnOfSplits(routes),
  ];
}

/** Told only where a source of travel was asked: without one, all is estimated and nobody expects anything else. */
export function warnOfEstimates(travel: PlanRequest["travel"]): string[] {
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

/** How many names of items nothing maps to a material. */
export function warnOfUnmapped({ unmappedItems }: Pick<Told, "unmappedItems">): string[] {
  if (unmappedItems.length === 0) return [];
  const names = [...new Set(unmappedItems.map(({ itemName }) => itemName))];
  const items = names.length === 1 ? "1 item name has" : `${names.length} item names have`;
  return [`${items} no material: set a rule with set_material_rule, or give default_material.`];
}

/** Nothing says whether materials share a vehicle's room, so routes that are only right if they don't are told at once. */
function warnOfSharedRoom(routes: readonly PlanRoute[], model: CapacityModel): string[] {
  if (model === "shared") return [];
  const over = routes.flatMap(({ licensePlate, loads }) => {
    const trips = [...Map.groupBy(loads, ({ trip }) => trip).values()];
    const [fullest] = trips.toSorted((a, b) => fillOf(b) - fillOf(a));
    return fullest && !isWithinOneRoom(fullest)
      ? [{ licensePlate, loads: fullest, fill: fillOf(fullest) }]
      : [];
  });
  if (over.length === 0) return [];
  const { licensePlate, loads, fill } = over.reduce((most, next) => (next.fill > most.fill ? next : most));
  const parts = loads
    .filter(({ quantity }) => quantity !== "0")
    .map(({ material, fill: own }) => `${material} ${own.toFixed(2)}`);
  const more = over.length - 1;
  const others =
    more === 0 ? "" : `, and ${more} more ${more === 1 ? "vehicle carries" : "vehicles carry"} too much`;
  return [
    `${licensePlate} carries ${parts.join(" + ")} = ${fill.toFixed(2)} of its room${others} if materials share the space; plan with capacity_model "shared" if they do.`,
  ];
}

function fillOf(loads: readonly PlanLoad[]): number {
  return loads.reduce((sum, { fill }) => sum + fill, 0);
}

/** Exact, in whole numbers of the finest quantity. */
function isWithinOneRoom(loads: readonly PlanLoad[]): boolean {
  const amounts = loads.map(
    ({ quantity, capacity }) => [parseDecimal(quantity)!, parseDecimal(capacity)!] as const,
  );
  const scale = finestScale(amounts.flat());
  const whole = amounts.map((pair) => pair.map((amount) => Number(rescale(amount, scale))));
  return fillsAtMostWhole(
    whole.map(([quantity]) => quantity!),
    whole.map(([, capacity]) => capacity!),
  );
}

function warnOfNoPosition({ licensePlate, stops }: PlanRoute): string[] {
  const unknown = stops.filter(({ lat }) => lat === null).flatMap(({ shipmentIds }) => shipmentIds);
  if (unknown.length === 0) return [];
  const ids = [...new Set(unknown.map(String))];
  const [subject, verb] = ids.length === 1 ? ["Shipment", "has"] : ["Shipments", "have"];
  return [
    `${subject} ${joinWords(ids)} ${verb} no position: put last on ${licensePlate}; the drive there is not counted, and times are estimates.`,
  ];
}

/** Shipments that stand on several stops. */
function warnOfSplits(routes: readonly PlanRoute[]): string[] {
  const pieces = routes.flatMap(({ licensePlate, stops }) =>
    stops.flatMap(({ items }) =>
      [...Map.groupBy(items, ({ shipmentId }) => keyOf(shipmentId))].map(([key, own]) => ({
        key,
        licensePlate,
        quantities: own.map(({ quantity }) => quantity),
      })),
    ),
  );
  return [...Map.groupBy(pieces, ({ key }) => key)].flatMap(([key, own]) => {
    if (own.length < 2) return [];
    const byPlate = [...Map.groupBy(own, ({ licensePlate }) => licensePlate)];
    const shares = byPlate.map(
      ([plate, members]) => `${sumText(members.flatMap(({ quantities }) => quantities))} 条 on ${plate}`,
    );
    return [`Shipment ${key} is delivered in parts: ${joinWords(shares)}.`];
  });
}

function sumText(quantities: readonly string[]): string {
  const zero: Decimal = { digits: 0n, scale: 0 };
  return formatDecimal(
    quantities.reduce((sum, quantity) => addDecimals(sum, parseDecimal(quantity) ?? zero), zero),
  );
}
