import { onTestFinished } from "vitest";
import { type App, createApp } from "../../src/app.ts";
import { readConfig } from "../../src/config/config.ts";
import { openStore } from "../../src/state/open-store.ts";
import type { Answer, Tool } from "../../src/tools/tool.ts";
import { startTakeoutVendor, type TakeoutVendor } from "./takeout-vendor.ts";

/** Tools on a state whose clocks can be moved on. */
export type CatalogDesk = {
  app: App;
  /** Runs a tool and holds its answer against the tool's own schema. */
  call: (tool: Tool, args: Record<string, unknown>) => Promise<Answer<Record<string, unknown>>>;
  /** Moves the clocks on. */
  pass: (milliseconds: number) => void;
};

/** Opens one for the running test; what destroys needs no confirmation unless the environment says so. */
export async function openCatalogDesk(
  environment: Record<string, string>,
  { statePath = ":memory:", ...options }: Partial<Pick<App, "mayReadFiles">> & { statePath?: string } = {},
): Promise<CatalogDesk> {
  const config = readConfig({ WAYBILL_CONFIRM: "off", WAYBILL_LOG_LEVEL: "silent", ...environment });
  const opened = createApp(config, options);
  let passed = 0;
  // A request whose answer was lost here has landed: nothing needs to be waited for.
  const store = await openStore({
    location: statePath,
    now: () => Date.now() + passed,
    steadyNow: () => ({ epoch: "boot", milliseconds: performance.now() + passed }),
    waits: { landingMilliseconds: 0 },
  });
  onTestFinished(async () => {
    await opened.close();
    await store.close();
  });
  const app = { ...opened, store: async () => store };
  const request = { signal: new AbortController().signal, reportProgress: () => {} };
  return {
    app,
    call: async (tool, args) => {
      const answer = await tool.run(args, app, request);
      if (answer.data["needs_confirmation"] !== true) tool.output.parse(answer.data);
      return answer;
    },
    pass: (milliseconds) => {
      passed += milliseconds;
    },
  };
}

/** One before a vendor that answers what the test gives it, such as the document's samples. */
export async function openDocumentDesk(): Promise<{ vendor: TakeoutVendor; desk: CatalogDesk }> {
  const vendor = await startTakeoutVendor();
  onTestFinished(() => vendor.close());
  const desk = await openCatalogDesk({
    TAKEOUT_BASE_URL: `${vendor.server.url}/api/v1`,
    TAKEOUT_PHONE: "13800138000",
    TAKEOUT_PASSWORD: "password123",
  });
  return { vendor, desk };
}
