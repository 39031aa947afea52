import type { App } from "../app.ts";
import { robotPushes } from "../domain/event.ts";
import { readCallback } from "../providers/yunji/callback.ts";
import { createWebhooks, type PushReader, type Webhooks } from "../transports/webhooks.ts";

/** Takes the callbacks of configured vendors into the inbox; undefined without WAYBILL_WEBHOOK_SECRET. */
export function receiveCallbacks(app: App): Webhooks | undefined {
  const { webhookSecret: secret, yunji } = app.config;
  if (secret === undefined) return undefined;
  // Opened before the first callback needs it; where it can't be, readiness and every callback tell.
  app.store().catch(() => {});
  const readYunji = (storeId: string): PushReader => {
    return (name) => {
      const kind = robotPushes.find((known) => known === name);
      return kind && ((body) => readCallback(kind, body, storeId));
    };
  };
  return createWebhooks({
    secret,
    readers: { ...(yunji && { yunji: readYunji(yunji.storeId) }) },
    keep: async (event) => (await app.store()).events.keep([event]),
    log: app.log,
  });
}
