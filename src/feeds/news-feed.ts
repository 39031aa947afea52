import type { App } from "../app.ts";
import { changedResources } from "../following/changed-resources.ts";
import { sleep } from "./waiting.ts";

/** The client that has just started the server is answered first. */
const startMilliseconds = 50;
const pauseMilliseconds = 500;
const longestPauseMilliseconds = 30_000;

/**
 * Tells clients of what the state keeps, whichever process kept it: looks for news while somebody listens, and
 * publishes each resource that changed once. What was kept before the first listener came is no news.
 */
export async function followNews(app: App, signal: AbortSignal): Promise<void> {
  await untilHeard(app, signal);
  await sleep(startMilliseconds, signal);
  while (!signal.aborted) {
    await untilHeard(app, signal);
    if (!signal.aborted) await tellWhileHeard(app, signal);
  }
}

async function tellWhileHeard(app: App, signal: AbortSignal): Promise<void> {
  let told: number | undefined;
  let pause = pauseMilliseconds;
  while (app.changes.isHeard() && !signal.aborted) {
    try {
      told = await tellSince(app, told);
      pause = pauseMilliseconds;
    } catch (error) {
      if (signal.aborted) return;
      pause = Math.min(pause * 2, longestPauseMilliseconds);
      const reason = error instanceof Error ? error.message : String(error);
      app.log.warn("news", { reason, again_in_seconds: pause / 1000 });
    }
    await sleep(pause, signal);
  }
}

/** Publishes what changed since, and gives how far that goes. */
async function tellSince(app: App, told: number | undefined): Promise<number> {
  const store = await app.store();
  if (told === undefined) return store.news.latest();
  const { sequence, changes } = await store.news.since(told);
  const { uris, isListChanged } = await changedResources(store, changes);
  for (const uri of uris) app.changes.publish({ kind: "resource_updated", uri });
  if (isListChanged) app.changes.publish({ kind: "resources_list_changed" });
  return sequence;
}

function untilHeard({ changes }: App, signal: AbortSignal): Promise<void> {
  if (changes.isHeard() || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      stopWaiting();
      signal.removeEventListener("abort", done);
      resolve();
    };
    const stopWaiting = changes.onFirstListener(done);
    signal.addEventListener("abort", done, { once: true });
  });
}
