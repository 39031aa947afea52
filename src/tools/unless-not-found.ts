import { Failure, type FailureCode } from "../domain/failure.ts";

/** What was asked for; undefined where the vendor has none of it, or fails with one of the other codes that say so. */
export async function unlessNotFound<Found>(
  asked: Promise<Found>,
  ...alike: readonly FailureCode[]
): Promise<Found | undefined> {
  try {
    return await asked;
  } catch (thrown) {
    const codes = ["not_found", ...alike];
    if (thrown instanceof Failure && codes.includes(thrown.code)) return undefined;
    throw thrown;
  }
}
