import * as z from "zod";

/** The number an account is known by (takeout.txt, 2): digits, so that one phone is one account. */
export const accountPhone = z
  .string()
  .regex(/^\+?\d{5,15}$/, { error: "takes a phone number as digits, such as 13800138000" })
  .describe("Digits alone, e.g. 13800138000");
