import { once } from "node:events";
import { beforeEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import type { FaultKind } from "../../src/sandbox/faults.ts";
import { call, post } from "./running-sandbox.ts";
import { connect, refusedUpgrade, socketUrl } from "./takeout/notice-client.ts";
import { type Client, runningTakeout, signIn } from "./takeout/running-takeout.ts";

const takeout = runningTakeout();
let client: Client;
let url: string;
beforeEach(async () => {
  client = await signIn(takeout());
  url = socketUrl(takeout().url, client.token);
});

const endpoint = "WS /ws";

describe("an upgrade", () => {
  test.each([
    "/",
    "/takeout",
    "/takeout/wss",
    "/takeout/ws/",
    "/takeout/api/v1/merchants",
    "/_faults",
    "/nobody/ws",
  ])("on %s is a 404", async (path) => {
    expect(await refusedUpgrade(takeout().url.replace("http", "ws") + path)).toMatchObject({ status: 404 });
  });

  test("of a path that is no WebSocket is refused in the vendor's own words", async () => {
    const refused = await refusedUpgrade(`${takeout().url.replace("http", "ws")}/takeout/wss`);
    expect(JSON.parse("text" in refused ? refused.text : "")).toMatchObject({ success: false, code: 404 });
  });

  test("is wanted: a plain request is a 426 that says so", async () => {
    const { status, headers, body } = await call(`${takeout().url}/takeout/ws?token=${client.token}`);
    expect({ status, upgrade: headers.get("upgrade") }).toEqual({ status: 426, upgrade: "websocket" });
    expect(body).toMatchObject({ success: false, code: 426 });
  });

  test("is in the request log with its status", async () => {
    await refusedUpgrade(socketUrl(takeout().url, "x"));
    const { socket } = await connect(url);
    socket.terminate();
    const logged = takeout().requests.list().slice(-2);
    expect(logged).toMatchObject([
      { method: "GET", path: "/ws", endpoint, status: 401 },
      { method: "GET", path: "/ws", endpoint, status: 101 },
    ]);
  });

  test("answers pings", async () => {
    const { socket, settled } = await connect(url);
    await settled();
    expect(socket.readyState).toBe(WebSocket.OPEN);
    socket.terminate();
  });

  test("with a message beyond 64 KiB ends with 1009", async () => {
    const { socket, closed } = await connect(url);
    socket.send("x".repeat(65 * 1024));
    expect(await closed).toBe(1009);
  });
});

describe("faults", () => {
  function order(kind: FaultKind, more: Record<string, number> = {}) {
    return post(`${takeout().url}/_faults`, { vendor: "takeout", endpoint, kind, ...more });
  }

  test.each<[FaultKind, number]>([
    ["error_500_before", 500],
    ["error_500_after", 500],
    ["rate_limited", 429],
    ["unauthorized", 401],
    ["forbidden", 403],
    ["html", 502],
    ["wrong_shape", 200],
    ["not_json", 200],
  ])("%s is a %i instead of the upgrade, once", async (kind, status) => {
    expect((await order(kind)).status).toBe(200);
    expect(await refusedUpgrade(url)).toMatchObject({ status });
    const { socket } = await connect(url);
    socket.terminate();
  });

  test("answer_lost drops the connection without a word", async () => {
    await order("answer_lost");
    expect(await refusedUpgrade(url)).toEqual({ error: expect.any(String) });
    const { socket } = await connect(url);
    socket.terminate();
  });

  test("late upgrades after the delay", async () => {
    await order("late", { delay_seconds: 0.2 });
    const { socket } = await connect(url);
    expect(socket.readyState).toBe(WebSocket.OPEN);
    socket.terminate();
  });

  test("clock_off makes the token be over early", async () => {
    await order("clock_off", { clock_offset_seconds: 3 * 3600 });
    expect(await refusedUpgrade(url)).toMatchObject({ status: 401 });
  });

  test("of the vendor without a name wait for its endpoints", async () => {
    await post(`${takeout().url}/_faults`, { vendor: "takeout", kind: "error_500_before" });
    const { socket } = await connect(url);
    socket.terminate();
    expect((await client.send("GET /merchants")).status).toBe(500);
  });
});

test("POST /_sockets/drop cuts every open connection without a word, and new ones can be opened", async () => {
  const open = await Promise.all([connect(url), connect(url)]);
  const { status, body } = await post(`${takeout().url}/_sockets/drop`, {});
  expect({ status, body }).toEqual({ status: 200, body: { dropped: 2 } });
  expect(await Promise.all(open.map(({ closed }) => closed))).toEqual([1006, 1006]);
  const { socket } = await connect(url);
  expect((await post(`${takeout().url}/_sockets/drop`, {})).body).toEqual({ dropped: 1 });
  await once(socket, "close");
});

test("closing the server ends open connections, and those that still wait for their upgrade", async () => {
  const { closed } = await connect(url);
  takeout().faults.add({ vendor: "takeout", endpoint, kind: "late", delaySeconds: 600 });
  const waiting = refusedUpgrade(url);
  await expect.poll(() => takeout().requests.list().at(-1)).toMatchObject({ path: "/ws", status: null });
  await takeout().close();
  expect([1001, 1006]).toContain(await closed);
  expect(await waiting).toEqual({ error: expect.any(String) });
});
