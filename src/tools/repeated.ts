import * as z from "zod";

/** In the answer of every write. */
export const repeatedAnswer = {
  repeated: z.boolean().optional().describe("True: this call sent nothing, the answer is the first call's"),
};

/** Ends a sentence on a write. */
export function repeatedNote(repeated: boolean): string {
  return repeated ? " (repeated: nothing was sent now)" : "";
}
