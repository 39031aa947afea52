import type { App } from "../app.ts";
import type { VendorEvent } from "../domain/event.ts";
import type { LiveState } from "../domain/takeout/live.ts";
import { catchUp } from "./takeout-catch-up.ts";
import { identify } from "./takeout-events.ts";
import { sleep } from "./waiting.ts";

const firstRetryMilliseconds = 500;
const retries = 6;

/**
 * Follows the takeout system's live messages and keeps them. Whenever the connection stands (again) the orders of the
 * last day are read, for the vendor keeps no message for those who were away.
 */
export async function followTakeout(app: App, signal: AbortSignal): Promise<void> {
  const takeout = await app.takeout();
  const reading = oneAtATime(() => catchUp(app, signal));
  await takeout.listen({
    signal,
    onEvent: (event) => keep(app, event, signal),
    onState: (state) => {
      tellState(app, state);
      if (state.kind === "connected") reading.start();
    },
  });
  await reading.ended();
}

/** Keeps an event although the state may be out of reach for a while: the vendor tells it only once. */
async function keep(app: App, event: VendorEvent, signal: AbortSignal): Promise<void> {
  for (let retry = 0; ; retry++) {
    try {
      const store = await app.store();
      await store.events.keep([identify(event)]);
      return;
    } catch (error) {
      if (retry === retries || signal.aborted) throw error;
      await sleep(firstRetryMilliseconds * 2 ** retry, signal);
    }
  }
}

function tellState({ log }: App, { kind, ...details }: LiveState): void {
  const tell = kind === "connected" ? log.info : log.warn;
  tell("takeout feed", { state: kind, ...details });
}

/** Work that never runs twice at a time: started again meanwhile, it runs once more afterwards. */
function oneAtATime(work: () => Promise<void>): { start: () => void; ended: () => Promise<void> } {
  let isWanted = false;
  let running: Promise<void> | undefined;
  const run = async () => {
    while (isWanted) {
      isWanted = false;
      await work();
    }
    running = undefined;
  };
  return {
    start: () => {
      isWanted = true;
      running ??= run();
    },
    ended: async () => running,
  };
}
