import {
  asObject,
  elements,
  type Field,
  identifier,
  member,
  type ObjectField,
  optional,
  refusePath,
  refuseTwice,
  text,
  wholeNumber,
  wholeNumbers,
} from "./fields.ts";
import { readWindows, type VroomWindow } from "./windows.ts";

/** A break that a vehicle takes once when it is used (API.md, Vehicles), defaults filled in. */
export type VroomBreak = {
  id: number;
  description: string | undefined;
  /** When it may begin, ascending; none = any time. */
  windows: readonly VroomWindow[];
  serviceSeconds: number;
  /** The most that may be on board meanwhile; undefined for any load. */
  maxLoad: readonly number[] | undefined;
};

/** The breaks of a vehicle in the order of their first windows, in which VROOM has them taken. */
export function readBreaks(field: Field, dimensions: number): VroomBreak[] {
  const fields = elements(field, "an array of breaks");
  const breaks = fields.map((each) => readBreak(asObject(each), dimensions));
  refuseTwice(field, breaks);
  return breaks.toSorted((a, b) => compareWindows(firstWindow(a), firstWindow(b)));
}

function readBreak(own: ObjectField, dimensions: number): VroomBreak {
  return {
    id: identifier(member(own, "id")),
    description: optional(member(own, "description"), text, undefined),
    windows: optional(member(own, "time_windows"), readWindows, []),
    serviceSeconds: optional(member(own, "service"), (field) => wholeNumber(field), 0),
    maxLoad: optional(member(own, "max_load"), (field) => readLoad(field, dimensions), undefined),
  };
}

function readLoad(field: Field, dimensions: number): number[] {
  const load = wholeNumbers(field);
  if (load.length === dimensions) return load;
  return refusePath(
    field.path,
    `takes ${dimensions} numbers like the vehicle's capacity, not ${load.length}`,
  );
}

const anyTime: VroomWindow = [0, Number.POSITIVE_INFINITY];

function firstWindow({ windows }: VroomBreak): VroomWindow {
  return windows[0] ?? anyTime;
}

function compareWindows(a: VroomWindow, b: VroomWindow): number {
  if (a[0] !== b[0]) return a[0] - b[0];
  if (a[1] === b[1]) return 0;
  return a[1] < b[1] ? -1 : 1;
}
