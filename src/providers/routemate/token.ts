import { z } from "zod";
import type { VendorRequest } from "../../pipeline/pipeline.ts";
import type { AccessToken } from "../access-token.ts";
import { type Exchange, exchange, type VendorLine } from "../provider.ts";

/** routemate.txt, 成功响应 200 of /integration-token */
const tokenSchema = z.looseObject({
  access_token: z.string().regex(/^[\x21-\x7e]+$/),
  token_type: z.literal("Bearer"),
  expires_in: z.number().positive(),
});

/** What the account is known by. */
export type ClientCredentials = { clientId: string; clientSecret: string };

/** Exchanges the client credentials for a token that is valid for an hour (routemate.txt, 获取访问令牌). */
export async function fetchToken(
  line: VendorLine,
  { clientId, clientSecret }: ClientCredentials,
  signal?: AbortSignal,
): Promise<Exchange<AccessToken>> {
  const request = {
    method: "POST" as const,
    path: "/integration-token",
    json: { client_id: clientId, client_secret: clientSecret },
    signal,
  };
  const { value, answer } = await exchange(line, request, tokenSchema);
  line.http.redactor.hideIssued(value.access_token);
  const expiresAt = line.http.clock.now() + value.expires_in * 1000;
  return { value: { value: value.access_token, expiresAt }, answer };
}

/** The request with the token that it is sent with. */
export function withBearer(request: VendorRequest, token: string): VendorRequest {
  return { ...request, headers: { Authorization: `Bearer ${token}`, ...request.headers } };
}
