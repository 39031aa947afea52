/** Every way a call can fail, as clients see it in `error.code`. */
export const failureCodes = [
  "invalid_input",
  "not_configured",
  "unauthorized",
  "forbidden",
  "not_found",
  "conflict",
  "rate_limited",
  "rejected",
  "unavailable",
  "timeout",
  "outcome_unknown",
  "bad_response",
  "infeasible",
  "cancelled",
  "internal",
] as const;

export type FailureCode = (typeof failureCodes)[number];

/** The vendors behind the tools, by the names used in configuration and answers. */
export const vendorNames = ["fleet", "routemate", "yunji", "transmit", "takeout"] as const;

export type VendorName = (typeof vendorNames)[number];

/** Whatever is asked over the network: a vendor, or the source of travel times, which no tool stands for. */
export type ServiceName = VendorName | "matrix";

/** What a failure tells beside its message. None of it holds a secret or a stack. */
export type FailureDetails = {
  /** What to do next, as one sentence. */
  hint?: string;
  vendor?: ServiceName;
  httpStatus?: number;
  /** The vendor's own error code, where its documents name one. */
  vendorCode?: string;
  /** The vendor's own words, one short line: data to be quoted, for message and hint are ours alone. */
  vendorMessage?: string;
  /** The vendor's identifier of the failed request. */
  requestId?: string;
  retryAfterSeconds?: number;
  /** The request never left, so whatever it was to do was not done. */
  isUnsent?: true;
  /** Paths of the fields that are wrong, in the caller's spelling. */
  fields?: string[];
};

/** The one error that crosses module borders: a message for what is wrong, details for what to do. */
export class Failure extends Error {
  readonly code: FailureCode;
  readonly details: FailureDetails;

  constructor(code: FailureCode, message: string, details: FailureDetails = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "Failure";
    this.code = code;
    this.details = details;
  }
}

/** The failure that tells whoever waits that its caller has given up. */
export function cancelled(message = "The call was cancelled."): Failure {
  return new Failure("cancelled", message, {
    hint: "Nothing more will happen; call again when it is wanted.",
  });
}
