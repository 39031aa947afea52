import { z } from "zod";
import { Failure } from "../../domain/failure.ts";
import type { TakeoutSettings } from "../../domain/vendor-settings.ts";
import { type AccessToken, createTokenSource, type TokenSource } from "../access-token.ts";
import { type Exchange, exchange, type VendorLine } from "../provider.ts";
import { envelope } from "./envelope.ts";

/** What an account signs in with (takeout.txt, 2.1). */
type TakeoutCredentials = Pick<TakeoutSettings, "phone" | "password" | "loginType">;

/** A signed-in account. */
type Session = { token: AccessToken; refreshToken: string | undefined };

const visibleAscii = z.string().regex(/^[\x21-\x7e]+$/);

/** takeout.txt, 2.1 and 2.2: a refresh brings no other refresh token; one that comes all the same is used. */
const sessionSchema = envelope(
  z.looseObject({
    accessToken: visibleAscii,
    refreshToken: visibleAscii.nullish(),
    expiresIn: z.number().positive(),
  }),
);

/** Signs in with phone and password. */
export async function signIn(
  line: VendorLine,
  { phone, password, loginType }: TakeoutCredentials,
  signal?: AbortSignal,
): Promise<Exchange<Session>> {
  return requestSession(line, "/auth/login", { json: { phone, password, loginType }, signal });
}

/**
 * Tokens of one account: refreshed before they run out and when one is refused; where the refresh is refused, or its
 * token is, the account signs in anew.
 */
export function createSessionTokens(line: VendorLine, credentials: TakeoutCredentials): TokenSource {
  let refreshToken: string | undefined;
  /** The token that took the place of a refused one. */
  let mended: string | undefined;

  const signInAnew = async () => (await signIn(line, credentials)).value;
  const refresh = async (present: string) => {
    try {
      const { value } = await requestSession(line, "/auth/refresh", { json: { refreshToken: present } });
      return { ...value, refreshToken: value.refreshToken ?? present };
    } catch (error) {
      if (!isAnswered(error)) throw error;
      return signInAnew();
    }
  };
  const fetchToken = async (refused: string | undefined) => {
    const isFutile = refused !== undefined && refused === mended;
    const present = isFutile ? undefined : refreshToken;
    const session = present === undefined ? await signInAnew() : await refresh(present);
    refreshToken = session.refreshToken;
    mended = refused === undefined ? undefined : session.token.value;
    return session.token;
  };
  return createTokenSource(fetchToken, line.http.clock);
}

async function requestSession(
  line: VendorLine,
  path: string,
  { json, signal }: { json: Record<string, unknown>; signal?: AbortSignal | undefined },
): Promise<Exchange<Session>> {
  const { value, answer } = await exchange(line, { method: "POST", path, json, signal }, sessionSchema);
  const { accessToken, refreshToken, expiresIn } = value.data;
  line.http.redactor.hideIssued(accessToken);
  if (refreshToken) line.http.redactor.hideIssued(refreshToken);
  const token = { value: accessToken, lifetimeMilliseconds: expiresIn * 1000 };
  return { value: { token, refreshToken: refreshToken ?? undefined }, answer };
}

/** Whether the vendor gave an answer that is no token, so that signing in may help; one who asks to wait is heeded. */
function isAnswered(error: unknown): boolean {
  return error instanceof Failure && error.details.httpStatus !== undefined && error.code !== "rate_limited";
}
