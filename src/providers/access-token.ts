import { Failure } from "../domain/failure.ts";
import { abortable } from "../pipeline/abort.ts";
import type { Clock } from "../pipeline/clock.ts";
import { unsent } from "../pipeline/fault.ts";
import type { Step, VendorAnswer, VendorRequest } from "../pipeline/pipeline.ts";

/** A token that was just issued, and how long it is valid. */
export type AccessToken = { value: string; lifetimeMilliseconds: number };

/** One token for many calls. */
export type TokenSource = {
  /** A valid token, the cached one where there is one. */
  current: (signal: AbortSignal | undefined) => Promise<string>;
  /** Another token than the one that was refused. */
  renew: (refused: string, signal: AbortSignal | undefined) => Promise<string>;
};

/** A token is not used for its last minute, or last tenth where it lives shorter. */
const marginMilliseconds = 60_000;

/**
 * Caches a token and fetches the next one once, however many calls wait for it. A caller that gives up leaves the
 * fetch to the others. `fetchToken` is told which token was refused, when that is why it is called.
 */
export function createTokenSource(
  fetchToken: (refused: string | undefined) => Promise<AccessToken>,
  clock: Pick<Clock, "elapsed">,
): TokenSource {
  let cached: { value: string; usableUntil: number } | undefined;
  let pending: Promise<string> | undefined;

  const fetchOnce = async (refused: string | undefined) => {
    try {
      const { value, lifetimeMilliseconds: lifetime } = await fetchToken(refused);
      cached = {
        value,
        usableUntil: clock.elapsed() + lifetime - Math.min(marginMilliseconds, lifetime / 10),
      };
      return value;
    } finally {
      pending = undefined;
    }
  };
  const fetchShared = (signal: AbortSignal | undefined, refused?: string) => {
    pending ??= fetchOnce(refused);
    return abortable(pending, signal);
  };
  return {
    current: async (signal) =>
      cached && clock.elapsed() < cached.usableUntil ? cached.value : fetchShared(signal),
    renew: async (refused, signal) => {
      if (cached?.value === refused) cached = undefined;
      return cached ? cached.value : fetchShared(signal, refused);
    },
  };
}

/** Puts a token on each request; when the vendor refuses it (401), repeats the request once with another token. */
export function authorize(
  tokens: TokenSource,
  withToken: (request: VendorRequest, token: string) => VendorRequest,
  isRefused: (answer: VendorAnswer) => boolean = ({ status }) => status === 401,
): Step {
  return (next) => async (request) => {
    const token = await tokens.current(request.signal).catch(throwUnsent);
    const answer = await next(withToken(request, token));
    if (!isRefused(answer)) return answer;
    const renewed = await tokens.renew(token, request.signal).catch(throwUnsent);
    return next(withToken(request, renewed));
  };
}

/** The request with the token that it is sent with (RFC 6750, 2.1). */
export function withBearer(request: VendorRequest, token: string): VendorRequest {
  return { ...request, headers: { Authorization: `Bearer ${token}`, ...request.headers } };
}

/** Without a token the request itself does not leave; one that was answered 401 was not carried out. */
function throwUnsent(error: unknown): never {
  throw error instanceof Failure ? unsent(error) : error;
}
