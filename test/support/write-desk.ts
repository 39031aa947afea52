import { onTestFinished } from "vitest";
import { Failure, type FailureCode } from "../../src/domain/failure.ts";
import { openStore } from "../../src/state/open-store.ts";
import type { WriteAttempt, WriteRequest, WriteSteps } from "../../src/state/writes/write-steps.ts";

/** A minute in milliseconds. */
export const minute = 60_000;

/** A store in memory with clocks that the test moves, and a vendor that is a list of sent writes. */
export async function createWriteDesk() {
  const clock = { wall: Date.parse("2026-11-22T08:00:00.000Z"), steady: 1_000 };
  const store = await openStore({
    location: ":memory:",
    now: () => clock.wall,
    steadyNow: () => ({ epoch: "boot", milliseconds: clock.steady }),
    waits: { landingMilliseconds: 0 },
    recordsPersonal: true,
  });
  onTestFinished(() => store.close());
  const sent: WriteAttempt[] = [];
  const steps = (changes: Partial<WriteSteps<{ order: number }>> = {}): WriteSteps<{ order: number }> => ({
    settleHint: "Call get_order.",
    ...changes,
    send: (write) => {
      sent.push(write);
      return changes.send?.(write) ?? Promise.resolve({ order: sent.length });
    },
  });
  const pass = (milliseconds: number) => {
    clock.wall += milliseconds;
    clock.steady += milliseconds;
  };
  return { writes: store.writes, routeImports: store.routeImports, sent, steps, clock, pass };
}

/** A call that orders bread. */
export const bread = (changes: Partial<WriteRequest> = {}): WriteRequest => ({
  tool: "create_order",
  vendor: "yunji",
  arguments: { item: "bread" },
  ...changes,
});

/** A step that fails. */
export const failing = (code: FailureCode, httpStatus?: number) => () =>
  Promise.reject(new Failure(code, "It failed.", httpStatus === undefined ? {} : { httpStatus }));
