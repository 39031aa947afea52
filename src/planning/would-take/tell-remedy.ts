import type { Identifier } from "../../domain/identifier.ts";
import type { PlanChange } from "../../domain/plan-change.ts";
import type { DroppedRule, WouldTake } from "../../domain/would-take.ts";
import { partsOf } from "../complete/loads.ts";
import { tripsOf } from "../complete/trips.ts";
import { describeLoad, joinWords } from "../prepare/load-words.ts";
import { countsMoney, yuanText } from "../prepare/money.ts";
import type { PreparedPlan } from "../prepare-plan.ts";
import { lockAnew, locksOf, loosen } from "./lock-anew.ts";
import type { Remedy } from "./remedies.ts";
import { type Told, tellLimit } from "./tell-limit.ts";
import { tellRoom, writeQuantities } from "./tell-room.ts";
import type { Wide } from "./widen.ts";

/** The shipments that come in, and the stop of the first where it has one. */
export type Comer = { shipmentIds: Identifier[]; stop: number };

/** A change in words, numbers and changes of a plan. */
export function tellRemedy(wide: Wide, remedy: Remedy, { shipmentIds, stop }: Comer): WouldTake {
  const { prepared } = wide;
  const { before, ...told } = tellKind(wide, remedy, { shipmentIds, stop });
  const isPriced = countsMoney(prepared.request.options, prepared.request.vehicles);
  const added = before && addTo(wide, remedy, { shipmentIds, told });
  const changes = added && [...before, ...added];
  return {
    ...told,
    ...(isPriced && { costYuan: yuanText(remedy.money) }),
    ...(changes && { changes }),
  };
}

function tellKind(wide: Wide, remedy: Remedy, { shipmentIds, stop }: Comer): Told {
  if (remedy.relaxation?.limit === "capacity") return tellRoom(wide, remedy.tours[0]!, remedy.relaxation);
  if (remedy.relaxation) return tellLimit(wide.prepared, remedy.relaxation, stop);
  if (remedy.further) return tellFurther(wide, remedy);
  if (remedy.dropped) return tellDropped(wide.prepared, remedy, shipmentIds);
  return tellParts(wide.prepared, remedy, [shipmentIds[0]!]);
}

/**
 * How the shipments get onto their vehicle once the change is made; undefined where no change of a plan says where. A
 * split has put them there.
 */
function addTo(
  { prepared }: Wide,
  { relaxation, tours, further, dropped, isInParts }: Remedy,
  { shipmentIds, told }: { shipmentIds: Identifier[]; told: Told },
): PlanChange[] | undefined {
  if (!relaxation && !further && !dropped) return [];
  if (isInParts) return undefined;
  const [tour] = tours;
  const licensePlate = told.spareLicensePlate ?? prepared.fleet[tour!.vehicle]!.licensePlate;
  const add: PlanChange = { op: "add", shipmentIds, licensePlate };
  if (relaxation?.limit !== "max_trips") return [add];
  const trips = tripsOf(tour!.stays);
  const last = new Set(
    partsOf(trips.at(-1)!).map((part) => prepared.consignments[part.consignment]!.shipment.id),
  );
  return shipmentIds.every((id) => last.has(id)) ? [{ ...add, trip: trips.length }] : undefined;
}

function tellFurther({ prepared }: Wide, { further }: Remedy): Told {
  const { vehicle, isOwned, like } = further!;
  if (!isOwned) {
    const { licensePlate } = prepared.request.vehicles[like]!;
    return { change: "another_vehicle", licensePlate, text: `with one more vehicle like ${licensePlate}` };
  }
  const spare = prepared.request.vehicles[vehicle]!;
  const { licensePlate } = spare;
  return {
    change: "another_vehicle",
    spareLicensePlate: licensePlate,
    text: `with ${licensePlate}, which this plan was not offered`,
    before: [{ op: "set_vehicle", licensePlate, outOfService: false, vehicle: spare }],
  };
}

const ruleWords: Record<DroppedRule, string> = {
  vehicle_lock: "its lock to a vehicle",
  position_lock: "its lock to a position",
  time_lock: "its lock to a time",
  only_vehicles: "the rule on which vehicles it may ride",
  same_vehicle: "same_vehicle",
  different_vehicles: "different_vehicles",
  separate_materials: "separate_materials",
};

/** Without one of its rules. Changes of a plan end locks; other rules are those of the whole plan. */
function tellDropped(prepared: PreparedPlan, { dropped, tours }: Remedy, shipmentIds: Identifier[]): Told {
  const rule = dropped!.dropped!;
  const { licensePlate } = prepared.fleet[tours[0]!.vehicle]!;
  const isLock = rule.endsWith("_lock");
  const left = (id: Identifier) => locksOf(prepared.request, id).map((lock) => loosen(lock, rule));
  return {
    change: isLock ? "unlock" : "drop_rule",
    rule,
    licensePlate,
    text: `without ${ruleWords[rule]}, on ${licensePlate}`,
    ...(isLock && { before: shipmentIds.flatMap((id) => lockAnew(id, left(id))) }),
  };
}

/** What each vehicle takes of it, on each of its trips. */
function tellParts(
  prepared: PreparedPlan,
  { tours }: Remedy,
  [shipmentId]: readonly [Identifier, ...Identifier[]],
): Told {
  const { consignments, cargo, fleet } = prepared;
  const parts = tours.flatMap(({ vehicle, stays }) =>
    tripsOf(stays).flatMap((trip, index) =>
      partsOf(trip)
        .filter(({ consignment }) => consignments[consignment]!.shipment.id === shipmentId)
        .map(({ load }) => ({ licensePlate: fleet[vehicle]!.licensePlate, load, trip: index + 1 })),
    ),
  );
  const words = parts.map(({ licensePlate, load }) => `${describeLoad(load, cargo)} on ${licensePlate}`);
  const told = parts.map(({ licensePlate, load }) => ({
    licensePlate,
    items: writeQuantities(prepared, load),
  }));
  return {
    change: "split",
    parts: told,
    text: `in parts: ${joinWords(words)}`,
    before: told.map((part, index): PlanChange => {
      // Two parts on one vehicle are on two of its trips: without a trip the second would join the first.
      const isAlone = told.filter(({ licensePlate }) => licensePlate === part.licensePlate).length === 1;
      return { op: "split", shipmentId, ...part, ...(!isAlone && { trip: parts[index]!.trip }) };
    }),
  };
}
