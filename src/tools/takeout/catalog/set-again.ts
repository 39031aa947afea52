import * as z from "zod";
import { canonicalJson } from "../../../state/fingerprint.ts";

/**
 * How long after its first attempt a write that sets plain values may be sent again. The values are the same, so a
 * second time changes nothing, unless somebody has changed them in between: the later, the likelier.
 */
export const setAgainMilliseconds = 10 * 60 * 1000;

/** Ends a sentence on a change: a repeat leaves it at what others have made of it since. */
export function setAgainNote(repeated: boolean): string {
  return repeated ? " (repeated: nothing was sent now; a new request_id sets it again)" : "";
}

const keptChange = z.object({ fields: z.record(z.string(), z.unknown()) });

/** Whether an earlier change, by its recorded arguments, set one of these fields to another value or was this very one. */
export function setsOtherwise(earlier: unknown, fields: Record<string, unknown>): boolean {
  const kept = keptChange.safeParse(earlier).data?.fields;
  if (!kept) return false;
  const differs = ([name, value]: [string, unknown]) =>
    name in kept && canonicalJson(kept[name]) !== canonicalJson(value);
  return Object.entries(fields).some(differs) || canonicalJson(kept) === canonicalJson(fields);
}
