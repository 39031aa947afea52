import * as z from "zod";
import { isOrderSn, type Numbered } from "../../domain/robot.ts";
import { anyIdentifier, textIdentifier } from "../fields.ts";

export const storeId = textIdentifier.describe("Hotel; the configured one when left out");

/** An order number: text with all its digits, or a number that is still exact. */
export const orderSn = z
  .union([z.int(), z.string().max(19)])
  .transform(String)
  .refine(isOrderSn, {
    error: "takes an order number as text, with all its digits",
  })
  .describe("As text, with all its digits");

/** A name for a person or a phone number, as the vendor takes them: free text of one line. */
export const lineOfText = (maximumLength: number) =>
  z
    .string()
    .max(maximumLength)
    .refine((value) => value.trim() !== "" && value.isWellFormed() && !/\p{Cc}/u.test(value), {
      error: "takes text of one line that is not empty",
    });

/** A value that the vendor numbers: its number, our name for it and the vendor's words, null where it lists none. */
export const numberedAnswer = z.object({
  code: anyIdentifier,
  name: z.string().nullable(),
  text: z.string().nullable(),
});

/** How a numbered value reads in a line of text. */
export function nameOfCode({ code, name }: Numbered<string>): string {
  return name ?? `state ${String(code).slice(0, 20)}`;
}
