import type { Identifier } from "../../domain/identifier.ts";
import type { MaterialQuantity, PlanChange } from "../../domain/plan-change.ts";
import type { DroppedRule, WouldTake } from "../../domain/would-take.ts";
import { partsOf, tripLoads } from "../complete/loads.ts";
import { tripsOf } from "../complete/trips.ts";
import type { Load } from "../prepare/cargo.ts";
import { describeLoad, joinWords } from "../prepare/load-words.ts";
import { countsMoney, yuanText } from "../prepare/money.ts";
import { quantityText } from "../prepare/quantities.ts";
import { fits } from "../prepare/room.ts";
import type { PreparedPlan } from "../prepare-plan.ts";
import type { Relaxation } from "./relax.ts";
import type { Remedy } from "./remedies.ts";
import { type Told, tellLimit } from "./tell-limit.ts";
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
  if (remedy.relaxation?.limit === "capacity") return tellRoom(wide, remedy, remedy.relaxation);
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

/** More room on the vehicle; where the company has another that is large enough, that one in its place. */
function tellRoom(wide: Wide, { tours }: Remedy, { vehicle, amount, lacks }: Relaxation): Told {
  const { prepared } = wide;
  const { cargo, room, request } = prepared;
  const { licensePlate, materialCapacities } = request.vehicles[vehicle]!;
  const loads = tripLoads(prepared, tours[0]!.stays);
  const spare = wide.vehicles.find(
    (one) => one.isOwned && loads.every((load) => fits(room, one.vehicle, load)),
  );
  const needed = room.capacity[vehicle]!.map((most, material) =>
    lacks ? most + lacks[material]! : Math.ceil(most * (1 + amount) - 1e-6),
  );
  const raised = writeQuantities(prepared, needed).filter(
    (_, index) =>
      !lacks || lacks[cargo.materials.indexOf(writeQuantities(prepared, needed)[index]!.material)]! > 0,
  );
  const more = lacks
    ? `with ${describeMore(prepared, lacks)} on ${licensePlate}`
    : `with ${Number((amount * 100).toFixed(1))} % more room on ${licensePlate}`;
  const changed = {
    licensePlate,
    ...(lacks
      ? { room: writeQuantities(prepared, lacks) }
      : { roomPercent: Number((amount * 100).toFixed(1)) }),
  };
  if (!spare) {
    const capacities = raised.map(({ material, quantity }) => ({
      materialName: material,
      capacity: Number(quantity),
    }));
    return {
      change: "larger_vehicle",
      ...changed,
      materialCapacities: raised,
      text: more,
      before: [{ op: "set_vehicle", licensePlate, materialCapacities: capacities }],
    };
  }
  const other = request.vehicles[spare.vehicle]!;
  const without = materialCapacities
    .filter(({ materialName }) => !other.materialCapacities.some((one) => one.materialName === materialName))
    .map(({ materialName }) => ({ materialName, capacity: 0 }));
  return {
    change: "larger_vehicle",
    ...changed,
    materialCapacities: raised,
    spareLicensePlate: other.licensePlate,
    text: `${more}, or ${other.licensePlate} in its place`,
    before: [
      {
        op: "set_vehicle",
        licensePlate,
        newLicensePlate: other.licensePlate,
        materialCapacities: [
          ...other.materialCapacities.map(({ materialName, capacity }) => ({ materialName, capacity })),
          ...without,
        ],
      },
    ],
  };
}

/** "40 条 more of 坯布 and 10 条 of 成品". */
function describeMore({ cargo }: PreparedPlan, lacks: Load): string {
  return describeLoad(lacks, cargo).replace(" 条 of ", " 条 more of ");
}

function writeQuantities({ cargo }: PreparedPlan, load: Load): MaterialQuantity[] {
  return load.flatMap((quantity, index) =>
    quantity > 0
      ? [{ material: cargo.materials[index]!, quantity: quantityText(quantity, cargo.scale) }]
      : [],
  );
}

function tellFurther({ prepared }: Wide, { further }: Remedy): Told {
  const { vehicle, isOwned, like } = further!;
  const { licensePlate } = prepared.request.vehicles[isOwned ? vehicle : like]!;
  if (!isOwned) {
    return { change: "another_vehicle", licensePlate, text: `with one more vehicle like ${licensePlate}` };
  }
  return {
    change: "another_vehicle",
    spareLicensePlate: licensePlate,
    text: `with ${licensePlate}, which this plan was not offered`,
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
  return {
    change: isLock ? "unlock" : "drop_rule",
    rule,
    licensePlate,
    text: `without ${ruleWords[rule]}, on ${licensePlate}`,
    ...(isLock && { before: [{ op: "unlock", shipmentIds }] }),
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
    partsOf(stays)
      .filter(({ consignment }) => consignments[consignment]!.shipment.id === shipmentId)
      .map(({ load }) => ({ licensePlate: fleet[vehicle]!.licensePlate, load })),
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
    before: told.map((part): PlanChange => ({ op: "split", shipmentId, ...part })),
  };
}
