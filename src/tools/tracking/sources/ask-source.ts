import type { App } from "../../../app.ts";
import { cancelled, Failure, type VendorName } from "../../../domain/failure.ts";
import type {
  Basis,
  ShipmentStatus,
  SourceReport,
  SourceState,
  TimelineEntry,
} from "../../../domain/tracking.ts";
import type { Delivery } from "../delivery/delivery-fields.ts";

/** Who can be asked: vendors, and what Waybill keeps. */
type SourceName = VendorName | "takeout.delivery" | "plans" | "writes" | "events";

/** What a source found. */
export type Found = {
  status: ShipmentStatus;
  told: string;
  timeline: Omit<TimelineEntry, "source">[];
  /** Of a robot's order. */
  robot?: NonNullable<Delivery["robot"]>;
};

/** For whom sources are asked, and how long each may take. */
export type Asking = { app: App; signal: AbortSignal; sourceMilliseconds: number };

/** A source, and the question to it; undefined when it does not know the identifier. */
export type Question = {
  source: SourceName;
  basis: Basis;
  ask: (signal: AbortSignal) => Promise<Found | undefined>;
};

/** What asking a source came to; `isRefusedHere` where our own client knows that the vendor has no such identifier. */
export type AskedReport = SourceReport & Pick<Found, "robot"> & { isRefusedHere?: true };

/** Asks a source within its time. Whatever goes wrong with it is its report; only the caller's own end is thrown. */
export async function askSource(
  { app, signal, sourceMilliseconds }: Asking,
  { source, basis, ask }: Question,
): Promise<AskedReport> {
  const nothing = { source, basis, status: "unknown" as const, timeline: [] };
  const timeUp = AbortSignal.timeout(sourceMilliseconds);
  try {
    const found = await untilAborted(ask, AbortSignal.any([signal, timeUp]));
    if (!found) return { ...nothing, state: "not_found" };
    const timeline = found.timeline.map((entry) => ({ ...entry, source }));
    return { ...nothing, ...found, state: "answered", timeline };
  } catch (thrown) {
    if (signal.aborted) throw cancelled();
    if (isRefusedHere(thrown)) {
      return { ...nothing, state: "not_asked", reason: noSuchIdentifier, isRefusedHere: true };
    }
    const reason = timeUp.aborted
      ? `It gave no answer within ${sourceMilliseconds / 1000} seconds.`
      : reasonOf(thrown);
    if (!(thrown instanceof Failure)) app.log.error("tracking source", { source, reason: String(thrown) });
    return { ...nothing, state: timeUp.aborted ? "failed" : stateOf(thrown), reason };
  }
}

/** The report of a source that there is no way to ask. */
export function notAsked(source: SourceName, basis: Basis, reason: string): SourceReport {
  return { source, basis, state: "not_asked", status: "unknown", reason, timeline: [] };
}

const noSuchIdentifier = "Its identifiers look otherwise.";

/** Whether a client found the identifier wrong before anything was sent: a vendor's own refusal has a status. */
function isRefusedHere(thrown: unknown): boolean {
  return (
    thrown instanceof Failure && thrown.code === "invalid_input" && thrown.details.httpStatus === undefined
  );
}

function stateOf(thrown: unknown): SourceState {
  const code = thrown instanceof Failure ? thrown.code : undefined;
  return code === "not_found" || code === "not_configured" ? code : "failed";
}

function reasonOf(thrown: unknown): string {
  return thrown instanceof Failure ? thrown.message : "Something in Waybill itself went wrong.";
}

/** Waits for work no longer than its signal allows: some goes on although that is aborted. */
function untilAborted<Value>(
  work: (signal: AbortSignal) => Promise<Value>,
  signal: AbortSignal,
): Promise<Value> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(cancelled());
    if (signal.aborted) return stop();
    signal.addEventListener("abort", stop, { once: true });
    work(signal)
      .then(resolve, reject)
      .finally(() => signal.removeEventListener("abort", stop));
  });
}
