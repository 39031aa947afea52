import { z } from "zod";
import type { RouteMateSettings } from "../../domain/vendor-settings.ts";
import type { AccessToken } from "../access-token.ts";
import { type Exchange, exchange, type VendorLine } from "../provider.ts";

/** routemate.txt, 成功响应 200 of /integration-token */
const tokenSchema = z.looseObject({
  access_token: z.string().regex(/^[\x21-\x7e]+$/),
  token_type: z.literal("Bearer"),
  expires_in: z.number().positive(),
});

/** Exchanges the client credentials for a token that is valid for an hour (routemate.txt, 获取访问令牌). */
export async function fetchToken(
  line: VendorLine,
  { clientId, clientSecret }: RouteMateSettings,
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
  const token = { value: value.access_token, lifetimeMilliseconds: value.expires_in * 1000 };
  return { value: token, answer };
}
