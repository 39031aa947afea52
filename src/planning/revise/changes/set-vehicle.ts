import { Failure } from "../../../domain/failure.ts";
import type { PlanOptions } from "../../../domain/plan.ts";
import type { SetVehicleChange } from "../../../domain/plan-change.ts";
import type { MaterialCapacity, Vehicle, VehicleRules } from "../../../domain/vehicle.ts";
import { readClock } from "../../prepare/clock.ts";
import { readFleet } from "../../prepare/fleet.ts";
import { keyOf } from "../../prepare/request.ts";
import { readVehicleTerms } from "../../prepare/vehicle-terms.ts";
import { forgetLeftOut } from "../agreements.ts";
import { type Draft, routeOf, standsOf, takeOff, touch } from "../draft.ts";
import { type At, refuse, refuseFrozen, vehicleAt } from "../refuse.ts";

/** Changes what a vehicle is called, takes and may, and whether it drives at all; one that is given in full may be new. */
export function setVehicle(draft: Draft, change: SetVehicleChange, at: At): void {
  const isKnown = draft.vehicles.some(({ licensePlate }) => licensePlate === change.licensePlate);
  if (!isKnown && change.vehicle) draft.vehicles = [...draft.vehicles, change.vehicle];
  const known = vehicleAt(draft, change.licensePlate, at);
  refuseFrozen(draft, change.licensePlate, at);
  const changed = changeVehicle(known, change, at);
  refuseUnreadable(draft, changed, at);
  draft.vehicles = draft.vehicles.with(draft.vehicles.indexOf(known), changed);
  if (changed.licensePlate !== known.licensePlate) {
    rename(draft, { from: known.licensePlate, to: changed.licensePlate }, at);
  }
  const { licensePlate } = changed;
  if (change.vehicle || change.materialCapacities || change.rules) draft.hasLessRoom = true;
  if (routeOf(draft, licensePlate)) touch(draft, licensePlate, at.index);
  else draft.concerned.set(licensePlate, at.index);
  if (change.outOfService === undefined) return;
  const others = (draft.options.withdrawn ?? []).filter((plate) => plate !== licensePlate);
  draft.options = { ...draft.options, withdrawn: change.outOfService ? [...others, licensePlate] : others };
  if (change.outOfService) withdraw(draft, licensePlate, at);
}

function changeVehicle(known: Vehicle, change: SetVehicleChange, at: At): Vehicle {
  const { newLicensePlate, vehicle, materialCapacities = [], rules = {} } = change;
  if (vehicle && newLicensePlate !== undefined && vehicle.licensePlate !== newLicensePlate) {
    refuse(at, `vehicle.license_plate is ${vehicle.licensePlate}, new_license_plate is ${newLicensePlate}.`, {
      code: "invalid_input",
      field: "new_license_plate",
      hint: "Give one new plate.",
    });
  }
  const base = withoutAnswered(vehicle ?? known, rules);
  return {
    ...base,
    ...rules,
    licensePlate: newLicensePlate ?? base.licensePlate,
    materialCapacities: mergeCapacities(base.materialCapacities, materialCapacities),
  };
}

/** An own end and "returns to its start" are two answers to one question: the new one takes the place of the old. */
function withoutAnswered(vehicle: Vehicle, rules: VehicleRules): Vehicle {
  if (rules.end === undefined && rules.returnsToStart === undefined) return vehicle;
  const { end: _, returnsToStart: __, ...others } = vehicle;
  return others;
}

function mergeCapacities(
  known: readonly MaterialCapacity[],
  given: readonly MaterialCapacity[],
): MaterialCapacity[] {
  const named = new Set(given.map(({ materialName }) => materialName.trim()));
  return [...known.filter(({ materialName }) => !named.has(materialName.trim())), ...given];
}

/** What planning could not read is refused with the change that brought it. */
function refuseUnreadable(draft: Draft, vehicle: Vehicle, at: At): void {
  try {
    readFleet([vehicle]);
    readVehicleTerms(vehicle, draft.options, readClock(draft.options.startAt));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { hint = "Correct it and call again." } = error.details;
    refuse(at, error.message, { code: error.code, hint });
  }
}

type Renaming = { from: string; to: string };

function rename(draft: Draft, { from, to }: Renaming, at: At): void {
  if (draft.vehicles.filter(({ licensePlate }) => licensePlate === to).length > 1) {
    refuse(at, `The plan has a vehicle ${to} already.`, {
      field: "new_license_plate",
      hint: "Give another plate.",
    });
  }
  const own = (plate: string): string => (plate === from ? to : plate);
  draft.options = renameIn(draft.options, own);
  for (const route of draft.routes) {
    route.licensePlate = own(route.licensePlate);
    for (const { parts } of route.stops) {
      for (const part of parts) if (part.lockedTo !== undefined) part.lockedTo = own(part.lockedTo);
    }
  }
  const first = [...draft.renamed].find(([, now]) => now === from)?.[0] ?? from;
  draft.renamed.set(first, to);
  for (const marks of [draft.touched, draft.concerned]) {
    const mark = marks.get(from);
    marks.delete(from);
    if (mark !== undefined) marks.set(to, mark);
  }
}

function renameIn(options: PlanOptions, own: (plate: string) => string): PlanOptions {
  const { locks, shipmentRules, withdrawn, splits } = options;
  return {
    ...options,
    locks: locks.map((lock) =>
      lock.licensePlate === undefined ? lock : { ...lock, licensePlate: own(lock.licensePlate) },
    ),
    ...(withdrawn && { withdrawn: withdrawn.map(own) }),
    ...(splits && {
      splits: splits.map(({ shipmentId, parts }) => ({
        shipmentId,
        parts: parts.map((part) =>
          part.licensePlate === undefined ? part : { ...part, licensePlate: own(part.licensePlate) },
        ),
      })),
    }),
    ...(shipmentRules && {
      shipmentRules: shipmentRules.map((rule) => ({
        ...rule,
        ...(rule.onlyVehicles && { onlyVehicles: rule.onlyVehicles.map(own) }),
        ...(rule.notVehicles && { notVehicles: rule.notVehicles.map(own) }),
      })),
    }),
  };
}

/** What the vehicle carried is on no route; of a split shipment all parts that are not out wait with it. */
function withdraw(draft: Draft, licensePlate: string, at: At): void {
  draft.hasLessRoom = true;
  const riding = routeOf(draft, licensePlate)?.stops.flatMap(({ parts }) => parts) ?? [];
  for (const shipmentId of new Set(riding.map((part) => part.shipmentId))) {
    const stands = standsOf(draft, shipmentId);
    const free = stands.filter(({ route }) => !draft.context.frozen.includes(route.licensePlate));
    const isPartlyOut = free.length < stands.length;
    const off = takeOff(draft, free, at.index);
    const isIts = (part: { shipmentId: string | number }) => keyOf(part.shipmentId) === keyOf(shipmentId);
    if (isPartlyOut) draft.loose.push(...off);
    else draft.loose = draft.loose.filter((part) => !isIts(part));
    forgetLeftOut(draft, shipmentId);
    const what = isPartlyOut ? "What is not out yet of shipment" : "Shipment";
    const message = `${what} ${shipmentId} was on ${licensePlate}, which is out of service.`;
    draft.unassigned.push({ shipmentId, reason: "vehicle_withdrawn", message });
  }
}
