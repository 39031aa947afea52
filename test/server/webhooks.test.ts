import { once } from "node:events";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import type { KeptEvent } from "../../src/domain/event.ts";
import { openStore } from "../../src/state/open-store.ts";
import { modernRequest } from "../support/messages.ts";
import { sendHttp, sendMessage } from "../support/raw-http.ts";
import { type HttpServerProcess, startHttpServer } from "../support/server-process.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const secret = "a-secret-of-32-characters-length";
const storeId = "0139d33c-5204-4a6a-8830-9947c6bee3c0";
const kinds = ["task-exception", "arrived", "dispensed", "completed"];

const yunji = {
  WAYBILL_WEBHOOK_SECRET: secret,
  YUNJI_ACCESS_KEY_ID: "testid",
  YUNJI_ACCESS_KEY_SECRET: "testsecret",
  YUNJI_STORE_ID: storeId,
};

/** The fields of yunji.txt's samples. */
const fields = {
  storeId,
  orderSN: "223445452233",
  taskId: "5a38d03a60b6286d9c544f58",
  createTime: "1575629914274",
};

type Push = Partial<Record<keyof typeof fields | "errorCode" | "errorMsg", string>>;

async function startServer(
  env: Record<string, string>,
): Promise<HttpServerProcess & { stderr: () => string }> {
  const server = await startHttpServer(env);
  onTestFinished(() => void server.process.kill("SIGKILL"));
  let said = "";
  server.process.stderr?.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  return { ...server, stderr: () => said };
}

/** A server whose state can no longer take events: the start would have refused such a file. */
async function startServerWithoutInbox(env: Record<string, string> = {}) {
  const location = stateFile();
  const server = await startServer({ ...yunji, ...env, WAYBILL_STATE: location });
  const state = new DatabaseSync(location);
  state.exec("alter table events rename to eventsElsewhere");
  state.close();
  return server;
}

const stateFile = () => join(temporaryFolder(), "waybill.db");

function post(
  { url }: { url: string },
  {
    path = `/webhooks/yunji/arrived/${secret}`,
    headers = {},
    body = new URLSearchParams(fields).toString(),
  } = {},
) {
  const form = { "Content-Type": "application/x-www-form-urlencoded" };
  return sendHttp(new URL(path, url), { method: "POST", headers: { ...form, ...headers }, body });
}

const push = (server: { url: string }, kind: string, changes: Push = {}) =>
  post(server, {
    path: `/webhooks/yunji/${kind}/${secret}`,
    body: new URLSearchParams({ ...fields, ...changes }).toString(),
  });

/** What the inbox of a state file holds, oldest first. */
async function inboxOf(location: string): Promise<KeptEvent[]> {
  const store = await openStore({ location, now: Date.now });
  const { items } = await store.events.list({ limit: 1_000 });
  await store.close();
  return items.toReversed();
}

describe("a push of the robots' vendor", () => {
  test("is kept before it is answered with 200, whichever of the four it is", async () => {
    const location = stateFile();
    const server = await startServer({ ...yunji, WAYBILL_STATE: location });
    for (const kind of kinds) {
      expect(await push(server, kind, { errorCode: "1290", errorMsg: "出货失败" })).toMatchObject({
        status: 200,
      });
      expect((await inboxOf(location)).at(-1)).toMatchObject({
        vendor: "yunji",
        kind,
        occurredAt: "2019-12-06T10:58:34.274Z",
        subject: { orderSn: "223445452233", taskId: "5a38d03a60b6286d9c544f58", storeId },
        data: { errorCode: 1290, errorMsg: "出货失败" },
      });
    }
  });

  test("may be JSON, as the document shows it, with every digit of the order number", async () => {
    const location = stateFile();
    const server = await startServer({ ...yunji, WAYBILL_STATE: location });
    const body = `{"storeId":"${storeId}","orderSN":9223372036854775807,"taskId":"t","createTime":1575629914274}`;
    const headers = { "Content-Type": "application/json" };
    expect(await post(server, { body, headers })).toMatchObject({ status: 200 });
    expect(await inboxOf(location)).toMatchObject([{ subject: { orderSn: "9223372036854775807" } }]);
  });

  test("that comes again is answered with 200 again and is one event", async () => {
    const location = stateFile();
    const server = await startServer({ ...yunji, WAYBILL_STATE: location });
    for (let time = 0; time < 3; time++) expect(await push(server, "arrived")).toMatchObject({ status: 200 });
    expect(await inboxOf(location)).toHaveLength(1);
  });

  test("survives the process being killed right after the 200, and list_events tells it afterwards", async () => {
    const location = stateFile();
    const server = await startServer({ ...yunji, WAYBILL_STATE: location });
    for (let order = 1; order <= 20; order++) {
      expect((await push(server, "completed", { orderSN: String(order) })).status).toBe(200);
    }
    server.process.kill("SIGKILL");
    await once(server.process, "exit");
    const next = await startServer({ ...yunji, WAYBILL_STATE: location });
    const call = modernRequest("tools/call", { name: "list_events", arguments: { vendor: "yunji" } });
    const { message } = await sendMessage(next.url, call);
    const orders = Array.from({ length: 20 }, (_, index) => ({ subject: { order_sn: String(20 - index) } }));
    expect(message?.result).toMatchObject({ structuredContent: { total: 20, events: orders } });
  });

  test("fills the inbox alike in any order and any number of times", async () => {
    const location = stateFile();
    const server = await startServer({ ...yunji, WAYBILL_STATE: location });
    let round = 0;
    const anyPush = fc.record({
      kind: fc.constantFrom(...kinds),
      order: fc.integer({ min: 1, max: 3 }),
      taskId: fc.constantFrom("a", "b"),
      createTime: fc.constantFrom("1575629914274", "1575629914275"),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(anyPush, { maxLength: 12 }), async (pushes) => {
        round++;
        const before = (await inboxOf(location)).length;
        const send = ({ kind, order, ...rest }: (typeof pushes)[number]) =>
          push(server, kind, { ...rest, orderSN: `${round}${order}` });
        const answers = await Promise.all([...pushes, ...pushes.toReversed()].map(send));
        expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
        const distinct = new Set(pushes.map((one) => JSON.stringify(Object.values(one))));
        expect((await inboxOf(location)).length - before).toBe(distinct.size);
      }),
      { numRuns: 15 },
    );
  });

  test("that reaches several processes of one state at the same time is one event", async () => {
    const location = stateFile();
    const env = { ...yunji, WAYBILL_STATE: location };
    const servers = await Promise.all([startServer(env), startServer(env), startServer(env)]);
    const orders = Array.from({ length: 15 }, (_, index) => String(index + 1));
    const answers = await Promise.all(
      orders.flatMap((orderSN) => servers.map((server) => push(server, "arrived", { orderSN }))),
    );
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    const kept = (await inboxOf(location)).map(({ subject }) => subject.orderSn);
    expect(kept).toHaveLength(orders.length);
    expect(new Set(kept)).toEqual(new Set(orders));
  });

  test("comes through a proxy under any host name, while a tool call does not", async () => {
    const server = await startServer(yunji);
    const headers = { Host: "robots.hotel.example", Origin: "https://robots.hotel.example" };
    expect((await post(server, { headers })).status).toBe(200);
    expect((await sendHttp(server.url, { method: "POST", headers, body: "{}" })).status).toBe(403);
    expect((await sendHttp(new URL("/healthz", server.url), { headers })).status).toBe(403);
  });
});

describe("not found is", () => {
  const path = (...parts: string[]) => ["", "webhooks", ...parts].join("/");

  test("whatever does not end in the secret, is no kind of the vendor's, or is another vendor's", async () => {
    const server = await startServer(yunji);
    for (const wrong of [
      path("yunji", "arrived", "another-secret-of-32-characters"),
      path("yunji", "arrived", secret.slice(0, -1)),
      path("yunji", "arrived", `${secret}x`),
      path("yunji", "arrived", ""),
      path("yunji", "arrived"),
      path("yunji", "vanished", secret),
      path("yunji", "constructor", secret),
      path("routemate", "arrived", secret),
      path("__proto__", "arrived", secret),
      path("yunji", "arrived", secret, "more"),
      path("yunji", "arrived", secret, ""),
      path("yunji", `arrived?/${secret}`),
      path(""),
    ]) {
      expect({ wrong, ...(await post(server, { path: wrong })) }).toMatchObject({
        status: 404,
        text: "Not found\n",
      });
    }
  });

  test("every push while no secret or no hotel is configured", async () => {
    const { WAYBILL_WEBHOOK_SECRET: _, ...withoutSecret } = yunji;
    for (const env of [withoutSecret, { WAYBILL_WEBHOOK_SECRET: secret }]) {
      const server = await startServer(env);
      const headers = { Host: "robots.hotel.example" };
      expect((await post(server, { headers })).status).toBe(404);
      expect((await post(server, { path: "/webhooks/yunji/arrived/undefined" })).status).toBe(404);
    }
  });
});

describe("refused is a push, and nothing is kept of it", () => {
  test("to another hotel, with fields missing or wrong, too large, or with another method", async () => {
    const location = stateFile();
    const server = await startServer({ ...yunji, WAYBILL_STATE: location });
    expect((await push(server, "arrived", { storeId: "another" })).status).toBe(403);
    expect((await push(server, "arrived", { orderSN: "9223372036854775808" })).status).toBe(400);
    expect((await push(server, "arrived", { createTime: "" })).status).toBe(400);
    expect((await post(server, { body: "" })).status).toBe(400);
    const large = new URLSearchParams({ ...fields, errorMsg: "x".repeat(100_000) }).toString();
    expect((await post(server, { body: large })).status).toBe(413);
    expect((await post(server, { body: large, headers: { "Transfer-Encoding": "chunked" } })).status).toBe(
      413,
    );
    for (const method of ["GET", "PUT", "DELETE", "OPTIONS"]) {
      const answer = await sendHttp(new URL(`/webhooks/yunji/arrived/${secret}`, server.url), { method });
      expect({ status: answer.status, allow: answer.headers.allow }).toEqual({ status: 405, allow: "POST" });
    }
    expect(await inboxOf(location)).toEqual([]);
    expect((await push(server, "arrived")).status).toBe(200);
  });

  test("while the state can't be written: the vendor is told to push it again", async () => {
    const server = await startServerWithoutInbox();
    expect((await push(server, "arrived")).status).toBe(503);
  });
});

test("no log holds the secret, whatever comes to its address", async () => {
  const server = await startServerWithoutInbox({ WAYBILL_LOG_LEVEL: "debug" });
  await push(server, "arrived");
  await push(server, "arrived", { storeId: "another" });
  await push(server, "arrived", { storeId: secret });
  await post(server, { path: `/webhooks/yunji/arrived/${secret}x` });
  await server.stop();
  expect(server.stderr()).toContain("callback not kept");
  expect(server.stderr()).toContain("wrong_store");
  expect(server.stderr()).not.toContain(secret);
});
