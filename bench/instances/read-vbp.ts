import { z } from "zod";

/** A packing instance: items to be put into vehicles, nothing to be driven. */
export type PackingInstance = {
  types: { cap: number[]; cost: number; count: number }[];
  /** What each item takes of each capacity. */
  items: number[][];
  /** Cost of a packing that the instance was made from; null where none is known. */
  plantedCost: number | null;
};

const amounts = z.array(z.int().nonnegative());
const vbpSchema = z.object({
  types: z.array(z.object({ cap: amounts, cost: z.int().nonnegative(), count: z.int().nonnegative() })),
  items: z.array(amounts),
  plantedCost: z.number().nullish(),
});

/** Our own format of vector packing with several vehicle types. */
export function readVbp(text: string): PackingInstance {
  const { types, items, plantedCost = null } = vbpSchema.parse(JSON.parse(text));
  return { types, items, plantedCost };
}
