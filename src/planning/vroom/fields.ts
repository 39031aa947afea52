import { Failure } from "../../domain/failure.ts";

/** A JSON value and where it stands in its document, such as `jobs[3].delivery[1]`. */
export type Field = { readonly value: unknown; readonly path: string };

/** A field that is known to hold an object. */
export type ObjectField = { readonly value: Readonly<Record<string, unknown>>; readonly path: string };

/** The largest number that VROOM reads into an amount, a time or a cost. */
const largestUint32 = 2 ** 32 - 1;

/** Ends the reading because a field holds the wrong thing; the message names it and what it takes. */
export function refuse({ path, value }: Field, takes: string): never {
  const found = value === undefined ? "but it is missing" : `not ${preview(value)}`;
  return refusePath(path, `takes ${takes}, ${found}`);
}

/** Ends the reading because of a field that does not fit the rest of the document. */
export function refusePath(path: string, fault: string): never {
  throw new Failure("invalid_input", `${path === "" ? "the problem" : path} ${fault}.`, {
    hint: "The format is that of VROOM's API document.",
    fields: [path],
  });
}

/** The object that a field must hold. */
export function asObject(field: Field): ObjectField {
  return isObject(field.value) ? { value: field.value, path: field.path } : refuse(field, "an object");
}

/** A field of an object; its value is undefined when it is absent. */
export function member(parent: ObjectField, name: string): Field {
  const isPlain = /^[\w-]+$/.test(name);
  const step = isPlain ? `.${name}` : `[${JSON.stringify(name)}]`;
  return { value: parent.value[name], path: parent.path === "" ? name : parent.path + step };
}

/** True when the document has the field at all. */
export function isPresent(field: Field): boolean {
  return field.value !== undefined;
}

/** The elements of an array with their paths. */
export function elements(field: Field, takes = "an array"): Field[] {
  if (!Array.isArray(field.value)) return refuse(field, takes);
  return field.value.map((value: unknown, index) => ({ value, path: `${field.path}[${index}]` }));
}

/** A whole number from 0 to `largest`. */
export function wholeNumber(field: Field, largest = largestUint32): number {
  const { value } = field;
  const isWhole = typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= largest;
  return isWhole ? value : refuse(field, `a whole number from 0 to ${largest}`);
}

/** An identifier. JSON numbers beyond 2^53 lose digits when they are read, so they are refused. */
export function identifier(field: Field): number {
  return wholeNumber(field, Number.MAX_SAFE_INTEGER);
}

/** Refuses an identifier that an element of an array shares with an earlier one. */
export function refuseTwice(array: Field, items: readonly { id: number }[]): void {
  const seen = new Map<number, number>();
  items.forEach(({ id }, index) => {
    const first = seen.get(id);
    if (first !== undefined) {
      refusePath(`${array.path}[${index}].id`, `is ${id}, which ${array.path}[${first}] has already`);
    }
    seen.set(id, index);
  });
}

/** A piece of text. */
export function text(field: Field): string {
  return typeof field.value === "string" ? field.value : refuse(field, "a text");
}

/** Whole numbers in an array, each up to 2^32 - 1. */
export function wholeNumbers(field: Field): number[] {
  return elements(field, "an array of whole numbers").map((element) => wholeNumber(element));
}

/** What `read` makes of the field, or `fallback` where the document leaves it out. */
export function optional<Value, Fallback>(
  field: Field,
  read: (field: Field) => Value,
  fallback: Fallback,
): Value | Fallback {
  return isPresent(field) ? read(field) : fallback;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function preview(value: unknown): string {
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (isObject(value)) return "an object";
  const shown = JSON.stringify(value);
  return shown.length > 40 ? `${shown.slice(0, 37)}...` : shown;
}
