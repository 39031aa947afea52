import { onTestFinished } from "vitest";
import { createApp } from "../../../src/app.ts";
import { readConfig } from "../../../src/config/config.ts";
import type { Failure, VendorName } from "../../../src/domain/failure.ts";
import type { FaultOrder } from "../../../src/sandbox/faults.ts";
import { startSandbox } from "../../../src/sandbox/sandbox.ts";
import { openStore } from "../../../src/state/open-store.ts";
import { toolsets } from "../../../src/tools/index.ts";
import { failureOf } from "../../support/failures.ts";

type Arguments = Record<string, unknown>;

/** All vendors in the sandbox, whose clock stands still, and every tool in front of them. */
export async function openTrackingDesk(settings: Record<string, string> = {}) {
  const sandbox = await startSandbox({ timeScale: 0 });
  const environment = {
    ...sandbox.environment,
    WAYBILL_CONFIRM: "off",
    WAYBILL_LOG_LEVEL: "silent",
    ...settings,
  };
  const opened = createApp(readConfig(environment));
  // A request whose answer was lost here has landed by then.
  const store = await openStore({ location: ":memory:", now: Date.now, waits: { landingMilliseconds: 100 } });
  const app = { ...opened, store: async () => store };
  onTestFinished(async () => {
    await opened.close();
    await store.close();
    await sandbox.close();
  });
  const run = (name: string, args: Arguments, signal = new AbortController().signal) => {
    const tool = Object.values(toolsets)
      .flat()
      .find((one) => one.name === name);
    if (!tool) throw new Error(`no tool ${name}`);
    return tool.run(args, app, { signal, reportProgress: () => {} }).then((answer) => {
      if (answer.data["needs_confirmation"] !== true) tool.output.strict().parse(answer.data);
      return answer;
    });
  };
  return {
    app,
    store,
    sandbox,
    /** Calls a tool; its data must fit its own schema. */
    call: run,
    /** Calls a tool that must fail. */
    fail: (name: string, args: Arguments): Promise<Failure> => failureOf(run(name, args)),
    addFault: (order: FaultOrder) => sandbox.addFault(order),
    /** How often an endpoint was asked. */
    asked: (endpoint: string) => sandbox.requests.filter((request) => request.endpoint === endpoint).length,
    held: (vendor: VendorName, kind: string) => sandbox.holdings(vendor)[kind] ?? [],
  };
}

export type TrackingDesk = Awaited<ReturnType<typeof openTrackingDesk>>;
