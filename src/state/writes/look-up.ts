import type { LedgerRow } from "./ledger.ts";
import { growingPauses, type PauseRange, stopIfCancelled } from "./waiting.ts";
import { attemptOf, type Run } from "./write-steps.ts";

/**
 * What a vendor could tell of a write: its outcome, that there is none and will be none, or nothing for sure.
 * `cause` is there when the vendor could not even be asked.
 */
export type Verdict<Outcome> =
  | { kind: "found"; outcome: Outcome }
  | { kind: "absent" }
  | { kind: "untold"; cause?: unknown };

/** Milliseconds; far enough apart for vendors that count their requests. */
const pausesBetweenLooks: PauseRange = { shortest: 200, longest: 1_000 };

/**
 * Looks an unknown write up until it is found or could no longer arrive: a request whose answer was lost may be
 * carried out after a first look that does not find it. Where sending again is safe there is nothing to wait for.
 */
export async function lookUpUntilTold<Outcome>(run: Run<Outcome>, row: LedgerRow): Promise<Verdict<Outcome>> {
  const pauses = growingPauses(pausesBetweenLooks, run.request.signal);
  let waited = 0;
  for (;;) {
    const verdict = await lookUpOnce(run, row);
    if (verdict.kind === "found" || (verdict.kind === "untold" && verdict.cause !== undefined))
      return verdict;
    if (hasLanded(run, row, waited) || run.steps.lookUp === undefined) return verdict;
    if (isSafeToResend(run, row)) return { kind: "untold" };
    waited = await pauses.next();
  }
}

/**
 * One look, whether or not the write could still arrive afterwards. What is found is this write's only when no other
 * one that looks alike is open: where one has ended during the look, a second look leaves its outcome out.
 */
export async function lookUpOnce<Outcome>(run: Run<Outcome>, row: LedgerRow): Promise<Verdict<Outcome>> {
  const { ledger, steps, request } = run;
  if (!steps.lookUp) return { kind: "untold" };
  stopIfCancelled(request.signal);
  const others = await ledger.otherOutcomes(row);
  const otherOutcomes = others.map((text): Outcome => JSON.parse(text));
  try {
    const told = await steps.lookUp({ ...attemptOf(row, ledger), otherOutcomes });
    if (!told.found) return { kind: told.isFinal ? "absent" : "untold" };
    if (await ledger.hasUnsettledTwin(row)) return { kind: "untold" };
    if ((await ledger.otherOutcomes(row)).length !== others.length) return lookUpOnce(run, row);
    return { kind: "found", outcome: told.outcome };
  } catch (cause) {
    stopIfCancelled(request.signal);
    return { kind: "untold", cause };
  }
}

/** Whether the vendor would take the write, sent again, for the one that it may have already. */
export function isSafeToResend<Outcome>({ ledger, steps }: Run<Outcome>, row: LedgerRow): boolean {
  return steps.resendIsSafe?.(attemptOf(row, ledger)) ?? false;
}

function hasLanded<Outcome>({ ledger, steps, waits }: Run<Outcome>, row: LedgerRow, waited: number): boolean {
  if (row.mayStillLand === 0) return true;
  const landing = steps.landsWithinMilliseconds ?? waits.landingMilliseconds;
  const sinceLost = row.lost === null ? 0 : (ledger.since(row.lost) ?? 0);
  return Math.max(waited, sinceLost) >= landing;
}
