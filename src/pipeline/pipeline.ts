/** One call to a vendor, before it is signed and turned into bytes. */
export type VendorRequest = {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Below the base URL, percent-encoded, from its first slash. */
  path: string;
  /** What traces show instead of the path, where the path itself holds data. */
  shownPath?: string;
  /** Decoded names and values, in the order in which they are sent. */
  query: readonly (readonly [name: string, value: string])[];
  /** Names as they are sent. */
  headers: Readonly<Record<string, string>>;
  /** Sent as compact JSON in key order; a bigint becomes a plain number. */
  json?: Readonly<Record<string, unknown>>;
  /** Sent as it is, in place of `json`. */
  body?: RawBody;
  /** True when the vendor's data may change: then a lost answer is `outcome_unknown`. */
  isWrite: boolean;
  /** True for reads, and for writes that the vendor does once however often they arrive. */
  isRepeatable: boolean;
  /** From 1; the retry step counts. */
  attempt: number;
  /** The caller's wish to stop; deadline and time-out steps add their own. */
  signal?: AbortSignal;
  /** When the whole call ends, as `clock.elapsed` tells time; set by the deadline step. */
  deadlineAt?: number;
  /** Milliseconds for this call instead of the vendor's usual ones. */
  timing?: { callMilliseconds: number; attemptMilliseconds: number };
  /** One sentence on which read tells whether this write was done. */
  settledBy?: string;
};

/** A body that its client has written: a form with files. */
export type RawBody = { contentType: string; bytes: Uint8Array };

/** What the vendor answered, whatever its status; the body is read, decompressed and within its size limit. */
export type VendorAnswer = {
  status: number;
  /** Names in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
  body: Uint8Array;
};

/** Sends a request; resolves with any HTTP answer, throws a `Failure` when there is none. */
export type Send = (request: VendorRequest) => Promise<VendorAnswer>;

/** One concern of every call, wrapped around what comes after it. */
export type Step = (next: Send) => Send;

/** Puts steps around a transport; the first step is the outermost. */
export function pipeline(transport: Send, ...steps: Step[]): Send {
  return steps.reduceRight((next, step) => step(next), transport);
}
