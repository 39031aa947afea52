import type { Plan, ShipmentLock, ShipmentWindow } from "../../domain/plan.ts";
import type { Vehicle } from "../../domain/vehicle.ts";
import { keyOf } from "../prepare/request.ts";
import type { AgreementChange } from "./difference.ts";

/** What was agreed or given up between two revisions beside who stands where. */
export function agreementChanges(before: Plan, after: Plan): AgreementChange[] {
  return [
    ...tellEntries("lock", locksOf(before), locksOf(after)),
    ...tellEntries("window", windowsOf(before), windowsOf(after)),
    ...tellEntries("priority", prioritiesOf(before), prioritiesOf(after)),
    ...tellVehicles(before, after),
  ];
}

type Entries = Map<string, string>;

/** "lock of 17: 粤A12345 (was none)". */
function tellEntries(about: AgreementChange["about"], before: Entries, after: Entries): AgreementChange[] {
  const ids = new Set([...before.keys(), ...after.keys()]);
  return [...ids].flatMap((id) => {
    const [was, is] = [before.get(id), after.get(id)];
    if (was === is) return [];
    return [{ about, words: `${about} of ${id}: ${is ?? "none"} (was ${was ?? "none"})` }];
  });
}

/** Several of one shipment are told together. */
function gather<Entry>(
  entries: readonly Entry[],
  tell: (entry: Entry) => { id: string; words: string },
): Entries {
  const told: Entries = new Map();
  for (const entry of entries) {
    const { id, words } = tell(entry);
    const earlier = told.get(id);
    told.set(id, earlier === undefined ? words : `${earlier}; ${words}`);
  }
  return told;
}

function locksOf({ options }: Plan): Entries {
  return gather(options.locks, (lock) => ({ id: keyOf(lock.shipmentId), words: describeLock(lock) }));
}

function describeLock({ licensePlate, position, notBefore, notAfter }: ShipmentLock): string {
  const parts = [
    licensePlate ?? "",
    position === undefined ? "" : `stop ${position}`,
    notBefore === undefined ? "" : `not before ${notBefore}`,
    notAfter === undefined ? "" : `not after ${notAfter}`,
  ];
  return parts.filter((part) => part !== "").join(", ") || "none";
}

function windowsOf({ options }: Plan): Entries {
  const words = ({ startAt = "any time", endAt = "any time" }: ShipmentWindow) => `${startAt} to ${endAt}`;
  return gather(options.timeWindows, (window) => ({ id: keyOf(window.shipmentId), words: words(window) }));
}

/** Of two priorities the later one holds. */
function prioritiesOf({ options }: Plan): Entries {
  return new Map(options.priorities.map(({ shipmentId, priority }) => [keyOf(shipmentId), String(priority)]));
}

function tellVehicles(before: Plan, after: Plan): AgreementChange[] {
  const [fleetBefore, fleetAfter] = [fleetOf(before), fleetOf(after)];
  const withdrawn = [...fleetBefore.keys()].filter((plate) => !fleetAfter.has(plate));
  const added = [...fleetAfter.keys()].filter((plate) => !fleetBefore.has(plate));
  const changed = [...fleetAfter].flatMap(([plate, vehicle]) => {
    const earlier = fleetBefore.get(plate);
    if (!earlier || JSON.stringify(earlier) === JSON.stringify(vehicle)) return [];
    return [`vehicle ${plate}: ${describeVehicleChange(earlier, vehicle)}`];
  });
  const idle = (plan: Plan) => plan.options.withdrawn ?? [];
  const stopped = idle(after).filter((plate) => fleetAfter.has(plate) && !idle(before).includes(plate));
  const back = idle(before).filter((plate) => fleetAfter.has(plate) && !idle(after).includes(plate));
  const words = [
    ...stopped.map((plate) => `vehicle ${plate} is out of service`),
    ...back.map((plate) => `vehicle ${plate} is in service again`),
    ...withdrawn.map((plate) => `vehicle ${plate} is not in the plan any more`),
    ...added.map((plate) => `vehicle ${plate} is new, for ${describeRoom(fleetAfter.get(plate)!)}`),
    ...changed,
  ];
  return words.map((sentence) => ({ about: "vehicle", words: sentence }));
}

function fleetOf({ vehicles }: Plan): Map<string, Vehicle> {
  return new Map(vehicles.map((vehicle) => [vehicle.licensePlate, vehicle]));
}

function describeRoom({ materialCapacities }: Vehicle): string {
  return (
    materialCapacities.map(({ materialName, capacity }) => `${materialName} ${capacity}`).join(", ") ||
    "nothing"
  );
}

function describeVehicleChange(before: Vehicle, after: Vehicle): string {
  const [roomBefore, roomAfter] = [describeRoom(before), describeRoom(after)];
  const room = roomBefore === roomAfter ? [] : [`room for ${roomAfter} (was ${roomBefore})`];
  const names = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof Vehicle>;
  const rules = [...names].filter(
    (name) => name !== "materialCapacities" && JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
  const told = rules.map((name) => `${spell(name)} ${show(after[name])} (was ${show(before[name])})`);
  return [...room, ...told].join(", ");
}

function spell(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function show(value: unknown): string {
  if (value === undefined || value === null) return "none";
  return typeof value === "string" ? value : JSON.stringify(value);
}
