import { randomBytes } from "node:crypto";
import type { Clock } from "../clock.ts";
import type { Integration } from "./integrations.ts";

/** The access tokens that are out. */
export type Tokens = {
  issue: (integration: Integration) => string;
  /** The integration of an `Authorization: Bearer …` header, undefined when its token is unknown or expired. */
  resolve: (authorization: string | undefined) => Integration | undefined;
};

/** Opaque tokens that live for `tokenSeconds` of the client's time (routemate.txt, 安全模型). */
export function createTokens({ clock, tokenSeconds }: { clock: Clock; tokenSeconds: number }): Tokens {
  const issued = new Map<string, { integration: Integration; expiresAt: number }>();
  const dropExpired = () => {
    for (const [token, { expiresAt }] of issued) if (expiresAt <= clock.clientNow()) issued.delete(token);
  };
  return {
    issue: (integration) => {
      dropExpired();
      const token = `rm_at_${randomBytes(20).toString("hex")}`;
      issued.set(token, { integration, expiresAt: clock.clientNow() + tokenSeconds * 1000 });
      return token;
    },
    resolve: (authorization) => {
      dropExpired();
      const [, token = ""] = /^Bearer (\S+)$/.exec(authorization ?? "") ?? [];
      return issued.get(token)?.integration;
    },
  };
}
