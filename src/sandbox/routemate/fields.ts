import { isRecord } from "../message.ts";

/** Reads the fields of one object and notes what is wrong with them; a wrong value reads as if it was left out. */
export type FieldReader = {
  /** Empty when missing, which is noted. */
  requiredText: (name: string, format?: TextFormat) => string;
  text: (name: string, format?: TextFormat) => string | null;
  number: (name: string, range?: NumberRange) => number | null;
  object: (name: string) => Record<string, unknown> | null;
};

/** What a text must look like, in the words of the message that is sent when it does not. */
export type TextFormat = { fits: (text: string) => boolean; mustBe: string };

export type NumberRange = { from: number; to: number };

/** A reader of `record`; messages name its fields below `path`: "stops[0].address is required". */
export function readFields(record: Record<string, unknown>, path: string, messages: string[]): FieldReader {
  const note = (name: string, problem: string) => {
    messages.push(`${path}${name} ${problem}`);
    return null;
  };
  const text = (name: string, format?: TextFormat) => {
    const value = record[name] ?? null;
    if (value === null) return null;
    if (typeof value !== "string") return note(name, "must be a string");
    return format && !format.fits(value) ? note(name, `must be ${format.mustBe}`) : value;
  };
  return {
    text,
    requiredText: (name, format) => {
      const value = record[name] ?? "";
      if (value === "" || (typeof value === "string" && value.trim() === "")) note(name, "is required");
      else return text(name, format) ?? "";
      return "";
    },
    number: (name, range) => {
      const value = record[name] ?? null;
      if (value === null) return null;
      if (typeof value !== "number") return note(name, "must be a number");
      if (!range || (value >= range.from && value <= range.to)) return value;
      return note(name, `must be between ${range.from} and ${range.to}`);
    },
    object: (name) => {
      const value = record[name] ?? null;
      return value === null || isRecord(value) ? value : note(name, "must be an object");
    },
  };
}

/** YYYY-MM-DD, a day that exists. */
export const isoDate: TextFormat = {
  mustBe: "an ISO date (YYYY-MM-DD)",
  fits: (text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && isRealDay(text),
};

/** ISO 8601 with a time, with or without offset. */
export const isoDateTime: TextFormat = {
  mustBe: "an ISO 8601 datetime",
  fits: (text) =>
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/.test(text) &&
    isRealDay(text.slice(0, 10)) &&
    !Number.isNaN(Date.parse(text)),
};

/** A name of the IANA time zone database; bare offsets are none. */
export const timeZone: TextFormat = {
  mustBe: "an IANA time zone",
  fits: (text) => {
    if (!/^[A-Za-z]/.test(text)) return false;
    try {
      new Intl.DateTimeFormat("en", { timeZone: text });
      return true;
    } catch {
      return false;
    }
  },
};

export const emailAddress: TextFormat = {
  mustBe: "a valid email address",
  fits: (text) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text),
};

function isRealDay(date: string): boolean {
  const day = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(date);
}
