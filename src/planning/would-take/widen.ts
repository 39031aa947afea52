import type { Vehicle } from "../../domain/vehicle.ts";
import type { DroppedRule } from "../../domain/would-take.ts";
import { type Conditions, readConditions } from "../prepare/conditions.ts";
import type { Consignment } from "../prepare/consignment.ts";
import { readFleet } from "../prepare/fleet.ts";
import { placeOfVehicle } from "../prepare/places.ts";
import { measureRoom } from "../prepare/room.ts";
import { mayBeSplit } from "../prepare/screen.ts";
import type { PlannedStop } from "../prepare/stops.ts";
import { tabulate } from "../prepare/tables.ts";
import { readVehicleTerms } from "../prepare/vehicle-terms.ts";
import type { PreparedPlan } from "../prepare-plan.ts";
import { numberKinds } from "../vehicle-kinds.ts";
import { withoutRules } from "./dropped-rules.ts";

/** A vehicle beside the plan's: one that the company has, or one more like another. */
export type FurtherVehicle = { vehicle: number; isOwned: boolean; like: number };

/** A stop beside the plan's: of a shipment that was refused, of one without one of its rules, of parts of one. */
export type FurtherStop = {
  stop: number;
  consignment: number;
  /** What is not held any more. */
  dropped?: DroppedRule;
  /** Lends its place and conditions to parts of the shipment. */
  isForParts?: true;
};

/**
 * A plan's problem with stops and vehicles behind its own, so that what the plan does not have can be tried beside what
 * it does: its routes read as they are.
 */
export type Wide = {
  prepared: PreparedPlan;
  /** Vehicles of the plan itself come before this index. */
  ownVehicles: number;
  vehicles: FurtherVehicle[];
  stops: FurtherStop[];
};

/** So many vehicles that were not offered, and so many kinds of those that were, are tried at most. */
const mostFurther = 20;

/** Widens a plan by what may help the shipments that it leaves out. `left`: indexes among its consignments. */
export function widen(prepared: PreparedPlan, left: readonly number[]): Wide {
  const { refused } = prepared;
  const consignments = [...prepared.consignments, ...refused];
  const asked = [...left, ...refused.map((_, index) => prepared.consignments.length + index)];
  const further = furtherStops({ ...prepared, consignments }, asked, prepared.consignments.length);
  const vehicles = furtherVehicles(prepared);
  return {
    prepared: retabulate(prepared, {
      consignments,
      stops: [...prepared.stops, ...further.map(({ planned }) => planned)],
      vehicles: [...prepared.request.vehicles, ...vehicles.map(({ vehicle }) => vehicle)],
    }),
    ownVehicles: prepared.fleet.length,
    vehicles: vehicles.map(({ isOwned, like }, index) => ({
      vehicle: prepared.fleet.length + index,
      isOwned,
      like,
    })),
    stops: further.map(({ planned: _, ...about }, index) => ({
      ...about,
      stop: prepared.stops.length + index,
    })),
  };
}

type More = { consignments: Consignment[]; stops: PlannedStop[]; vehicles: Vehicle[] };

/** The same plan of more. Travel is what it was: nothing more is anywhere else. */
function retabulate(prepared: PreparedPlan, { consignments, stops, vehicles }: More): PreparedPlan {
  const { request, clock, cargo, places, problem } = prepared;
  const { options } = request;
  const fleet = readFleet(vehicles);
  const room = measureRoom(fleet, cargo, options.capacityModel);
  const terms = vehicles.map((vehicle) => readVehicleTerms(vehicle, options, clock));
  const tables = { stops, consignments, room, places, travel: problem.travel, options, vehicles, terms };
  const widened = tabulate({ ...tables, conflicts: problem.conflicts ?? new Uint32Array() });
  return {
    ...prepared,
    problem: widened,
    stops,
    consignments,
    fleet,
    room,
    terms,
    request: { ...request, vehicles },
  };
}

type Planned = Omit<FurtherStop, "stop"> & { planned: PlannedStop };

function furtherStops(prepared: PreparedPlan, asked: readonly number[], own: number): Planned[] {
  const { consignments } = prepared;
  const conditionsOf = conditionsWithoutRules(prepared);
  return asked.flatMap((consignment): Planned[] => {
    const one = consignments[consignment]!;
    const stopWith = (conditions: Conditions, load = one.load): PlannedStop => ({
      place: one.place,
      conditions,
      parts: [{ consignment, load }],
      load,
    });
    const isWhole = consignment >= own && one.conditions.conflict === "" && !isHeldBack(one);
    const base = isWhole ? [{ consignment, planned: stopWith(one.conditions) }] : [];
    const nothing = one.load.map(() => 0);
    const parts: Planned[] =
      mayBeSplit(one.conditions) && !one.isSplit
        ? [{ consignment, isForParts: true, planned: stopWith(one.conditions, nothing) }]
        : [];
    const dropped = conditionsOf(one).map(([rule, conditions]) => ({
      consignment,
      dropped: rule,
      planned: stopWith(conditions),
    }));
    return [...base, ...parts, ...dropped];
  });
}

/** Whether no change of a number could bring it in, because others would have to come along that are not there. */
function isHeldBack({ conditions: { together } }: Consignment): boolean {
  return together !== undefined;
}

/** What is said of a shipment once one of its rules is not held, for each rule that says anything of it. */
function conditionsWithoutRules({ request, clock, fleet }: PreparedPlan) {
  const context = {
    clock,
    licensePlates: fleet.map(({ licensePlate }) => licensePlate),
    shipmentIds: request.shipments.map(({ id }) => id),
  };
  const readings = withoutRules(request.options).map(
    ({ rule, options }) => [rule, readConditions(options, context)] as const,
  );
  return ({ shipment, conditions: { classes, ...told } }: Consignment): [DroppedRule, Conditions][] => {
    const kept = classes === undefined ? {} : { classes };
    const before = textOf(told);
    const without = readings.flatMap(([rule, conditionsOf]): [DroppedRule, Conditions][] => {
      const read = conditionsOf(shipment.id);
      const isAnother = read.conflict === "" && textOf(read) !== before;
      return isAnother ? [[rule, { ...read, ...kept }]] : [];
    });
    const isHeld = classes === undefined || told.conflict !== "" || told.together !== undefined;
    return isHeld ? without : [...without, ["separate_materials", told]];
  };
}

/** What tells conditions apart; a lock's priority comes and goes with it. */
function textOf({ priority: _, ...told }: Conditions): string {
  return JSON.stringify(told);
}

type Further = { vehicle: Vehicle; isOwned: boolean; like: number };

/** Vehicles that the plan was not offered, and one more like each kind that it was. */
function furtherVehicles(prepared: PreparedPlan): Further[] {
  const { request, places, fleet, problem } = prepared;
  const plates = new Set(fleet.map(({ licensePlate }) => licensePlate));
  const isPlaced = ({ start, end }: Vehicle) =>
    [start, end].every((at) => at === undefined || placeOfVehicle(places, at) !== undefined);
  const spare = (request.spareVehicles ?? [])
    .filter(
      (vehicle) => !plates.has(vehicle.licensePlate) && isPlaced(vehicle) && isReadable(vehicle, prepared),
    )
    .slice(0, mostFurther)
    .map((vehicle) => ({ vehicle, isOwned: true, like: -1 }));
  const kinds = numberKinds(problem);
  const firstOfKind = new Map<string, number>();
  for (const [index, capacity] of prepared.room.capacity.entries()) {
    const key = `${kinds[index]} ${capacity.join()}`;
    if (!firstOfKind.has(key)) firstOfKind.set(key, index);
  }
  const more = [...firstOfKind.values()].slice(0, mostFurther).map((like) => {
    const vehicle = request.vehicles[like]!;
    const licensePlate = `${vehicle.licensePlate} (one more)`;
    return { vehicle: { ...vehicle, licensePlate }, isOwned: false, like };
  });
  return [...spare, ...more];
}

/** What is wrong with a vehicle that nobody asked for is no reason to refuse the plan. */
function isReadable(vehicle: Vehicle, { request, clock }: PreparedPlan): boolean {
  try {
    readFleet([vehicle]);
    readVehicleTerms(vehicle, request.options, clock);
    return true;
  } catch {
    return false;
  }
}
