import { once } from "node:events";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { VendorEvent } from "../../../src/domain/event.ts";
import type { LiveState } from "../../../src/domain/takeout/live.ts";
import { createTakeout, type TakeoutClient } from "../../../src/providers/takeout/client.ts";
import { createFakeClock, type FakeClock } from "../../support/fake-clock.ts";
import { fixture } from "../../support/fixture.ts";
import { type LiveVendor, startLiveVendor } from "../../support/live-vendor.ts";
import { account } from "../../support/takeout-vendor.ts";
import { createTestHttp } from "../../support/test-http.ts";

let vendor: LiveVendor;
let clock: FakeClock;
let lent: ReturnType<typeof createTestHttp>;
let takeout: TakeoutClient;
let events: VendorEvent[];
let states: LiveState[];
let stop: AbortController;
let listening: Promise<void>;

beforeEach(async () => {
  vendor = await startLiveVendor();
  clock = createFakeClock();
  lent = createTestHttp({ retries: 0 }, { clock }); // its random is 0.5
  takeout = open();
  events = [];
  states = [];
  stop = new AbortController();
});

afterEach(async () => {
  stop.abort();
  const closed = takeout.close();
  await clock.advance(2_000);
  await Promise.all([closed, listening]);
  await vendor.close();
});

const open = (config = {}) => createTakeout({ baseUrl: `${vendor.url}/api/v1`, ...account, ...config }, lent);

/** Listens until the test ends, or its signal aborts; `listening` settles then. */
const listen = (
  onEvent: (event: VendorEvent) => void | Promise<void> = (event) => void events.push(event),
) => {
  listening = takeout.listen({ onEvent, onState: (state) => states.push(state), signal: stop.signal });
};

const kinds = () =>
  states.map((state) => ("reason" in state ? `${state.kind}: ${state.reason}` : state.kind));
const waits = () =>
  states.flatMap((state) => ("retryInMilliseconds" in state ? [state.retryInMilliseconds] : []));
const untilStates = (count: number) => expect.poll(() => states.length).toBe(count);
const message = (orderId: string, topic = "order.new") =>
  JSON.stringify({ topic, data: { orderId }, timestamp: "2024-01-01T12:00:00Z" });

test("the socket is beside the API, with the token in its query and the tenant in its header", async () => {
  await takeout.close();
  takeout = open({ baseUrl: `${vendor.url}/takeout/api/v1/`, tenantId: "tenant-7" });
  listen();
  await untilStates(1);
  expect(vendor.requests).toEqual(["/takeout/api/v1/auth/login"]);
  expect(vendor.sockets).toMatchObject([
    { url: "/takeout/ws?token=token-1", headers: { "x-tenant-id": "tenant-7" } },
  ]);
});

test("it subscribes as the document shows, to payments too, and hands on what comes, in its order", async () => {
  listen(async (event) => {
    await new Promise((resolve) => setTimeout(resolve, events.length === 0 ? 20 : 0));
    events.push(event);
  });
  await expect.poll(() => vendor.sockets[0]?.received.length).toBe(1);
  const documented = JSON.parse(fixture("takeout/subscribe.json"));
  expect(JSON.parse(vendor.sockets[0]?.received[0] ?? "")).toEqual({
    ...documented,
    topics: [...documented.topics, "payment.success"],
  });
  vendor.say(fixture("takeout/order-new-message.json"));
  vendor.say(message("o-2"));
  vendor.say(message("o-3", "order.status"));
  await expect.poll(() => events.length).toBe(3);
  expect(events.map(({ kind, subject }) => [kind, subject.takeoutOrderId])).toEqual([
    ["order.new", "uuid"],
    ["order.new", "o-2"],
    ["order.status", "o-3"],
  ]);
  expect(kinds()).toEqual(["connected"]);
});

test("messages that are no events are told and passed over, and the connection holds", async () => {
  listen();
  await untilStates(1);
  for (const bad of ["{", "[]", '{"success":true}', new Uint8Array([0, 255]), message("o", "weather")]) {
    vendor.say(bad);
  }
  vendor.say(message("o-1"));
  await expect.poll(() => events.length).toBe(1);
  expect(kinds()).toEqual(["connected", ...Array(4).fill("ignored: malformed"), "ignored: unknown_topic"]);
  expect(vendor.sockets).toHaveLength(1);
});

test("a connection that the vendor ends is opened and subscribed again after a wait", async () => {
  listen();
  await untilStates(1);
  vendor.sockets[0]?.socket.close(1012);
  await untilStates(2);
  expect(states[1]).toEqual({ kind: "disconnected", reason: "closed", retryInMilliseconds: 500 });
  await clock.advance(499);
  expect(vendor.sockets).toHaveLength(1);
  await clock.advance(1);
  await expect.poll(() => vendor.sockets[1]?.received).toEqual(vendor.sockets[0]?.received);
  vendor.say(message("o-1"));
  await expect.poll(() => events.length).toBe(1);
  expect(vendor.requests).toEqual(["/api/v1/auth/login"]);
});

test("the waits grow to half a minute on average, and start small again after a connection that held", async () => {
  vendor.refuseSocket(() => 503);
  listen();
  for (let attempt = 1; attempt <= 9; attempt++) {
    await untilStates(attempt);
    await clock.advance(waits().at(-1) ?? 0);
  }
  expect(waits().slice(0, 9)).toEqual([500, 1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000]);
  expect(new Set(kinds())).toEqual(new Set(["disconnected: unreachable"]));
  await untilStates(10);
  vendor.refuseSocket(undefined);
  await clock.advance(30_000);
  await expect.poll(() => kinds().at(-1)).toBe("connected");
  await clock.advance(29_000);
  vendor.say(message("o-1"));
  await expect.poll(() => events.length).toBe(1);
  await clock.advance(2_000);
  vendor.sockets[0]?.socket.close();
  await untilStates(12);
  expect(waits().at(-1)).toBe(500);
});

test("a vendor that takes connections and drops them at once is not stormed", async () => {
  listen();
  for (let round = 1; round <= 4; round++) {
    await untilStates(2 * round - 1);
    vendor.sockets.at(-1)?.socket.terminate();
    await untilStates(2 * round);
    await clock.advance(waits().at(-1) ?? 0);
  }
  expect(waits()).toEqual([500, 1000, 2000, 4000]);
});

test.each([401, 403])(
  "a token that is refused with %i is renewed before the next attempt",
  async (status) => {
    vendor.refuseSocket((token) => (token === "token-1" ? status : undefined));
    listen();
    await untilStates(1);
    await clock.advance(500);
    await untilStates(2);
    expect(kinds()).toEqual(["disconnected: refused", "connected"]);
    expect(vendor.requests).toEqual(["/api/v1/auth/login", "/api/v1/auth/refresh"]);
    expect(vendor.sockets.map(({ url }) => url)).toEqual(["/ws?token=token-2"]);
  },
);

test("a token that is refused once the connection stands is renewed too", async () => {
  listen();
  await untilStates(1);
  vendor.sockets[0]?.socket.close(1008);
  await untilStates(2);
  await clock.advance(500);
  await untilStates(3);
  expect(kinds()).toEqual(["connected", "disconnected: refused", "connected"]);
  expect(vendor.sockets[1]?.url).toBe("/ws?token=token-2");
});

test("a token that ran out while the connection stood is refreshed for the next one", async () => {
  await vendor.close();
  vendor = await startLiveVendor({ lifetimeSeconds: 20 });
  takeout = open();
  listen();
  await untilStates(1);
  await clock.advance(25_000);
  vendor.sockets[0]?.socket.close();
  await untilStates(2);
  await clock.advance(500);
  await untilStates(3);
  expect(vendor.requests).toEqual(["/api/v1/auth/login", "/api/v1/auth/refresh"]);
  expect(vendor.sockets[1]?.url).toBe("/ws?token=token-2");
});

test("an account that may not sign in is told, and tried again", async () => {
  vendor.refuseSignIn(401);
  listen();
  await untilStates(1);
  expect(kinds()).toEqual(["disconnected: unauthorized"]);
  vendor.refuseSignIn(undefined);
  await clock.advance(500);
  await untilStates(2);
  expect(kinds()[1]).toBe("connected");
});

test("a message longer than any that is taken ends the connection, and the next one is opened", async () => {
  listen();
  await untilStates(1);
  vendor.say(message("x".repeat(70_000)));
  await untilStates(2);
  expect(kinds()[1]).toBe("disconnected: oversize");
  await clock.advance(500);
  await untilStates(3);
  expect(events).toEqual([]);
});

test("a peer that answers no ping is given up after one interval, and the connection opened again", async () => {
  await vendor.close();
  vendor = await startLiveVendor({ deaf: true });
  takeout = open();
  listen();
  await untilStates(1);
  await clock.advance(29_999);
  expect(kinds()).toEqual(["connected"]);
  await clock.advance(1);
  await untilStates(2);
  expect(kinds()[1]).toBe("disconnected: silent");
  await clock.advance(500);
  await untilStates(3);
  expect(vendor.sockets).toHaveLength(2);
});

test("a listener that fails to take an event is told so and gets the next one", async () => {
  listen((event) => {
    if (event.subject.takeoutOrderId === "o-1") throw new Error("The inbox is full.");
    events.push(event);
  });
  await untilStates(1);
  vendor.say(message("o-1"));
  vendor.say(message("o-2"));
  await expect.poll(() => events.length).toBe(1);
  expect(kinds()).toEqual(["connected", "ignored: not_taken"]);
});

test("the signal ends it in good order, once the events that came are handed over", async () => {
  let finish: () => void = () => {};
  const slow = new Promise<void>((resolve) => {
    finish = resolve;
  });
  listen(async (event) => {
    await slow;
    events.push(event);
  });
  await untilStates(1);
  vendor.say(message("o-1"));
  vendor.say("{");
  await untilStates(2);
  const [connection] = vendor.sockets;
  if (!connection) throw new Error("There is no connection.");
  const closed = once(connection.socket, "close");
  stop.abort();
  expect((await closed)[0]).toBe(1000);
  expect(events).toEqual([]);
  finish();
  await listening;
  expect(events.map(({ subject }) => subject.takeoutOrderId)).toEqual(["o-1"]);
  expect(kinds().at(-1)).toBe("ignored: malformed");
});

test("closing the client ends what listens, be it connected or waiting", async () => {
  listen();
  await untilStates(1);
  await takeout.close();
  await listening;
  takeout = open();
  vendor.refuseSocket(() => 500);
  listen();
  await untilStates(2);
  await takeout.close();
  await listening;
  expect(kinds()).toEqual(["connected", "disconnected: unreachable"]);
});

test("a peer that does not answer the goodbye is cut after a second", async () => {
  listen();
  await untilStates(1);
  vendor.sockets[0]?.socket.pause();
  stop.abort();
  await clock.advance(1_000);
  await listening;
});

test("a listener that was ended before it began connects nowhere", async () => {
  stop.abort();
  listen();
  await listening;
  expect([vendor.requests, states]).toEqual([[], []]);
});

test("the log tells of every attempt, and neither it nor the states hold a token", async () => {
  vendor.refuseSocket((token) => (token === "token-1" ? 401 : undefined));
  listen();
  await untilStates(1);
  await clock.advance(500);
  await untilStates(2);
  const told = lent.events.filter(({ path }) => path === "/ws");
  expect(told.map(({ attempt, status, code }) => [attempt, status ?? code])).toEqual([
    [1, "unauthorized"],
    [2, 101],
  ]);
  expect(JSON.stringify([lent.events, states])).not.toContain("token-");
});
