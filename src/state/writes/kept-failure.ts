import { Failure, type FailureCode, type FailureDetails } from "../../domain/failure.ts";

/** A failure as the ledger keeps it (JSON). */
export function failureText({ code, message, details }: Failure): string {
  return JSON.stringify({ code, message, details });
}

/** The failure that a text of the ledger holds. */
export function failureOf(text: string): Failure {
  const kept: { code: FailureCode; message: string; details: FailureDetails } = JSON.parse(text);
  return new Failure(kept.code, kept.message, kept.details);
}
