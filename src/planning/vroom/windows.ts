import { elements, type Field, refuse, refusePath, wholeNumber } from "./fields.ts";

/** Start and end in seconds, both inclusive (API.md, Time windows). */
export type VroomWindow = readonly [start: number, end: number];

/** One [start, end] in seconds, in order. */
export function readWindow(field: Field): VroomWindow {
  const [start, end, ...others] = elements(field, "[start, end] in seconds");
  if (!start || !end || others.length > 0) return refuse(field, "[start, end] in seconds");
  const window = [wholeNumber(start), wholeNumber(end)] as const;
  if (window[0] > window[1])
    refusePath(field.path, `takes a start before its end, not ${window.join(" to ")}`);
  return window;
}

/** The windows of a job, ascending; one at least, and no two that touch. */
export function readWindows(field: Field): VroomWindow[] {
  const fields = elements(field, "an array of [start, end]");
  if (fields.length === 0) refuse(field, "one [start, end] at least");
  const windows = fields.map(readWindow).sort(([a], [b]) => a - b);
  const overlap = windows.find(([start], index) => start <= (windows[index - 1]?.[1] ?? -1));
  if (!overlap) return windows;
  return refusePath(
    field.path,
    `takes windows that do not overlap, but two of them hold second ${overlap[0]}`,
  );
}
