import { onTestFinished } from "vitest";
import { createApp } from "../../src/app.ts";
import { readConfig } from "../../src/config/config.ts";
import { createCallbacks } from "../../src/sandbox/callbacks.ts";
import { createClock } from "../../src/sandbox/clock.ts";
import { createFaultQueue, type FaultKind } from "../../src/sandbox/faults.ts";
import { createRequestLog } from "../../src/sandbox/request-log.ts";
import { startServer } from "../../src/sandbox/server.ts";
import { productIdOf } from "../../src/sandbox/yunji/seed/goods.ts";
import type { SigningScope } from "../../src/sandbox/yunji/signature.ts";
import { createYunji } from "../../src/sandbox/yunji/yunji.ts";
import type { Tool } from "../../src/tools/tool.ts";
import { failureOf } from "./failures.ts";

const seed = 1;

/** A hotel with robots in the sandbox, and the tools in front of it. Its clock runs at real speed from the real time. */
export async function openRobotDesk(settings: Record<string, string> = {}, signing: SigningScope = "json") {
  const clock = createClock({ now: Date.now, timeScale: 1 });
  const callbacks = createCallbacks("webhook-secret");
  const vendor = createYunji({ clock, seed, callbacks, signing });
  const faults = createFaultQueue([vendor]);
  const requests = createRequestLog();
  const server = await startServer({ vendors: [vendor], clock, faults, requests, callbacks }, 0);
  const environment = {
    ...vendor.environment(`${server.url}/yunji`),
    WAYBILL_STATE: ":memory:",
    WAYBILL_CONFIRM: "off",
    WAYBILL_LOG_LEVEL: "silent",
    ...settings,
  };
  const app = createApp(readConfig(environment));
  onTestFinished(async () => {
    await app.close();
    clock.stop();
    callbacks.close();
    await server.close();
  });

  const call = { signal: new AbortController().signal, reportProgress: () => {} };
  const run = (tool: Tool, args: Record<string, unknown>) => tool.run(args, app, call);
  return {
    clock,
    /** The hotel that the vendor has. */
    storeId: vendor.environment("")["YUNJI_STORE_ID"] ?? "",
    /** Calls a tool; its data must fit its own schema. */
    call: async (tool: Tool, args: Record<string, unknown>) => {
      const { data, text } = await run(tool, args);
      return { data: data["needs_confirmation"] ? data : tool.output.strict().parse(data), text };
    },
    /** Calls a tool that must fail. */
    fail: (tool: Tool, args: Record<string, unknown>) => failureOf(run(tool, args)),
    addFault: (endpoint: string, kind: FaultKind, count = 1) =>
      faults.add({ vendor: "yunji", endpoint, kind, count }),
    /** How often an endpoint was asked. */
    asked: (endpoint: string) => requests.list().filter((request) => request.endpoint === endpoint).length,
    /** The orders that the vendor holds, oldest first. */
    orders: () => vendor.holdings?.()["orders"] ?? [],
    /** What doctor finds out. */
    check: async () => (await app.yunji()).check(),
    users: () => vendor.holdings?.()["users"] ?? [],
  };
}

/** A good's identifier by its name. */
export function good(name: string): string {
  return productIdOf(seed, name);
}

/** An order that the hotel takes. */
export const waterFor = (room: string) => ({
  room,
  items: [{ product_id: good("矿泉水"), quantity: 2 }],
  amount: "5.00",
});
