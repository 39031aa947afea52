import { setTimeout as delay } from "node:timers/promises";

/** Resolves after so many milliseconds or when the signal is given, and keeps no process alive. */
export async function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal, ref: false }).catch(() => {});
}
