import { cancelled, Failure, type FailureCode } from "../../domain/failure.ts";
import type { SettledBy } from "../schema.ts";
import type { LedgerRow } from "./ledger.ts";
import { lookUpUntilTold } from "./look-up.ts";
import { attemptOf, outcomeUnknown, type Run, refuse } from "./write-steps.ts";

/** The codes that say for sure that the vendor did nothing. */
const refusals: ReadonlySet<FailureCode> = new Set([
  "invalid_input",
  "not_configured",
  "unauthorized",
  "forbidden",
  "not_found",
  "conflict",
  "rejected",
  "rate_limited",
]);

function isRefusal(error: unknown): error is Failure {
  return error instanceof Failure && (refusals.has(error.code) || error.details.isUnsent === true);
}

/** Statuses with which a gateway answers for a vendor that may still be at work (RFC 9110, 15.6.3 and 15.6.5). */
const gatewayStatuses: ReadonlySet<number> = new Set([502, 504]);

/**
 * Sends a write that the ledger has as this process's to send, and records how it ended. An answer that was lost is
 * looked up before the call fails, so that most often it is the outcome after all.
 */
export async function sendAndRecord<Outcome>(run: Run<Outcome>, row: LedgerRow): Promise<Outcome> {
  if (run.request.signal?.aborted) {
    const failure = cancelled();
    if (row.attempt === 1) await refuse(run, row, { failure, settledBy: "answer" });
    else await run.ledger.lose(row, false);
    throw failure;
  }
  let outcome: Outcome;
  try {
    outcome = await run.steps.send(attemptOf(row, run.ledger));
  } catch (error) {
    return afterFailure(run, row, error);
  }
  return recordOutcome(run, row, { outcome, settledBy: "answer" });
}

/** Keeps an outcome. Of two that are found at once the first kept is everyone's. */
export async function recordOutcome<Outcome>(
  { ledger }: Run<Outcome>,
  row: LedgerRow,
  { outcome, settledBy }: { outcome: Outcome; settledBy: SettledBy },
): Promise<Outcome> {
  const text = JSON.stringify(outcome ?? null);
  try {
    return outcomeOf(await ledger.settle(row, text, settledBy)) ?? outcome;
  } catch {
    // The write took effect, which is what the caller must hear. The row stays open and is looked up next time.
    return outcome;
  }
}

/** The outcome that a row keeps; undefined while there is none. */
export function outcomeOf<Outcome>(row: LedgerRow): Outcome | undefined {
  return row.state === "done" && row.outcome !== null ? JSON.parse(row.outcome) : undefined;
}

async function afterFailure<Outcome>(run: Run<Outcome>, row: LedgerRow, error: unknown): Promise<Outcome> {
  const refusal = isRefusal(error) ? error : undefined;
  if (refusal && row.attempt === 1) {
    await refuse(run, row, { failure: refusal, settledBy: "answer" });
    throw refusal;
  }
  const lost = await run.ledger.lose(row, !isRequestOver(error)).catch((cause: unknown) => {
    throw outcomeUnknown(run, cause);
  });
  const told = outcomeOf<Outcome>(lost);
  if (told !== undefined) return told;
  if (run.request.signal?.aborted) throw cancelled();
  const verdict = await lookUpUntilTold(run, lost);
  if (verdict.kind === "found") {
    return recordOutcome(run, lost, { outcome: verdict.outcome, settledBy: "lookUp" });
  }
  if (verdict.kind !== "absent") throw outcomeUnknown(run, error);
  // A refused repetition says nothing of the first attempt; the look-up just did.
  if (refusal) await refuse(run, lost, { failure: refusal, settledBy: "answer" });
  throw isVague(error) ? outcomeUnknown(run, error) : error;
}

/** Whether the vendor has answered, however badly, so that nothing is under way any more. */
function isRequestOver(error: unknown): boolean {
  if (!(error instanceof Failure)) return false;
  const { httpStatus } = error.details;
  return refusals.has(error.code) || (httpStatus !== undefined && !gatewayStatuses.has(httpStatus));
}

/** Whether an error leaves the caller with less than was found out since. */
function isVague(error: unknown): boolean {
  return error instanceof Failure && (error.code === "bad_response" || error.code === "outcome_unknown");
}
