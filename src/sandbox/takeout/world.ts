import type { Clock } from "../clock.ts";
import type { Tokens } from "./account/tokens.ts";
import type { Tenant } from "./tenant.ts";

/** Everything the SaaS stands on. */
export type World = {
  clock: Clock;
  tokens: Tokens;
  /** How long an access token lives. */
  tokenSeconds: number;
  /** Without it the tenant is read from the token, else it is the first one (takeout.txt, 1.2). */
  isTenantHeaderRequired: boolean;
  /** The first is the one that the sandbox's environment names. */
  tenants: readonly [Tenant, ...Tenant[]];
};
