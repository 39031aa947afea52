import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  initialize,
  initialized,
  type Message,
  modernRequest,
  newestRevision,
  request,
  withMeta,
} from "../support/messages.ts";
import { headersFor, sendHttp, sendMessage } from "../support/raw-http.ts";
import { startRawStdio } from "../support/raw-stdio.ts";
import { type HttpServerProcess, startHttpServer } from "../support/server-process.ts";

let server: HttpServerProcess;
beforeAll(async () => {
  server = await startHttpServer();
});
afterAll(() => server.stop());

/** A connection of a client that opens with `initialize`. */
type Connection = { ask: (message: Message) => Promise<Message>; close: () => Promise<void> };

async function openStdio(opening: Message): Promise<Connection & { opened: Message }> {
  const stdio = startRawStdio();
  const opened = await stdio.ask(opening);
  stdio.send(initialized);
  const close = async () => {
    stdio.process.stdin.end();
    expect(await stdio.ended).toBe(0);
  };
  return { opened, ask: stdio.ask, close };
}

async function openHttp(opening: Message): Promise<Connection & { opened: Message }> {
  const first = await sendMessage(server.url, opening);
  const opened = answerOf(first);
  const headers = {
    "Mcp-Session-Id": String(first.headers["mcp-session-id"]),
    "MCP-Protocol-Version": String(opened.result?.["protocolVersion"]),
  };
  expect(await sendMessage(server.url, initialized, headers)).toMatchObject({ status: 202, text: "" });
  return {
    opened,
    ask: async (message) => answerOf(await sendMessage(server.url, message, headers)),
    close: async () => void (await sendHttp(server.url, { method: "DELETE", headers })),
  };
}

function answerOf({ message, text }: { message: Message | undefined; text: string }): Message {
  if (!message) throw new Error(`no message answers the request: ${text}`);
  return message;
}

const listPlans = { name: "list_plans", arguments: {} };
const transports = [
  { transport: "stdio", open: openStdio },
  { transport: "http", open: openHttp },
];

describe.each(transports)("on $transport", ({ open }) => {
  test.each(["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"])(
    "a client of %s is answered in its own revision and works",
    async (version) => {
      const { opened, ask, close } = await open(initialize(version));
      expect(opened.result).toMatchObject({ protocolVersion: version, serverInfo: { name: "waybill" } });
      const { result } = await ask(request("tools/list"));
      expect(result?.["tools"]).toContainEqual(expect.objectContaining({ name: "plan_load" }));
      expect(result).not.toHaveProperty("resultType");
      const called = await ask(request("tools/call", listPlans));
      expect(called.result).toMatchObject({ structuredContent: { plans: [] } });
      expect(await ask(request("ping"))).toMatchObject({ result: {} });
      await close();
    },
  );

  test("a client of an unknown revision is offered the newest that has a handshake", async () => {
    const { opened, close } = await open(initialize("2099-01-01"));
    expect(opened.result).toMatchObject({ protocolVersion: "2025-11-25" });
    await close();
  });
});

const discovered = {
  resultType: "complete",
  ttlMs: expect.any(Number),
  supportedVersions: expect.arrayContaining([newestRevision]),
  capabilities: { tools: {}, resources: { subscribe: true }, prompts: {}, completions: {} },
  instructions: expect.stringContaining("plan_load"),
  _meta: { "io.modelcontextprotocol/serverInfo": { name: "waybill" } },
};
const listed = {
  resultType: "complete",
  ttlMs: 300_000,
  cacheScope: "public",
  tools: expect.arrayContaining([expect.objectContaining({ name: "plan_load" })]),
};
const called = { resultType: "complete", structuredContent: { plans: [] } };
const refusals = [
  {
    what: "no client capabilities",
    meta: { "io.modelcontextprotocol/clientCapabilities": undefined },
    code: -32602,
  },
  {
    what: "an unknown revision",
    meta: { "io.modelcontextprotocol/protocolVersion": "2099-01-01" },
    code: -32022,
  },
];

describe("on stdio a client of 2026-07-28", () => {
  test("discovers, lists and calls without a handshake", async () => {
    const stdio = startRawStdio();
    expect((await stdio.ask(modernRequest("server/discover"))).result).toMatchObject(discovered);
    expect((await stdio.ask(modernRequest("tools/list"))).result).toMatchObject(listed);
    expect((await stdio.ask(modernRequest("tools/call", listPlans))).result).toMatchObject(called);
    expect((await stdio.ask(modernRequest("ping"))).error).toMatchObject({ code: -32601 });
    stdio.process.stdin.end();
    expect(await stdio.ended).toBe(0);
  });

  test.each(refusals)("with $what is refused and may try again", async ({ meta, code }) => {
    const stdio = startRawStdio();
    const refused = await stdio.ask(withMeta(modernRequest("tools/list"), meta));
    expect(refused.error).toMatchObject({ code });
    expect((await stdio.ask(modernRequest("tools/list"))).result).toMatchObject(listed);
    stdio.process.stdin.end();
    expect(await stdio.ended).toBe(0);
  });

  test("may fall back to the handshake after it discovered", async () => {
    const stdio = startRawStdio();
    await stdio.ask(modernRequest("server/discover"));
    const opened = await stdio.ask(initialize("2025-11-25"));
    expect(opened.result).toMatchObject({ protocolVersion: "2025-11-25" });
    stdio.send(initialized);
    const { result } = await stdio.ask(request("tools/call", listPlans));
    expect(result).toMatchObject({ structuredContent: { plans: [] } });
    stdio.process.stdin.end();
    expect(await stdio.ended).toBe(0);
  });
});

describe("over HTTP a client of 2026-07-28", () => {
  test("discovers, lists and calls without a session", async () => {
    const discovery = await sendMessage(server.url, modernRequest("server/discover"));
    expect(discovery.message?.result).toMatchObject(discovered);
    expect(discovery.headers).not.toHaveProperty("mcp-session-id");
    const list = await sendMessage(server.url, modernRequest("tools/list"));
    expect(list.message?.result).toMatchObject(listed);
    const call = await sendMessage(server.url, modernRequest("tools/call", listPlans));
    expect(call.message?.result).toMatchObject(called);
  });

  test("may carry a session id that means nothing", async () => {
    const call = modernRequest("tools/call", listPlans);
    const { status, message } = await sendMessage(server.url, call, { "Mcp-Session-Id": "stray" });
    expect(status).toBe(200);
    expect(message?.result).toMatchObject(called);
  });

  test.each(refusals)("with $what is refused with 400", async ({ meta, code }) => {
    const message = withMeta(modernRequest("tools/list"), meta);
    const version = meta["io.modelcontextprotocol/protocolVersion"];
    const headers = version === undefined ? {} : { "MCP-Protocol-Version": version };
    const answer = await sendMessage(server.url, message, headers);
    expect(answer.status).toBe(400);
    expect(answer.message?.error).toMatchObject({ code });
  });

  test("is told which revisions there are when it asks for another", async () => {
    const other = { "io.modelcontextprotocol/protocolVersion": "2099-01-01" };
    const answer = await sendMessage(server.url, withMeta(modernRequest("tools/list"), other), {
      "MCP-Protocol-Version": "2099-01-01",
    });
    expect(answer.message?.error?.data).toMatchObject({
      supported: [newestRevision],
      requested: "2099-01-01",
    });
  });

  test.each([
    { what: "without Mcp-Method", change: { "Mcp-Method": undefined } },
    { what: "with another Mcp-Method than its body", change: { "Mcp-Method": "tools/list" } },
    { what: "with another Mcp-Name than its body", change: { "Mcp-Name": "get_plan" } },
    { what: "with an older revision in its header", change: { "MCP-Protocol-Version": "2025-11-25" } },
  ])("$what is refused with 400 and HeaderMismatch", async ({ change }) => {
    const message = modernRequest("tools/call", listPlans);
    const headers = Object.entries({ ...headersFor(message), ...change });
    const answer = await sendHttp(server.url, {
      method: "POST",
      headers: Object.fromEntries(headers.flatMap(([name, value]) => (value ? [[name, value]] : []))),
      body: JSON.stringify(message),
    });
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.text)).toMatchObject({ id: message.id, error: { code: -32020 } });
  });

  test("gets 404 for a method that its revision has not", async () => {
    const answer = await sendMessage(server.url, modernRequest("ping"));
    expect(answer.status).toBe(404);
    expect(answer.message?.error).toMatchObject({ code: -32601 });
  });
});
