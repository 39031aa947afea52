import { Failure } from "../../domain/failure.ts";
import type { Identifier } from "../../domain/identifier.ts";
import type { PlanOptions, ShipmentLock, ShipmentWindow } from "../../domain/plan.ts";
import { type PlanClock, secondsUntil } from "./clock.ts";
import { keyOf } from "./request.ts";
import { readShipmentTerms, type ShipmentTerms } from "./shipment-terms.ts";
import { clipSpans, type TimeSpan, uniteSpans } from "./time-spans.ts";

/** What was agreed for a shipment. */
export type Conditions = ShipmentTerms & {
  /** Index of the one vehicle it may ride, -1 when any. */
  vehicle: number;
  /** Its stop's sequence number, 0 when free. */
  position: number;
  /** When it may be delivered; none = any time. */
  windows: TimeSpan[];
  /** 0 to 100, the larger the more important. */
  priority: number;
  /** What makes the locks impossible to keep, after "Shipment 17 "; "" when nothing does. */
  conflict: string;
  /** Bit set of its materials that must not ride with others; 0 when left out. */
  classes?: number;
  /** The end of its window where that costs but is no limit, seconds; then `windows` has the one without an end. */
  freeUntil?: number;
};

/** What the options may speak of. */
export type ConditionContext = {
  clock: PlanClock;
  licensePlates: readonly string[];
  /** Of every shipment in the request, the excluded ones too: what is said of those is passed over. */
  shipmentIds: readonly Identifier[];
};

const anyTime: TimeSpan = { start: Number.NEGATIVE_INFINITY, end: Number.POSITIVE_INFINITY };
const highestPriority = 100;

/**
 * Gathers windows, locks and priorities by shipment. Several time windows of one shipment are alternatives, locks
 * narrow them. A shipment locked to a vehicle or a position gets the highest priority, so that no other takes its
 * place. Failures `invalid_input` name an unknown shipment or plate, or a window that ends before it starts.
 */
export function readConditions(
  options: PlanOptions,
  context: ConditionContext,
): (id: Identifier) => Conditions {
  const known = new Set(context.shipmentIds.map(keyOf));
  const windows = gather(options.timeWindows, "time_windows", known);
  const locks = gather(options.locks, "locks", known);
  const priorities = gather(options.priorities, "priorities", known);
  const terms = readShipmentTerms(options, context);
  const conditions = new Map<string, Conditions>();
  for (const key of new Set([...windows.keys(), ...locks.keys(), ...priorities.keys(), ...terms.keys()])) {
    const said: Said = {
      key,
      windows: windows.get(key) ?? [],
      locks: locks.get(key) ?? [],
      priorities: priorities.get(key) ?? [],
      terms: terms.get(key) ?? {},
    };
    conditions.set(key, combine(said, context));
  }
  return (id) =>
    conditions.get(keyOf(id)) ?? { vehicle: -1, position: 0, windows: [], priority: 0, conflict: "" };
}

/** All that was said of one shipment. */
type Said = {
  key: string;
  windows: readonly Entry<ShipmentWindow>[];
  locks: readonly Entry<ShipmentLock>[];
  priorities: readonly Entry<{ priority: number }>[];
  terms: ShipmentTerms;
};

function combine(
  { key, locks, terms, ...said }: Said,
  { clock, licensePlates }: ConditionContext,
): Conditions {
  const read = readWindows(said.windows, clock);
  const soft = terms.lateCostPerSecond === undefined ? undefined : soften(read, key);
  const times = narrow(soft?.windows ?? read, locks, clock);
  const place = readLocks(locks, licensePlates);
  const isPinned = place.vehicle >= 0 || place.position > 0;
  const isBarred = place.vehicle >= 0 && terms.vehicles?.includes(place.vehicle) === false;
  const barred = isBarred
    ? `is locked to ${licensePlates[place.vehicle]}, which shipment_rules keep it off`
    : "";
  return {
    ...terms,
    ...place,
    windows: soft && times.windows.length === 0 && times.conflict === "" ? [anyTime] : times.windows,
    priority: isPinned ? highestPriority : readPriority(said.priorities),
    conflict: place.conflict || times.conflict || barred,
    ...(soft && { freeUntil: soft.freeUntil }),
  };
}

type Entry<Value> = { value: Value; field: string };

function gather<Value extends { shipmentId: Identifier }>(
  values: readonly Value[],
  list: string,
  known: ReadonlySet<string>,
): Map<string, Entry<Value>[]> {
  const entries = values.map((value, index) => ({ value, field: `${list}[${index}]` }));
  for (const { value, field } of entries) {
    if (!known.has(keyOf(value.shipmentId))) {
      refuse(`${field}.shipment_id`, `is ${value.shipmentId}, which is none of the shipments.`);
    }
  }
  return Map.groupBy(entries, ({ value }) => keyOf(value.shipmentId));
}

function readWindows(entries: readonly Entry<ShipmentWindow>[], clock: PlanClock): TimeSpan[] {
  return uniteSpans(
    entries.map(({ value: { startAt, endAt }, field }) =>
      readSpan([startAt, endAt], [`${field}.start_at`, `${field}.end_at`], clock),
    ),
  );
}

/** A window whose end may be passed at a price has no end, and is free until then. */
function soften(windows: readonly TimeSpan[], key: string): { windows: TimeSpan[]; freeUntil: number } {
  const [only, second] = windows;
  if (!only || only.end === anyTime.end || second) {
    const which = second ? "several time windows" : "no time window with an end";
    refuse(
      "shipment_rules.late_yuan_per_hour",
      `is given for shipment ${key}, which has ${which}: it takes exactly one time_windows entry with end_at.`,
    );
  }
  return { windows: [{ start: only.start, end: anyTime.end }], freeUntil: only.end };
}

type Ends<Value> = readonly [Value, Value];

function readSpan(
  [from, to]: Ends<string | undefined>,
  [fromField, toField]: Ends<string>,
  clock: PlanClock,
): TimeSpan {
  const start = from === undefined ? anyTime.start : secondsUntil(clock, from, fromField);
  const end = to === undefined ? anyTime.end : secondsUntil(clock, to, toField);
  if (end < start) refuse(toField, `is before ${fromField}.`);
  return { start, end };
}

function narrow(windows: readonly TimeSpan[], locks: readonly Entry<ShipmentLock>[], clock: PlanClock) {
  let left = windows.length === 0 ? [anyTime] : [...windows];
  for (const { value, field } of locks) {
    const limit = readSpan(
      [value.notBefore, value.notAfter],
      [`${field}.not_before`, `${field}.not_after`],
      clock,
    );
    left = clipSpans(left, limit);
  }
  if (left.length === 0)
    return { windows: left, conflict: "has locks and time windows that share no moment" };
  const isAnyTime = left.some(({ start, end }) => start === anyTime.start && end === anyTime.end);
  return { windows: isAnyTime ? [] : left, conflict: "" };
}

function readLocks(locks: readonly Entry<ShipmentLock>[], licensePlates: readonly string[]) {
  const vehicles = new Set<number>();
  const positions = new Set<number>();
  for (const { value, field } of locks) {
    if (value.licensePlate !== undefined) vehicles.add(findVehicle(value.licensePlate, field, licensePlates));
    if (value.position !== undefined) positions.add(readPosition(value.position, field));
  }
  const [vehicle = -1, otherVehicle] = vehicles;
  const [position = 0, otherPosition] = positions;
  if (otherVehicle !== undefined) {
    const plates = `${licensePlates[vehicle]} and to ${licensePlates[otherVehicle]}`;
    return { vehicle, position, conflict: `is locked to ${plates} at once` };
  }
  if (otherPosition === undefined) return { vehicle, position, conflict: "" };
  return { vehicle, position, conflict: `is locked to positions ${position} and ${otherPosition} at once` };
}

function findVehicle(licensePlate: string, field: string, licensePlates: readonly string[]): number {
  const vehicle = licensePlates.indexOf(licensePlate);
  if (vehicle < 0)
    refuse(`${field}.license_plate`, `is ${licensePlate}, which is none of the plan's vehicles.`);
  return vehicle;
}

function readPosition(position: number, field: string): number {
  const isSequenceNumber = Number.isInteger(position) && position >= 1 && position < 2 ** 31;
  if (!isSequenceNumber) refuse(`${field}.position`, "is no sequence number: stops count from 1.");
  return position;
}

function readPriority(entries: readonly Entry<{ priority: number }>[]): number {
  for (const { value, field } of entries) {
    const isInRange =
      Number.isInteger(value.priority) && value.priority >= 0 && value.priority <= highestPriority;
    if (!isInRange) refuse(`${field}.priority`, "is no whole number from 0 to 100.");
  }
  return Math.max(0, ...entries.map(({ value }) => value.priority));
}

function refuse(field: string, fault: string): never {
  throw new Failure("invalid_input", `${field} ${fault}`, {
    hint: "Correct the field and call again; nothing was planned.",
    fields: [field],
  });
}
