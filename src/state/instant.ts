import { randomUUID } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { uptime } from "node:os";

/** A reading of a clock that nobody can set. Only readings of one `epoch` can be compared. */
export type SteadyTime = { epoch: string; milliseconds: number };

/** A moment as the ledger keeps it: what the wall clock said, and what a steady one said where there is one. */
export type Instant = { at: string; steady?: SteadyTime };

/** The clocks of the process, injected. */
export type Clocks = { now: () => number; steadyNow?: (() => SteadyTime) | undefined };

/** The present moment on all clocks there are. */
export function instantOf({ now, steadyNow }: Clocks): Instant {
  const at = new Date(now()).toISOString();
  return steadyNow ? { at, steady: steadyNow() } : { at };
}

/** The moment that a column of the ledger holds as JSON. */
export function parseInstant(text: string): Instant {
  return JSON.parse(text);
}

/**
 * Milliseconds from one moment to a later one. The steady clock decides where both moments have it, so that setting
 * the wall clock neither expires nor revives anything. Undefined when the wall clock alone is there and runs backwards.
 */
export function elapsedMilliseconds(from: Instant, to: Instant): number | undefined {
  if (from.steady && to.steady && from.steady.epoch === to.steady.epoch) {
    const steady = to.steady.milliseconds - from.steady.milliseconds;
    if (steady >= 0) return steady;
  }
  const wall = Date.parse(to.at) - Date.parse(from.at);
  return wall >= 0 ? wall : undefined;
}

/**
 * Time since the machine started, sleep included. Its epoch is the boot and the process namespace where Linux tells
 * them (a container may count its own uptime); elsewhere it is this process.
 */
export function systemSteadyClock(): () => SteadyTime {
  const epoch = bootOf() ?? randomUUID();
  return () => ({ epoch, milliseconds: Math.round(uptime() * 1000) });
}

function bootOf(): string | undefined {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return `${boot} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return undefined;
  }
}
