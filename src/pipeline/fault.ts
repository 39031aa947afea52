import { Failure, type ServiceName } from "../domain/failure.ts";
import { abortFailure } from "./abort.ts";
import type { VendorRequest } from "./pipeline.ts";

/** A vendor by its configuration name, and by the words that start a sentence about it. */
export type VendorLabel = { vendor: ServiceName; label: string };

/** How far an attempt had come when it broke. */
export type Progress = {
  /** True once the request was handed to an open connection: from then on the vendor may act on it. */
  isSent: boolean;
  /** The answer's status, once its headers were there. */
  status?: number;
};

/** The failure of an attempt that broke before its answer was complete. */
export function faultFailure(
  { vendor, label }: VendorLabel,
  request: VendorRequest,
  { error, progress }: { error: unknown; progress: Progress },
): Failure {
  const failure = directFailure({ vendor, label }, request, { error, progress });
  if (!progress.isSent) return unsent(failure);
  return request.isWrite ? outcomeUnknown({ vendor, label }, request, failure) : failure;
}

/** The failure of a write whose answer nobody knows. */
export function outcomeUnknown(
  { vendor, label }: VendorLabel,
  request: VendorRequest,
  cause: unknown,
): Failure {
  const settledBy = request.settledBy ?? "Look it up at the vendor before it is sent again.";
  const { isUnsent: _, ...details } = cause instanceof Failure ? cause.details : {};
  return new Failure(
    "outcome_unknown",
    `${label} may or may not have done this: its answer was lost.`,
    { ...details, vendor, hint: settledBy },
    cause,
  );
}

/** The same failure, saying that its request never left. */
export function unsent({ code, message, details, cause }: Failure): Failure {
  return new Failure(code, message, { ...details, isUnsent: true }, cause);
}

function directFailure(
  { vendor, label }: VendorLabel,
  { signal }: VendorRequest,
  { error, progress }: { error: unknown; progress: Progress },
): Failure {
  if (signal?.aborted) return abortFailure(signal);
  if (error instanceof Failure) return error;
  const code = errorCode(error);
  if (code === "UND_ERR_INVALID_ARG") {
    return new Failure(
      "internal",
      `The request to ${label} could not be written.`,
      { vendor },
      new Error(code),
    );
  }
  if (progress.status !== undefined) {
    return new Failure(
      "bad_response",
      `${label} broke off in the middle of its answer (${code}).`,
      { vendor, httpStatus: progress.status, hint: "Call again; if it persists, ask for less at once." },
      new Error(code),
    );
  }
  return new Failure(
    "unavailable",
    `${label} could not be reached (${code}).`,
    { vendor, hint: "Check the vendor's base URL and the network, then call again." },
    new Error(code),
  );
}

/** The error's code alone: its message and fields may quote the vendor. */
function errorCode(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" && /^[A-Z][A-Z0-9_]{1,60}$/.test(code) ? code : "connection fault";
}
