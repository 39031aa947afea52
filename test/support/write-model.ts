/** One intended write, as the contract speaks of it; `order` is the vendor's number once it took effect. */
type IntendedWrite = {
  content: string;
  requestId: string | null;
  order: number | null;
  knownAt: number | null;
};

/** What happens to one call at the vendor. */
export type Fate = "answered" | "lost after" | "lost before" | "refused" | "killed after" | "killed before";

/** One call, the vendor's fate for it should it be sent, and whether look-ups work meanwhile. */
export type ModelCall = { content: string; requestId: string | null; fate: Fate; isLookUpDown: boolean };

/** What a call must come to. `orders` counts the orders that it makes at the vendor. */
export type Expected =
  | { kind: "outcome"; order: number; repeated: boolean }
  | { kind: "failure"; code: string }
  | { kind: "killed" };

const repeatMinutes = 10;

/**
 * The contract's "Writes" for calls one after the other, in the plainest words: no ledger, no states, and the vendor's
 * truth at hand.
 */
export function createWriteModel(nextOrder: () => number): {
  call: (call: ModelCall, nowMinutes: number) => Expected;
} {
  let writes: IntendedWrite[] = [];
  const forget = (write: IntendedWrite) => {
    writes = writes.filter((other) => other !== write);
  };

  function find({ content, requestId }: ModelCall, now: number): IntendedWrite | undefined {
    if (requestId !== null) return writes.find((write) => write.requestId === requestId);
    const same = writes.filter((write) => write.content === content);
    const unknown = same.find(({ knownAt }) => knownAt === null);
    return unknown ?? same.findLast(({ knownAt }) => now - (knownAt ?? now) < repeatMinutes);
  }

  /** Another unknown write of the same content is settled first; true when that can't be done. */
  function isStoppedByTwin({ content, isLookUpDown }: ModelCall, now: number): boolean {
    for (const twin of writes.filter((write) => write.content === content && write.knownAt === null)) {
      if (isLookUpDown) return true;
      if (twin.order === null) forget(twin);
      else twin.knownAt = now;
    }
    return false;
  }

  function send(write: IntendedWrite, { fate, isLookUpDown }: ModelCall, now: number): Expected {
    if (fate !== "refused" && !fate.endsWith("before")) write.order = nextOrder();
    if (fate.startsWith("killed")) return { kind: "killed" };
    if (fate === "answered" || (fate === "lost after" && !isLookUpDown)) {
      write.knownAt = now;
      return { kind: "outcome", order: write.order ?? 0, repeated: false };
    }
    if (isLookUpDown && fate !== "refused") return { kind: "failure", code: "outcome_unknown" };
    return { kind: "failure", code: fate === "refused" ? "rejected" : "unavailable" };
  }

  return {
    call: (call, now) => {
      const found = find(call, now);
      if (found && found.content !== call.content) return { kind: "failure", code: "conflict" };
      if (found && found.knownAt !== null)
        return { kind: "outcome", order: found.order ?? 0, repeated: true };
      if (found && call.isLookUpDown) return { kind: "failure", code: "outcome_unknown" };
      if (found && found.order !== null) {
        found.knownAt = now;
        return { kind: "outcome", order: found.order, repeated: true };
      }
      if (!found && call.requestId !== null && isStoppedByTwin(call, now)) {
        return { kind: "failure", code: "outcome_unknown" };
      }
      const write = found ?? { content: call.content, requestId: call.requestId, order: null, knownAt: null };
      if (!found) writes.push(write);
      const expected = send(write, call, now);
      if (call.fate === "refused") forget(write);
      return expected;
    },
  };
}
