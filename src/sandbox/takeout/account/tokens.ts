import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import { isRecord, parseJson } from "../../message.ts";
import { type LoginType, loginTypes } from "../records.ts";

/** Whom a token stands for. */
export type Identity = { userId: string; tenantId: string; loginType: LoginType };

/** What a token is good for: calls, or a new access token. */
type TokenKind = "access" | "refresh";

/** `now` is the client's time in milliseconds since the epoch. */
export type Tokens = {
  issue: (identity: Identity, kind: TokenKind, now: number) => string;
  /** Undefined when the token is of another kind, signed by someone else or over. */
  verify: (token: string, kind: TokenKind, now: number) => Identity | undefined;
};

const refreshSeconds = 7 * 24 * 3600;

/** JSON Web Tokens (RFC 7519, HS256); access tokens live for `accessSeconds`. */
export function createTokens({ secret, accessSeconds }: { secret: string; accessSeconds: number }): Tokens {
  const sign = (text: string) => createHmac("sha256", secret).update(text).digest();
  const header = encode({ alg: "HS256", typ: "JWT" });
  return {
    issue: (identity, kind, now) => {
      const { userId, tenantId, loginType } = identity;
      const issuedAt = Math.floor(now / 1000);
      const expiresAt = issuedAt + (kind === "access" ? accessSeconds : refreshSeconds);
      const times = { iat: issuedAt, exp: expiresAt, jti: randomUUID() };
      const payload = `${header}.${encode({ sub: userId, tenantId, loginType, use: kind, ...times })}`;
      return `${payload}.${sign(payload).toString("base64url")}`;
    },
    verify: (token, kind, now) => {
      const [payload, signature] = splitToken(token);
      if (!isSame(Buffer.from(signature, "base64url"), sign(payload))) return undefined;
      const claims = parseJson(Buffer.from(payload.split(".")[1] ?? "", "base64url").toString("utf8"));
      return isRecord(claims) && claims["use"] === kind && Number(claims["exp"]) * 1000 > now
        ? identityOf(claims)
        : undefined;
    },
  };
}

/** The token of an `Authorization: Bearer …` header. */
export function bearerToken(authorization: string | undefined): string | undefined {
  return /^Bearer (\S+)$/.exec(authorization ?? "")?.[1];
}

function encode(part: Record<string, unknown>): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}

function splitToken(token: string): [payload: string, signature: string] {
  const end = token.lastIndexOf(".");
  return [token.slice(0, Math.max(0, end)), token.slice(end + 1)];
}

function isSame(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

function identityOf(claims: Record<string, unknown>): Identity | undefined {
  const { sub: userId, tenantId } = claims;
  const loginType = loginTypes.find((type) => type === claims["loginType"]);
  if (typeof userId !== "string" || typeof tenantId !== "string" || !loginType) return undefined;
  return { userId, tenantId, loginType };
}
