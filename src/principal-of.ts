import { userInfo } from "node:os";
import { CLIENT_INFO_META_KEY, type McpServer, type ServerContext } from "@modelcontextprotocol/server";
import * as z from "zod";
import type { Principal } from "./domain/principal.ts";
import { oneLine } from "./domain/vendor-text.ts";

/** Where the messages of a server come from. */
export type Origin = { transport: "stdio" } | { transport: "http"; address?: string | undefined };

const implementation = z.looseObject({ name: z.string(), version: z.string().optional() });

/** More of a name is no name. */
const longestName = 120;

/**
 * Who makes a call: the client by its own words, told with each request since 2026-07-28 and at `initialize` before,
 * and whom HTTP authenticated or who runs the process.
 */
export function principalOf(server: McpServer, { mcpReq, http }: ServerContext, origin: Origin): Principal {
  const envelope: Record<string, unknown> = { ...mcpReq.envelope };
  const told = implementation.safeParse(envelope[CLIENT_INFO_META_KEY] ?? server.server.getClientVersion());
  const client = told.success ? `${told.data.name} ${told.data.version ?? ""}` : "";
  const { address } = { address: undefined, ...origin };
  const account = origin.transport === "stdio" ? systemAccount() : authenticated(http?.authInfo);
  return {
    transport: origin.transport,
    ...named("client", client),
    ...named("account", account),
    ...named("address", address),
  };
}

/** The token's subject where the verifier tells it, and the client that the token was given to; never the token. */
function authenticated(authInfo: { clientId: string; extra?: Record<string, unknown> } | undefined): string {
  const subject = authInfo?.extra?.["sub"];
  const parts = [typeof subject === "string" ? subject : "", authInfo?.clientId ?? ""];
  return parts.filter((part) => part !== "").join(" by ");
}

/** The account of the system; a container may have none for its number. */
function systemAccount(): string {
  try {
    return userInfo().username;
  } catch {
    return "";
  }
}

function named<const Name extends string>(
  name: Name,
  value: string | undefined,
): { [name in Name]?: string } {
  const text = oneLine(value ?? "")
    .trim()
    .slice(0, longestName);
  return text === "" ? {} : ({ [name]: text } as { [name in Name]?: string });
}
