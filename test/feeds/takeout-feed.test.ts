import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect, onTestFinished, test, vi } from "vitest";
import { type App, createApp } from "../../src/app.ts";
import { readConfig } from "../../src/config/config.ts";
import type { KeptEvent } from "../../src/domain/event.ts";
import { startFeeds } from "../../src/feeds/start-feeds.ts";
import { call, startedAt } from "../sandbox/running-sandbox.ts";
import {
  type Client,
  type RunningTakeout,
  signIn,
  startTakeout,
} from "../sandbox/takeout/running-takeout.ts";
import { placeOrder } from "../sandbox/takeout/shopping.ts";
import { type HttpServerProcess, startHttpServer } from "../support/server-process.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const soon = { timeout: 15_000, interval: 50 };

async function runningVendor(): Promise<{ vendor: RunningTakeout; customer: Client }> {
  const vendor = await startTakeout();
  onTestFinished(() => vendor.close());
  return { vendor, customer: await signIn(vendor) };
}

type Server = {
  app: App;
  log: () => Record<string, unknown>[];
  startFeeds: () => void;
  stop: () => Promise<void>;
};

/** What a server process is made of, on a state file that others may share, at the vendor's time of day. */
function openServer({ environment }: RunningTakeout, location = ":memory:"): Server {
  const openedAt = Date.now();
  const log: string[] = [];
  const app = createApp(readConfig({ ...environment, WAYBILL_STATE: location }), {
    now: () => startedAt + Date.now() - openedAt,
    writeLog: (line) => log.push(line),
  });
  const closers: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const close of closers.splice(0)) await close();
    await app.close();
  };
  onTestFinished(stop);
  return {
    app,
    stop,
    log: () => log.map((line) => JSON.parse(line)),
    startFeeds: () => closers.push(startFeeds(app).close),
  };
}

/** A server process of its own, once it is connected. */
async function startListener({ environment }: RunningTakeout, location: string): Promise<HttpServerProcess> {
  const server = await startHttpServer({
    ...environment,
    WAYBILL_STATE: location,
    WAYBILL_LOG_LEVEL: "info",
  });
  onTestFinished(() => void server.process.kill("SIGKILL"));
  const connected = Promise.withResolvers<void>();
  server.process.stderr?.on("data", (chunk: Buffer) => {
    if (chunk.toString().includes('"connected"')) connected.resolve();
  });
  await connected.promise;
  return server;
}

const countConnected = ({ log }: Server) => log().filter(({ state }) => state === "connected").length;

async function untilConnected(server: Server, times = 1): Promise<void> {
  await vi.waitFor(() => expect(countConnected(server)).toBeGreaterThanOrEqual(times), soon);
}

/** What the inbox holds of one order, oldest first. */
async function inboxOf({ app }: Server, takeoutOrderId: string): Promise<KeptEvent[]> {
  const { events } = await app.store();
  return (await events.list({ limit: 1_000, subject: { takeoutOrderId } })).items.toReversed();
}

async function untilTold(server: Server, orderId: string, count: number): Promise<KeptEvent[]> {
  return vi.waitFor(async () => {
    const events = await inboxOf(server, orderId);
    expect(events.length).toBeGreaterThanOrEqual(count);
    return events;
  }, soon);
}

const payFor = (customer: Client, { orderId, actualAmount }: Awaited<ReturnType<typeof placeOrder>>) =>
  customer.send("POST /payments", { orderId, paymentMethod: "balance", amount: actualAmount });

/** Longer than a reading waits for messages that are on their way. */
const settledMilliseconds = 3_000;

test("what the vendor tells is kept as it comes, once, by all who listen on one state", async () => {
  const { vendor, customer } = await runningVendor();
  const location = join(temporaryFolder(), "waybill.db");
  const listeners = await Promise.all([startListener(vendor, location), startListener(vendor, location)]);
  const server = openServer(vendor, location);
  const order = await placeOrder(customer);
  await payFor(customer, order);
  await customer.send(`POST /orders/${order.orderId}/accept`, { estimatedTime: 30 });
  await untilTold(server, order.orderId, 4);
  await delay(settledMilliseconds);
  const events = await inboxOf(server, order.orderId);
  expect(events.map(({ kind, data }) => [kind, data["status"] ?? null])).toEqual([
    ["order.new", null],
    ["order.status", 2],
    ["payment.success", null],
    ["order.status", 3],
  ]);
  expect(events[0]).toMatchObject({ vendor: "takeout", subject: { orderNo: order.orderNo } });
  expect(await Promise.all(listeners.map(({ stop }) => stop()))).toEqual([0, 0]);
});

test("what happened without a connection is read once it stands again, and told once", async () => {
  const { vendor, customer } = await runningVendor();
  const server = openServer(vendor);
  server.startFeeds();
  await untilConnected(server);
  const followed = await placeOrder(customer);
  await untilTold(server, followed.orderId, 1);
  const noConnection = { vendor: "takeout", endpoint: "WS /ws", kind: "error_500_before", count: 10_000 };
  await call(`${vendor.url}/_faults`, { method: "POST", body: JSON.stringify(noConnection) });
  await call(`${vendor.url}/_sockets/drop`, { method: "POST" });
  await payFor(customer, followed);
  const unseen = await placeOrder(customer);
  await call(`${vendor.url}/_faults`, { method: "DELETE" });
  await untilConnected(server, 2);
  const [, missed, paid] = await untilTold(server, followed.orderId, 3);
  expect(missed).toMatchObject({ kind: "order.status", data: { status: 2, foundByReading: true } });
  expect(paid).toMatchObject({
    kind: "payment.success",
    subject: { orderNo: followed.orderNo },
    data: { paymentMethod: "balance", foundByReading: true },
  });
  const [made] = await untilTold(server, unseen.orderId, 1);
  expect(made).toMatchObject({ kind: "order.new", data: { status: 1, foundByReading: true } });
  await call(`${vendor.url}/_sockets/drop`, { method: "POST" });
  await untilConnected(server, 3);
  await delay(settledMilliseconds);
  expect(await inboxOf(server, followed.orderId)).toHaveLength(3);
  expect(await inboxOf(server, unseen.orderId)).toHaveLength(1);
});

test("a payment that a message told is not read a second time when the connection comes back", async () => {
  const { vendor, customer } = await runningVendor();
  const server = openServer(vendor);
  server.startFeeds();
  await untilConnected(server);
  const order = await placeOrder(customer);
  await payFor(customer, order);
  await untilTold(server, order.orderId, 3);
  await call(`${vendor.url}/_sockets/drop`, { method: "POST" });
  await untilConnected(server, 2);
  await delay(settledMilliseconds);
  const payments = (await inboxOf(server, order.orderId)).filter(({ kind }) => kind === "payment.success");
  expect(payments).toHaveLength(1);
  expect(payments[0]?.subject.paymentNo).toMatch(/^PAY/);
});

test("a restart on the same state tells nothing a second time", async () => {
  const { vendor, customer } = await runningVendor();
  const location = join(temporaryFolder(), "waybill.db");
  const order = await placeOrder(customer);
  const first = openServer(vendor, location);
  first.startFeeds();
  await untilTold(first, order.orderId, 1);
  await first.stop();
  const second = openServer(vendor, location);
  second.startFeeds();
  await untilConnected(second);
  await delay(settledMilliseconds);
  expect(await inboxOf(second, order.orderId)).toHaveLength(1);
});

test("a vendor that is down is tried again, and the server closes all the same", async () => {
  const { vendor } = await runningVendor();
  const server = openServer(vendor);
  await vendor.close();
  server.startFeeds();
  await vi.waitFor(
    () => expect(server.log()).toContainEqual(expect.objectContaining({ state: "disconnected" })),
    soon,
  );
  await server.stop();
  expect(server.log().map(({ level }) => level)).not.toContain("error");
});
