import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { type App, createApp } from "../../src/app.ts";
import { readConfig } from "../../src/config/config.ts";
import { eventKinds } from "../../src/domain/event.ts";
import { type VendorName, vendorNames } from "../../src/domain/failure.ts";
import { startFeeds } from "../../src/feeds/start-feeds.ts";
import { receiveCallbacks } from "../../src/receive-callbacks.ts";
import { type Sandbox, startSandbox } from "../../src/sandbox/sandbox.ts";
import { productIdOf } from "../../src/sandbox/yunji/seed/goods.ts";
import { callToolsOf } from "./call-tool.ts";
import type { ExampleWorld } from "./example-calls/example.ts";
import { placePaidOrder } from "./example-calls/takeout-orders.ts";
import { exampleImport } from "./example-calls.ts";

/** What a vendor told by itself and list_events shows. */
export type ObservedEvent = { vendor: VendorName; kind: string };

type Call = ExampleWorld["call"];

/** Every event of the documents. */
export const allEvents: readonly ObservedEvent[] = vendorNames.flatMap((vendor) =>
  kindsOf(vendor).map((kind) => ({ vendor, kind })),
);

function kindsOf(vendor: VendorName): readonly string[] {
  const kinds: Partial<Record<VendorName, readonly string[]>> = eventKinds;
  return kinds[vendor] ?? [];
}

/** However slow the machine is, by then whatever is to come has come. */
const patienceMilliseconds = 25_000;
const pauseMilliseconds = 100;

const day = 86_400;

/** Lets the vendors of the sandbox do all that they tell of, and gives what arrives by callback, socket and polling. */
export async function observeEvents(): Promise<ObservedEvent[]> {
  const sandbox = await startSandbox({ timeScale: 0 });
  const log: string[] = [];
  const environment = {
    ...sandbox.environment,
    WAYBILL_STATE: ":memory:",
    WAYBILL_CONFIRM: "off",
    WAYBILL_POLL_SECONDS: "1",
  };
  const endsAt = Date.now() + patienceMilliseconds;
  const app = createApp(readConfig(environment), { writeLog: (line) => log.push(line) });
  const receiver = await startReceiver(app);
  sandbox.setCallbackUrl(`${receiver.url}/webhooks/yunji`);
  const feeds = startFeeds(app);
  try {
    await until(endsAt, async () => log.some((line) => line.includes('"connected"')));
    const call = callToolsOf(app);
    await letThingsHappen({ call, holdings: sandbox.holdings }, sandbox);
    sandbox.advance(day);
    await until(endsAt, async () => (await arrived(call)).length === allEvents.length);
    return await arrived(call);
  } finally {
    await feeds.close();
    await receiver.close();
    await app.close();
    await sandbox.close();
  }
}

async function letThingsHappen(world: ExampleWorld, sandbox: Sandbox): Promise<void> {
  const cable = { items: [{ product_id: productIdOf(1, "充电线"), quantity: 1 }], amount: "39.00" };
  await world.call("create_robot_order", { ...cable, room: "0801" });
  await world.call("create_robot_order", { ...cable, room: "1301" }); // where robots get stuck
  for (const [externalJobId, status] of [
    ["JOB-DELIVERED", "completed"],
    ["JOB-FAILED", "failed"],
  ] as const) {
    const route = exampleImport(externalJobId);
    for (const { external_stop_id: externalStopId } of route.stops)
      sandbox.orderStopEnd({ externalStopId, externalJobId, status });
    await world.call("import_route", route);
  }
  const { order_id } = await placePaidOrder(world);
  await world.call("advance_takeout_order", { order_id, action: "accept", estimated_minutes: 20 });
  await world.call("report_driver_location", { lat: 23.13, lng: 113.32 });
}

/** The kinds that list_events shows something of. */
async function arrived(call: Call): Promise<ObservedEvent[]> {
  const found: ObservedEvent[] = [];
  for (const event of allEvents) {
    const { data } = await call("list_events", { ...event, limit: 1 });
    if (data["total"] !== 0) found.push(event);
  }
  return found;
}

/** The server's own receiver of callbacks, on a free port. */
async function startReceiver(app: App) {
  const webhooks = receiveCallbacks(app);
  if (!webhooks) throw new Error("the sandbox gives a secret for callbacks");
  const server = createServer((request, response) => void webhooks(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  };
  return { url: `http://127.0.0.1:${port}`, close };
}

/** Waits no longer than there is patience for: what has not come by then is told as a gap. */
async function until(endsAt: number, isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo()) && Date.now() < endsAt) await pause(pauseMilliseconds);
}
