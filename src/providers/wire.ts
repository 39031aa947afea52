import { z } from "zod";

/** An identifier; integers beyond 2^53 arrive as strings. */
export const identifier = z.union([z.int(), z.string().min(1)]);

/** A plain decimal as text; a JSON number arrives as text too where its key is one of the exact ones. */
export const decimalText = z.string().regex(/^[+-]?\d{1,30}(\.\d{1,12})?$/);

/** A number that some serialisers write as decimal text. */
export const looseNumber = z.union([z.number(), decimalText.transform(Number)]);
