import {
  Client as NewClient,
  StreamableHTTPClientTransport as NewHttpTransport,
} from "@modelcontextprotocol/client";
import { StdioClientTransport as NewStdioTransport } from "@modelcontextprotocol/client/stdio";
import { Client as OldClient } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport as OldStdioTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport as OldHttpTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { mainPath, serverEnvironment } from "./server-process.ts";

/** The two official clients: v1 speaks 2025-11-25, v2 what the server offers, or the older protocol when told to. */
export const clientKinds = ["v1", "v2 legacy", "v2 auto"] as const;
export type ClientKind = (typeof clientKinds)[number];

export type CallOptions = {
  onprogress?: (step: { progress: number }) => void;
  signal?: AbortSignal;
};

/** What a tool call gave, whichever client made it. */
export type CallResult = {
  isError: boolean;
  text: string;
  data: Record<string, unknown>;
  content: { type: string; [field: string]: unknown }[];
};

/** One interface over both clients, as far as the tests need it. */
export type TestClient = {
  kind: ClientKind;
  protocol: string | undefined;
  instructions: string | undefined;
  listTools: () => Promise<{ name: string; [field: string]: unknown }[]>;
  call: (name: string, args: Record<string, unknown>, options?: CallOptions) => Promise<CallResult>;
  raw: OldClient | NewClient;
  close: () => Promise<void>;
};

/** A client on a server process of its own over stdio: the product's, unless another script is named. */
export async function connectStdio(
  kind: ClientKind,
  {
    env = {},
    args = [],
    script = mainPath,
  }: { env?: Record<string, string>; args?: string[]; script?: string } = {},
): Promise<TestClient> {
  const server = { command: process.execPath, args: [script, ...args], env: serverEnvironment(env) };
  if (kind === "v1") return withOld(kind, async (client) => client.connect(new OldStdioTransport(server)));
  return withNew(kind, async (client) => client.connect(new NewStdioTransport(server)));
}

/** A client on a server that runs already, over HTTP. */
export async function connectHttp(kind: ClientKind, url: string): Promise<TestClient> {
  const address = new URL(url);
  // The v1 transport is not written for exactOptionalPropertyTypes; the object is the one `connect` takes.
  if (kind === "v1")
    return withOld(kind, (client) =>
      client.connect(new OldHttpTransport(address) as Parameters<OldClient["connect"]>[0]),
    );
  return withNew(kind, (client) => client.connect(new NewHttpTransport(address)));
}

async function withOld(kind: ClientKind, connect: (client: OldClient) => Promise<void>): Promise<TestClient> {
  const client = new OldClient({ name: "test", version: "1" }, { capabilities: { elicitation: {} } });
  await connect(client);
  return {
    kind,
    protocol: undefined,
    instructions: client.getInstructions(),
    listTools: async () => (await client.listTools()).tools,
    call: async (name, args, options = {}) =>
      toCallResult(await client.callTool({ name, arguments: args }, undefined, options)),
    raw: client,
    close: () => client.close(),
  };
}

async function withNew(kind: ClientKind, connect: (client: NewClient) => Promise<void>): Promise<TestClient> {
  const client = new NewClient(
    { name: "test", version: "1" },
    {
      capabilities: { elicitation: {} },
      versionNegotiation: { mode: kind === "v2 auto" ? "auto" : "legacy" },
    },
  );
  await connect(client);
  return {
    kind,
    protocol: client.getNegotiatedProtocolVersion(),
    instructions: client.getInstructions(),
    listTools: async () => (await client.listTools()).tools,
    call: async (name, args, options = {}) =>
      toCallResult(await client.callTool({ name, arguments: args }, options)),
    raw: client,
    close: () => client.close(),
  };
}

function toCallResult(result: Record<string, unknown>): CallResult {
  const content = Array.isArray(result["content"]) ? result["content"] : [];
  return {
    isError: result["isError"] === true,
    text: content.flatMap((block) => (block.type === "text" ? [String(block.text)] : [])).join("\n"),
    data: isRecord(result["structuredContent"]) ? result["structuredContent"] : {},
    content,
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
