import type { App } from "../app.ts";
import { followNews } from "./news-feed.ts";
import { followRouteMate } from "./routemate-feed.ts";
import { followTakeout } from "./takeout-feed.ts";
import { sleep } from "./waiting.ts";

/** Events that come in by themselves, until closed. */
type Feeds = { close: () => Promise<void> };

type Follow = (app: App, signal: AbortSignal) => Promise<void>;

/** A client that has just started the server is answered first. */
const startMilliseconds = 1_000;

/**
 * Starts what tells clients of changes, and a feed for each configured vendor that has one; of the latter none where
 * WAYBILL_POLL_SECONDS is 0. They work in the background, and nothing that goes wrong in one reaches the server.
 */
export function startFeeds(app: App): Feeds {
  const { config, log } = app;
  const closing = new AbortController();
  const start = async (name: string, follow: Follow, delayMilliseconds = startMilliseconds) => {
    await sleep(delayMilliseconds, closing.signal);
    if (closing.signal.aborted) return;
    try {
      await follow(app, closing.signal);
    } catch (error) {
      log.error(`${name} feed`, { reason: error instanceof Error ? error.message : String(error) });
    }
  };
  const running: Promise<void>[] = [start("news", followNews, 0)];
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
