import { Failure } from "../../domain/failure.ts";
import { canonicalJson, fingerprintOf } from "../fingerprint.ts";
import { failureOf } from "./kept-failure.ts";
import type { Claim, LedgerRow, WriteIntent } from "./ledger.ts";
import { isSafeToResend, lookUpOnce, lookUpUntilTold } from "./look-up.ts";
import { redactValue } from "./redact-write.ts";
import { outcomeOf, recordOutcome, sendAndRecord } from "./send.ts";
import { growingPauses, isCancelled, type PauseRange, stopIfCancelled, untilCancelled } from "./waiting.ts";
import {
  outcomeUnknown,
  type Run,
  refuse,
  type WriteRequest,
  type WriteResult,
  type WriteSteps,
} from "./write-steps.ts";

/**
 * Writes at a vendor once, whatever happens.
 *
 * The intent is on the disk before anything is sent, the outcome after. A call that repeats another gets that one's
 * outcome and sends nothing: it joins it within the process, waits for it across processes, and looks it up at the
 * vendor where its sender is gone. Nothing is sent again before a look-up has told that nothing is there, or where
 * the vendor itself takes both for one.
 *
 * Fails with what the vendor refused; with `conflict` for a request identifier that was used with other arguments;
 * with `outcome_unknown` where nobody can tell.
 */
export type Once = <Outcome>(
  request: WriteRequest,
  steps: WriteSteps<Outcome>,
) => Promise<WriteResult<Outcome>>;

type Options = Pick<Run<unknown>, "ledger" | "waits" | "recording"> & { randomId: () => string };

/** Milliseconds between two looks into the ledger while another process sends. */
const pausesBetweenReads: PauseRange = { shortest: 20, longest: 200 };

/** What this process is doing about writes, by their identifiers. */
type Running = Map<string, Promise<unknown>>;

/** The `once` of a store, and a wait for the writes that are under way. */
export function createOnce({ randomId, ...parts }: Options): { once: Once; idle: () => Promise<void> } {
  const running: Running = new Map();
  return {
    once: async (request, steps) => {
      const run = { ...parts, request, steps };
      const intent = intentOf(run);
      const passed = new Set<string>();
      for (;;) {
        stopIfCancelled(request.signal);
        const writeId = randomId();
        const begun = await track(running, writeId, () => begin(run, intent, { writeId, skip: passed }));
        if (begun.kind === "sent") return begun.result;
        const result = begun.kind === "same" ? await follow(run, begun.row, running) : undefined;
        if (result) return result;
        if (begun.kind === "twin" && !(await settleTwin(run, begun.row, running)))
          passed.add(begun.row.writeId);
      }
    },
    idle: async () => {
      await Promise.allSettled(running.values());
    },
  };
}

function intentOf<Outcome>({ request, recording }: Run<Outcome>): WriteIntent {
  const { tool, vendor, requestId, naturalKey, principal, arguments: given } = request;
  return {
    tool,
    vendor,
    requestId: requestId ?? null,
    fingerprint: fingerprintOf(tool, given),
    naturalKey: naturalKey ?? null,
    arguments: canonicalJson(redactValue(given, recording)),
    personal: recording.recordsPersonal ? "all" : "outcome",
    principal: principal ? JSON.stringify(principal) : null,
  };
}

/** Tracked from before the intent is recorded: no other call may see this process's row and not find its work. */
function track<Value>(running: Running, writeId: string, work: () => Promise<Value>): Promise<Value> {
  const promise = work();
  const forget = () => {
    if (running.get(writeId) === promise) running.delete(writeId);
  };
  running.set(writeId, promise);
  promise.then(forget, forget);
  return promise;
}

type Begun<Outcome> = { kind: "sent"; result: WriteResult<Outcome> } | (Claim & { kind: "same" | "twin" });

async function begin<Outcome>(
  run: Run<Outcome>,
  intent: WriteIntent,
  use: { writeId: string; skip: ReadonlySet<string> },
): Promise<Begun<Outcome>> {
  const { kind, row } = await run.ledger.claim(intent, use);
  if (kind !== "new") return { kind, row };
  return { kind: "sent", result: { outcome: await sendAndRecord(run, row), repeated: false } };
}

/** Stays with a write till it is settled; undefined when a look-up showed that it never happened. */
async function follow<Outcome>(
  run: Run<Outcome>,
  claimed: LedgerRow,
  running: Running,
): Promise<WriteResult<Outcome> | undefined> {
  for (let row = claimed; ; row = await run.ledger.read(row.writeId)) {
    stopIfCancelled(run.request.signal);
    const outcome = outcomeOf<Outcome>(row);
    if (outcome !== undefined) return { outcome, repeated: true };
    if (row.state === "refused" && row.settledBy === "lookUp") return undefined;
    if (row.state === "refused") throw failureOf(row.failure ?? "{}");
    const result = await advance(run, row, running);
    if (result) return result;
  }
}

/** Does, or waits for, the next thing that happens to an unfinished write; undefined when the row tells the rest. */
async function advance<Outcome>(
  run: Run<Outcome>,
  row: LedgerRow,
  running: Running,
): Promise<WriteResult<Outcome> | undefined> {
  const { ledger, request } = run;
  const ours = running.get(row.writeId);
  if (ours) {
    await join(ours, request.signal);
    return undefined;
  }
  if (row.state === "unknown") return track(running, row.writeId, () => settleOrResend(run, row));
  // A row of this process that nothing here works on is one whose outcome could not be recorded.
  if (ledger.isOwn(row) || ledger.isAbandoned(row)) await ledger.lose(row, true);
  else await waitForOwner(run, row);
  return undefined;
}

/** Shares what another call of this process comes to, but not that its caller gave up. */
async function join(ours: Promise<unknown>, signal: AbortSignal | undefined): Promise<void> {
  try {
    await untilCancelled(ours, signal);
  } catch (error) {
    if (!isCancelled(error) || signal?.aborted) throw error;
  }
}

/** Undefined when another process took the write up first. */
async function settleOrResend<Outcome>(
  run: Run<Outcome>,
  row: LedgerRow,
): Promise<WriteResult<Outcome> | undefined> {
  const verdict = await lookUpUntilTold(run, row);
  if (verdict.kind === "found") {
    const { outcome } = verdict;
    return { outcome: await recordOutcome(run, row, { outcome, settledBy: "lookUp" }), repeated: true };
  }
  if (verdict.kind === "untold" && !isSafeToResend(run, row)) throw outcomeUnknown(run, verdict.cause);
  stopIfCancelled(run.request.signal);
  const resumed = await run.ledger.resume(row, verdict.kind !== "absent" && row.mayStillLand === 1);
  return resumed && { outcome: await sendAndRecord(run, resumed), repeated: false };
}

/** Waits while another living process sends. However long it takes, nothing is sent in its stead. */
async function waitForOwner<Outcome>(run: Run<Outcome>, row: LedgerRow): Promise<void> {
  if (await isOverSoon(run, row)) return;
  const verdict = await lookUpOnce(run, row);
  if (verdict.kind !== "found") throw outcomeUnknown(run);
  await run.ledger.settle(row, JSON.stringify(verdict.outcome ?? null), "lookUp");
}

/** Whether the attempt that another living process makes ends before patience does. */
async function isOverSoon<Outcome>(run: Run<Outcome>, row: LedgerRow): Promise<boolean> {
  const pauses = growingPauses(pausesBetweenReads, run.request.signal);
  let waited = 0;
  while (waited < run.waits.ownerMilliseconds) {
    waited = await pauses.next();
    const { state, attempt } = await run.ledger.read(row.writeId);
    if (state !== "sending" || attempt !== row.attempt || run.ledger.isAbandoned(row)) return true;
  }
  return false;
}

/**
 * Waits for an unfinished write that looks alike, and looks an unknown one up, before a second one is made on purpose:
 * afterwards nobody could tell the two apart. A vendor that answers but can't tell (false) does not stop what is
 * wanted on purpose; one that gives no answer does. Of other content this call's look-up could tell nothing.
 */
async function settleTwin<Outcome>(run: Run<Outcome>, twin: LedgerRow, running: Running): Promise<boolean> {
  const ours = running.get(twin.writeId);
  if (ours) {
    await untilCancelled(Promise.allSettled([ours]), run.request.signal);
    return true;
  }
  const { ledger, request } = run;
  const isBeingSent = twin.state === "sending" && !ledger.isOwn(twin) && !ledger.isAbandoned(twin);
  if (isBeingSent) return isOverSoon(run, twin);
  if (twin.fingerprint !== fingerprintOf(request.tool, request.arguments)) return false;
  return track(running, twin.writeId, async () => {
    const row = twin.state === "sending" ? await run.ledger.lose(twin, true) : twin;
    const verdict = await lookUpUntilTold(run, row);
    if (verdict.kind === "found") {
      await recordOutcome(run, row, { outcome: verdict.outcome, settledBy: "lookUp" });
      return true;
    }
    if (verdict.kind === "absent") {
      await refuse(run, row, { failure: neverHappened(), settledBy: "lookUp" });
      return true;
    }
    if (verdict.cause !== undefined) throw outcomeUnknown(run, verdict.cause);
    return false;
  });
}

function neverHappened(): Failure {
  return new Failure("unavailable", "The write never reached the vendor.", {
    hint: "Call again to send it.",
  });
}
