import { onTestFinished } from "vitest";
import { createApp } from "../../src/app.ts";
import { readConfig } from "../../src/config/config.ts";
import { openStore } from "../../src/state/open-store.ts";
import type { Answer, Tool } from "../../src/tools/tool.ts";
import { startTakeoutShop, type TakeoutShop } from "./takeout-shop.ts";

/** A shop, and an app that is signed in there. */
export type TakeoutDesk = {
  shop: TakeoutShop;
  /** Runs a tool and holds its answer against the tool's own schema. */
  call: (tool: Tool, args: Record<string, unknown>) => Promise<Answer<Record<string, unknown>>>;
  /** What the ledger keeps, as text. */
  ledger: () => Promise<string>;
  /** What the log was told. */
  log: string[];
};

/** Opens one for the running test; `settings` are environment variables beside the account's. */
export async function openTakeoutDesk(settings: Record<string, string> = {}): Promise<TakeoutDesk> {
  const shop = await startTakeoutShop();
  const log: string[] = [];
  const app = createApp(
    readConfig({
      TAKEOUT_BASE_URL: shop.baseUrl,
      TAKEOUT_PHONE: "13800138000",
      TAKEOUT_PASSWORD: "password123",
      WAYBILL_CONFIRM: "off",
      WAYBILL_LOG_LEVEL: "debug",
      ...settings,
    }),
    { writeLog: (line) => log.push(line) },
  );
  // A request whose answer was lost here has landed: nothing needs to be waited for.
  const store = await openStore({ location: ":memory:", now: Date.now, waits: { landingMilliseconds: 0 } });
  onTestFinished(async () => {
    await app.close();
    await store.close();
    await shop.close();
  });
  const desk = { ...app, store: async () => store };
  const request = { signal: new AbortController().signal, reportProgress: () => {} };
  return {
    shop,
    log,
    call: async (tool, args) => {
      const answer = await tool.run(args, desk, request);
      if (answer.data["needs_confirmation"] !== true) tool.output.parse(answer.data);
      return answer;
    },
    ledger: async () => JSON.stringify(await store.writes.list({ limit: 100 })),
  };
}
