import { Failure } from "../../src/domain/failure.ts";

/** The failure that a call ends with; anything else fails the test. */
export async function failureOf(call: Promise<unknown>): Promise<Failure> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Failure) return error;
    throw new Error("The call threw something that is no Failure.", { cause: error });
  }
  throw new Error("The call did not fail.");
}

/** Everything that can be read off a failure and its causes. */
export function wholeTextOf(failure: unknown): string {
  if (!(failure instanceof Error)) return String(JSON.stringify(failure));
  const own = Object.fromEntries(
    Object.getOwnPropertyNames(failure).map((name) => [name, Reflect.get(failure, name)]),
  );
  return `${failure} ${failure.stack} ${JSON.stringify(own)} ${failure.cause === undefined ? "" : wholeTextOf(failure.cause)}`;
}
