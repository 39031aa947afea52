import type { App } from "../app.ts";
import { followRouteMate } from "./routemate-feed.ts";
import { followTakeout } from "./takeout-feed.ts";
import { sleep } from "./waiting.ts";

/** Events that come in by themselves, until closed. */
type Feeds = { close: () => Promise<void> };

type Follow = (app: App, signal: AbortSignal) => Promise<void>;

/** A client that has just started the server is answered first. */
const startMilliseconds = 1_000;

/**
 * Starts a feed for each configured vendor that has one; none where WAYBILL_POLL_SECONDS is 0. They work in the
 * background, and nothing that goes wrong in one reaches the server.
 */
export function startFeeds(app: App): Feeds {
  const { config, log } = app;
  const closing = new AbortController();
  const start = async (name: string, follow: Follow) => {
    await sleep(startMilliseconds, closing.signal);
    if (closing.signal.aborted) return;
    try {
      await follow(app, closing.signal);
    } catch (error) {
      log.error(`${name} feed`, { reason: error instanceof Error ? error.message : String(error) });
    }
  };
  const running: Promise<void>[] = [];
  const isOn = config.pollSeconds > 0;
  if (isOn && config.routemate) running.push(start("routemate", followRouteMate));
  if (isOn && config.takeout) running.push(start("takeout", followTakeout));
  return {
    close: async () => {
      closing.abort();
      await Promise.all(running);
    },
  };
}
