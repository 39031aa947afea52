import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { initialize, initialized, modernRequest, request } from "../support/messages.ts";
import { headersFor, type RawAnswer, sendHttp, sendMessage } from "../support/raw-http.ts";
import { type HttpServerProcess, startHttpServer } from "../support/server-process.ts";

let server: HttpServerProcess;
beforeAll(async () => {
  server = await startHttpServer();
});
afterAll(() => server.stop());

const listPlans = { name: "list_plans", arguments: {} };
const at = (path: string) => new URL(path, server.url);

async function expectAlive(): Promise<void> {
  const { message } = await sendMessage(server.url, modernRequest("tools/call", listPlans));
  expect(message?.result).toMatchObject({ structuredContent: { plans: [] } });
}

async function openSession(): Promise<Record<string, string>> {
  const { headers } = await sendMessage(server.url, initialize("2025-11-25"));
  const session = {
    "Mcp-Session-Id": String(headers["mcp-session-id"]),
    "MCP-Protocol-Version": "2025-11-25",
  };
  await sendMessage(server.url, initialized, session);
  return session;
}

function expectRefusal({ status, text }: RawAnswer, expected: { status: number; code: number }): void {
  expect({ status, code: JSON.parse(text).error.code }).toEqual(expected);
}

describe("whoever may be a page in a browser", () => {
  const paths = ["/mcp", "/healthz", "/readyz", "/metrics"];

  test.each(paths)("is refused at %s when the Host is another name that leads here", async (path) => {
    const { port } = new URL(server.url);
    for (const host of [
      "evil.example.com",
      `evil.example.com:${port}`,
      `localhost.evil.example.com:${port}`,
    ]) {
      expectRefusal(await sendHttp(at(path), { headers: { Host: host } }), { status: 403, code: -32000 });
    }
  });

  test.each(paths)("is refused at %s when the Origin is another site", async (path) => {
    for (const origin of [
      "https://evil.example.com",
      "null",
      "http://localhost.evil.example.com",
      "no url",
    ]) {
      expectRefusal(await sendHttp(at(path), { headers: { Origin: origin } }), { status: 403, code: -32000 });
    }
  });

  test("is served when Host and Origin are this machine", async () => {
    const { port } = new URL(server.url);
    for (const name of ["localhost", "127.0.0.1", "[::1]"]) {
      const headers = { Host: `${name}:${port}`, Origin: `http://${name}:6274` };
      expect(await sendHttp(at("/healthz"), { headers })).toMatchObject({ status: 200, text: "ok\n" });
      const answer = await sendMessage(server.url, modernRequest("tools/call", listPlans), headers);
      expect(answer.status).toBe(200);
    }
  });
});

describe("a body", () => {
  const post = (body: string, headers: Record<string, string> = {}) =>
    sendHttp(server.url, {
      method: "POST",
      headers: { ...headersFor(request("tools/call")), ...headers },
      body,
    });

  test.each([
    { how: "with its length ahead", headers: {} },
    { how: "in chunks of unknown length", headers: { "Transfer-Encoding": "chunked" } },
  ])("of more than 4 MiB is refused $how, and the server lives on", async ({ headers }) => {
    const body = JSON.stringify(request("tools/call", { padding: "x".repeat(5 * 1024 * 1024) }));
    expectRefusal(await post(body, headers), { status: 413, code: -32600 });
    await expectAlive();
  });

  test("of just less than 4 MiB is read", async () => {
    const call = modernRequest("tools/call", {
      name: "get_plan",
      arguments: { plan_id: "x".repeat(4 * 1024 * 1024 - 1024) },
    });
    const { status, message } = await sendMessage(server.url, call);
    expect(status).toBe(200);
    expect(message?.result).toMatchObject({ structuredContent: { error: { code: "invalid_input" } } });
  });

  test.each(["", "{", '{"jsonrpc":"2.0",', "hello", "\u0000", '{"a":1}{"b":2}'])(
    "that is no JSON is refused as such: %j",
    async (body) => {
      expectRefusal(await post(body), { status: 400, code: -32700 });
    },
  );

  test.each(["null", "7", '"text"', "[]", "{}", '{"jsonrpc":"1.0","id":1,"method":"ping"}', "[[[1]]]"])(
    "that is no message is refused with 400: %s",
    async (body) => {
      const { status } = await post(body);
      expect(status).toBe(400);
      await expectAlive();
    },
  );
});

describe("a session of an older client", () => {
  test("is not found under an identifier that was never given", async () => {
    const answer = await sendMessage(server.url, request("tools/list"), { "Mcp-Session-Id": "no-such" });
    expectRefusal(answer, { status: 404, code: -32001 });
  });

  test("must be opened before anything else", async () => {
    const answer = await sendMessage(server.url, request("tools/list"));
    expectRefusal(answer, { status: 400, code: -32000 });
  });

  test.each(["GET", "DELETE", "PUT"])("is needed for %s", async (method) => {
    const answer = await sendHttp(server.url, { method, headers: { Accept: "text/event-stream" } });
    expectRefusal(answer, { status: 405, code: -32000 });
    expect(answer.headers.allow).toBe("POST");
  });

  test("needs a client that takes a stream of events", async () => {
    const answer = await sendMessage(server.url, initialize("2025-11-25"), { Accept: "application/json" });
    expectRefusal(answer, { status: 406, code: -32000 });
  });

  test("ends with DELETE", async () => {
    const session = await openSession();
    expect((await sendMessage(server.url, request("tools/list"), session)).status).toBe(200);
    expect((await sendHttp(server.url, { method: "DELETE", headers: session })).status).toBe(200);
    const after = await sendMessage(server.url, request("tools/list"), session);
    expectRefusal(after, { status: 404, code: -32001 });
  });

  test("is one of fifty that work at the same time and know nothing of each other", async () => {
    const sessions = await Promise.all(Array.from({ length: 50 }, openSession));
    expect(new Set(sessions.map((session) => session["Mcp-Session-Id"])).size).toBe(50);
    const answers = await Promise.all(
      sessions.map((session) => sendMessage(server.url, request("tools/call", listPlans), session)),
    );
    for (const { message } of answers)
      expect(message?.result).toMatchObject({ structuredContent: { plans: [] } });
    await Promise.all(
      sessions.slice(1).map((headers) => sendHttp(server.url, { method: "DELETE", headers })),
    );
    const last = await sendMessage(server.url, request("tools/list"), sessions[0]);
    expect(last.status).toBe(200);
  });
});

describe("beside /mcp", () => {
  test("/healthz and /readyz say that all is well", async () => {
    expect(await sendHttp(at("/healthz"))).toMatchObject({ status: 200, text: "ok\n" });
    expect(await sendHttp(at("/readyz"))).toMatchObject({ status: 200, text: "ready\n" });
  });

  test.each([
    ["GET", "/"],
    ["GET", "/sse"],
    ["GET", "/mcp/more"],
    ["POST", "/healthz"],
  ])("%s %s is not found", async (method, path) => {
    expect((await sendHttp(at(path), { method })).status).toBe(404);
  });

  test("/metrics counts tool calls by outcome, as Prometheus reads it", async () => {
    const countOf = async (tool: string, code: string) => {
      const { text } = await sendHttp(at("/metrics"));
      return Number(
        new RegExp(`^waybill_tool_calls_total\\{tool="${tool}",code="${code}"\\} (\\d+)$`, "m").exec(
          text,
        )?.[1] ?? 0,
      );
    };
    const before = await countOf("list_plans", "ok");
    await sendMessage(server.url, modernRequest("tools/call", listPlans));
    await sendMessage(
      server.url,
      modernRequest("tools/call", { ...listPlans, arguments: { colour: "red" } }),
    );
    expect(await countOf("list_plans", "ok")).toBe(before + 1);
    expect(await countOf("list_plans", "invalid_input")).toBe(1);
    const { status, headers, text } = await sendHttp(at("/metrics"));
    expect({ status, type: headers["content-type"] }).toEqual({
      status: 200,
      type: "text/plain; version=0.0.4; charset=utf-8",
    });
    expect(text.endsWith("\n")).toBe(true);
    expect(
      text
        .trimEnd()
        .split("\n")
        .filter((line) => !isExposition(line)),
    ).toEqual([]);
    expect(text).toContain("# TYPE waybill_tool_call_seconds histogram");
  });
});

/** A line of Prometheus' text format 0.0.4: a comment, or a sample with its labels and value. */
function isExposition(line: string): boolean {
  if (line === "") return true;
  if (
    /^# (HELP [a-zA-Z_:][\w:]* .+|TYPE [a-zA-Z_:][\w:]* (counter|gauge|histogram|summary|untyped))$/.test(
      line,
    )
  )
    return true;
  return /^[a-zA-Z_:][\w:]*(\{([a-zA-Z_]\w*="(\\.|[^"\\])*",?)*\})? ([-+]?[\d.]+(e[-+]?\d+)?|NaN|[-+]Inf)$/i.test(
    line,
  );
}
