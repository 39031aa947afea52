/**
 * How long after its first attempt a write that sets plain values may be sent again. The values are the same, so a
 * second time changes nothing, unless somebody has changed them in between: the later, the likelier.
 */
export const setAgainMilliseconds = 10 * 60 * 1000;

/** Ends a sentence on a change: a repeat leaves it at what others have made of it since. */
export function setAgainNote(repeated: boolean): string {
  return repeated ? " (repeated: nothing was sent now; a new request_id sets it again)" : "";
}
