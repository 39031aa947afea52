import { z } from "zod";
import { parseMoment } from "../domain/instant.ts";

/** The last millisecond of the year 9999: later ones have no ISO 8601 text of four digits. */
const latestMilliseconds = 253_402_300_799_999;

/** An identifier in what a vendor pushes: it goes into logs and answers, so it holds no control characters. */
export const toldIdentifier = z
  .union([z.string(), z.number().transform(String)])
  .refine((text) => /^\P{Cc}{1,200}$/u.test(text) && text.isWellFormed());

/** Whether a vendor's milliseconds since 1970 can be an event's time. */
export function isToldTime(milliseconds: number): boolean {
  return milliseconds <= latestMilliseconds;
}

/** A vendor's point in time in what it pushes, on a day that there is. */
export const toldMoment = z
  .string()
  .max(40)
  .refine((text) => isToldTime(parseMoment(text) ?? Number.POSITIVE_INFINITY));
