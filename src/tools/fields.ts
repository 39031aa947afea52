import * as z from "zod";
import { isDay, isInstant } from "../domain/instant.ts";

/** Text without control characters, so that it can stand in a path, a header or a picture. */
export function plainText(maximumLength: number) {
  return z
    .string()
    .min(1)
    .max(maximumLength)
    .refine((value) => value.isWellFormed() && !/\p{Cc}/u.test(value), {
      error: "takes text without control characters",
    });
}

/** An identifier as a vendor gives it. */
export const identifier = z.union([z.number().int(), plainText(200)]);

/** The same in an answer: whatever the vendor gave. */
export const anyIdentifier = z.union([z.number(), z.string()]);

export const licensePlate = plainText(32).describe("License plate as list_vehicles gives it, e.g. 粤A12345");

export const merchantId = z
  .union([z.number().int().min(0), z.string().regex(/^\d{1,18}$/, { error: "takes a whole number" })])
  .transform(String)
  .describe("Merchant of the ERP; the configured default when left out");

export const latitude = z.number().min(-90).max(90);
export const longitude = z.number().min(-180).max(180);

/** A point in time that says its offset, so that nobody has to guess a zone. */
export const instant = z
  .string()
  .max(40)
  .refine((value) => isInstant(value) && isOfThisCentury(value), {
    error: "takes ISO 8601 with an offset, such as 2026-11-23T08:00:00+08:00",
  })
  .meta({ format: "date-time" });

/** An exact decimal: text keeps every digit, a number is taken as it is written. */
export const decimal = z
  .union([z.number(), z.string().max(40)])
  .transform(String)
  .refine((value) => /^\d{1,15}(\.\d{1,6})?$/.test(value), {
    error: "takes a decimal that is not negative, with at most 6 places, such as 50.00",
  });

/** Money in yuan: exact, at most two places, always told as with two, so that 1 and "1.00" are one amount. */
export const yuan = z
  .union([z.number(), z.string().max(20)])
  .transform(String)
  .refine((value) => /^\d{1,12}(\.\d{1,2})?$/.test(value), {
    error: "takes yuan that are not negative, with at most 2 places, such as 38.00",
  })
  .transform((value) => {
    const [whole = "", cents = ""] = value.split(".");
    return `${whole.replace(/^0+(?=\d)/, "")}.${cents.padEnd(2, "0")}`;
  });

/** An identifier that a vendor gives as text. */
export const textIdentifier = plainText(200).refine((value) => value.trim() === value, {
  error: "takes an identifier without spaces around it",
});

/** A day such as 2026-11-23, one that its month has. */
export const day = z.string().refine((value) => isDay(value) && isOfThisCentury(value), {
  error: "takes a day such as 2026-11-23",
});

/** Deliveries of other centuries are slips of the pen. */
function isOfThisCentury(value: string): boolean {
  return value.startsWith("20");
}

export const planId = z
  .string()
  .regex(/^[a-z0-9-]{1,64}$/, { error: "takes a plan's identifier as plan_load and list_plans give it" })
  .describe("Plan as plan_load and list_plans give it");

export const revision = z
  .number()
  .int()
  .min(1)
  .max(1_000_000)
  .describe("Revision of the plan; the newest when left out");

/** A whole number that a caller may have written as text: "3" is 3. */
export function numberOrText<Schema extends z.ZodType<number>>(schema: Schema) {
  return z.preprocess(
    (value) => (typeof value === "string" && /^\d{1,9}$/.test(value.trim()) ? Number(value) : value),
    schema,
  );
}

/** The caller's own name for a write, which makes a repeat of it safe at any time. */
export const requestId = plainText(128).describe(
  "Your own name for this write: the same one again never writes twice, a new one writes a second time on purpose",
);

/** More entries than any answer holds; who asks for more gets these and a cursor. */
const mostEntries = 100;

/** The two arguments of every list. */
export const page = {
  limit: z
    .number()
    .int()
    .min(1)
    .max(10_000)
    .transform((limit) => Math.min(limit, mostEntries))
    .optional()
    .describe("At most this many entries; a long answer is cut before and goes on with next_cursor"),
  cursor: z.string().min(1).max(500).optional().describe("next_cursor of the page before"),
};

/** The two fields of every list's answer. */
export const pageAnswer = {
  next_cursor: z.string().optional().describe("Pass as cursor to get the rest; absent on the last page"),
  total: z.number().int().optional(),
};
