import type { App } from "./app.ts";
import { callbackReader } from "./providers/yunji/callback.ts";
import { createWebhooks, type Webhooks } from "./transports/webhooks.ts";

/** Takes the callbacks of configured vendors into the inbox; undefined without WAYBILL_WEBHOOK_SECRET. */
export function receiveCallbacks(app: App): Webhooks | undefined {
  const { webhookSecret: secret, yunji } = app.config;
  if (secret === undefined) return undefined;
  // Opened before the first callback needs it; where it can't be, readiness and every callback tell.
  app.store().catch(() => {});
  return createWebhooks({
    secret,
    readers: { ...(yunji && { yunji: callbackReader(yunji.storeId) }) },
    keep: async (event) => (await app.store()).events.keep([event]),
    log: app.log,
  });
}
