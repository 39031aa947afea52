import { Failure, type VendorName } from "../../domain/failure.ts";
import type { Principal } from "../../domain/principal.ts";
import { parseInstant } from "../instant.ts";
import type { SettledBy } from "../schema.ts";
import type { Ledger, LedgerRow } from "./ledger.ts";
import { type RecordOptions, redactFailure } from "./redact-write.ts";

/** A call of a tool that writes at a vendor. */
export type WriteRequest = {
  tool: string;
  vendor: VendorName;
  /** The caller's own name for the write, unique within the tool. */
  requestId?: string | undefined;
  /** What decides what is written (JSON), without `request_id` and `confirmation`. */
  arguments: unknown;
  /** What the vendor knows the written thing by, such as an external job identifier. */
  naturalKey?: string | undefined;
  /** Who asked for it; the call's, put in by the one place that all tools' calls pass. */
  principal?: Principal | undefined;
  signal?: AbortSignal | undefined;
};

/** The write that a step is about; the same `writeId` however often it is sent. */
export type WriteAttempt = {
  writeId: string;
  /** From 1. */
  attempt: number;
  /** Of tool and arguments, hex: the same content gives the same one. */
  fingerprint: string;
  /** ISO 8601, of the first attempt. */
  firstStartedAt: string;
  /** Since the first attempt, unmoved by clocks that jump; Infinity when it can't be told. */
  ageMilliseconds: number;
};

/** What a vendor tells of an earlier attempt. `isFinal`: what is not found now was not, and will not be, written. */
export type LookUp<Outcome> = { found: true; outcome: Outcome } | { found: false; isFinal: boolean };

/** How one tool writes at its vendor. Outcomes are JSON. */
export type WriteSteps<Outcome> = {
  /** Sends the write, once. */
  send: (write: WriteAttempt) => Promise<Outcome>;
  /** Asks the vendor whether the write took effect; `otherOutcomes` belong to other writes of the same content. */
  lookUp?: (write: WriteAttempt & { otherOutcomes: Outcome[] }) => Promise<LookUp<Outcome>>;
  /** Whether the vendor takes the same write again for the first one, as within the time of an idempotency key. */
  resendIsSafe?: (write: WriteAttempt) => boolean;
  /** One sentence: which read settles whether the write took effect. */
  settleHint: string;
  /** How long after a lost answer the vendor may still carry the request out; 5 seconds when left out. */
  landsWithinMilliseconds?: number;
};

/** The outcome, and whether it is that of an earlier call, so that this one sent nothing. */
export type WriteResult<Outcome> = { outcome: Outcome; repeated: boolean };

/** How long calls wait for one another and for the vendor. */
export type WriteWaits = {
  /** For another process that is sending the same write. */
  ownerMilliseconds: number;
  /** For a lost request to land, where the steps don't say. */
  landingMilliseconds: number;
};

/** One call on its way through the ledger. */
export type Run<Outcome> = {
  ledger: Ledger;
  request: WriteRequest;
  steps: WriteSteps<Outcome>;
  waits: WriteWaits;
  recording: RecordOptions;
};

/** The write as its steps see it. */
export function attemptOf(row: LedgerRow, ledger: Ledger): WriteAttempt {
  return {
    writeId: row.writeId,
    attempt: row.attempt,
    fingerprint: row.fingerprint,
    firstStartedAt: parseInstant(row.firstStarted).at,
    ageMilliseconds: ledger.since(row.firstStarted) ?? Number.POSITIVE_INFINITY,
  };
}

/** Records that a write did nothing, with as much of the failure as the record may have. */
export function refuse<Outcome>(
  { ledger, request, recording }: Run<Outcome>,
  row: LedgerRow,
  { failure, settledBy }: { failure: Failure; settledBy: SettledBy },
): Promise<LedgerRow> {
  return ledger.refuse(row, redactFailure(failure, request.arguments, recording), settledBy);
}

/** The failure of a write of which nobody can say whether it took effect. */
export function outcomeUnknown<Outcome>({ request, steps }: Run<Outcome>, cause?: unknown): Failure {
  const message = `Whether ${request.tool} took effect at ${request.vendor} is not known.`;
  return new Failure("outcome_unknown", message, { hint: steps.settleHint, vendor: request.vendor }, cause);
}
