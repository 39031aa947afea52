import { onTestFinished } from "vitest";
import { type App, createApp } from "../../src/app.ts";
import { readConfig } from "../../src/config/config.ts";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../src/sandbox/sandbox.ts";
import { callToolsOf } from "./call-tool.ts";
import type { TestClient } from "./clients.ts";
import { smallDay } from "./small-day.ts";

/** Drivers whom the sandbox's RouteMate knows, for the vehicles of the small day. */
export const smallDayDrivers = {
  粤A12345: "chen.zhiqiang@lingzhi.example",
  粤A67890: "liang.weiming@lingzhi.example",
};

/** A dispatcher's place: the tools in this process, on a state of its own, and the sandbox behind them. */
export type DispatchDesk = {
  app: App;
  sandbox: Sandbox;
  call: TestClient["call"];
  /** Another process on the same state, as far as one process can be two. */
  another: (environment?: Record<string, string>) => { app: App; call: TestClient["call"] };
  /** A plan of the small day, with nothing of the ERP. */
  planSmallDay: () => Promise<string>;
  /** Asks for a preview and gives the arguments that carry it out. */
  preview: (args: object) => Promise<{ confirmed: Record<string, unknown>; data: Data; text: string }>;
  /** How many imports the vendor was sent. */
  imports: () => number;
};

type Data = Record<string, unknown>;

/** Opens a desk; everything is closed when the test ends. */
export async function openDispatchDesk({
  location = ":memory:",
  environment = {},
  sandbox: options = {},
}: {
  location?: string;
  environment?: Record<string, string>;
  sandbox?: SandboxOptions;
} = {}): Promise<DispatchDesk> {
  const sandbox = await startSandbox({ timeScale: 0, ...options });
  onTestFinished(() => sandbox.close());
  const another = (more: Record<string, string> = {}) => {
    const app = createApp(
      readConfig({ ...sandbox.environment, WAYBILL_STATE: location, ...environment, ...more }),
      { writeLog: () => {} },
    );
    onTestFinished(() => app.close());
    return { app, call: callToolsOf(app) };
  };
  const { app, call } = another();
  return {
    app,
    sandbox,
    call,
    another,
    planSmallDay: async () => String((await call("plan_load", smallDay)).data["plan_id"]),
    preview: async (args) => {
      const { data, text } = await call("dispatch_plan", { ...args });
      return { confirmed: { ...args, confirmation: data["confirmation"] }, data, text };
    },
    imports: () => sandbox.requests.filter(({ endpoint }) => endpoint === importEndpoint).length,
  };
}

/** RouteMate's import, as faults and requests name it. */
export const importEndpoint = "POST /v1/integration-import";
