import { once } from "node:events";
import { request as httpRequest } from "node:http";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createFixtureServer } from "../conformance/fixture.ts";
import { startHttpStack } from "../support/http-stack.ts";
import { initialize, request } from "../support/messages.ts";
import { sendHttp, sendMessage } from "../support/raw-http.ts";

const idleMilliseconds = 31 * 60_000;

let now = 0;
let server: Awaited<ReturnType<typeof startHttpStack>>;
beforeEach(async () => {
  server = await startHttpStack(createFixtureServer, () => now);
});
afterEach(() => server.close());

type SessionHeaders = Record<string, string>;

async function openSession(): Promise<SessionHeaders> {
  const { headers } = await sendMessage(server.url, initialize("2025-11-25"));
  return {
    "Mcp-Session-Id": String(headers["mcp-session-id"]),
    "MCP-Protocol-Version": "2025-11-25",
  };
}

async function statusOf(session: SessionHeaders): Promise<number> {
  return (await sendMessage(server.url, request("tools/list"), session)).status;
}

test("a session unused for half an hour is forgotten, one that its client listens to is kept", async () => {
  const [unused, listening] = await Promise.all([openSession(), openSession()]);
  const listener = httpRequest(server.url, { headers: { ...listening, Accept: "text/event-stream" } }).end();
  await once(listener, "response");
  await vi.waitFor(async () => {
    now += idleMilliseconds;
    await openSession();
    expect(await statusOf(unused)).toBe(404);
  });
  expect(await statusOf(listening)).toBe(200);
  listener.destroy();
});

test("the 257th session takes the place of the one unused for longest", async () => {
  const [first, second] = [await openSession(), await openSession()];
  for (let opened = 2; opened < 256; opened += 1) {
    now += 1;
    await openSession();
  }
  now += 1;
  expect(await statusOf(first)).toBe(200);
  await openSession();
  expect(await statusOf(second)).toBe(404);
  expect(await statusOf(first)).toBe(200);
});

test("neither a session that ended nor one that was refused goes on listening for changes", async () => {
  const session = await openSession();
  await openSession();
  expect(server.changes.listenerCount).toBe(2);
  await sendHttp(server.url, { method: "DELETE", headers: session });
  const refused = await sendMessage(server.url, initialize("2025-11-25"), { Accept: "application/json" });
  expect(refused.status).toBe(406);
  await vi.waitFor(() => expect(server.changes.listenerCount).toBe(1));
});
