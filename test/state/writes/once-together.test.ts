import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { cancelled, Failure } from "../../../src/domain/failure.ts";
import { openStore } from "../../../src/state/open-store.ts";
import { failureOf } from "../../support/failures.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { bread, createWriteDesk, failing } from "../../support/write-desk.ts";

test("calls of one process at the same time share one sending", async () => {
  const { writes, sent, steps } = await createWriteDesk();
  const answer = Promise.withResolvers<{ order: number }>();
  const calls = Array.from({ length: 20 }, () => writes.once(bread(), steps({ send: () => answer.promise })));
  await delay(20);
  answer.resolve({ order: 1 });
  const results = await Promise.all(calls);
  expect(sent).toHaveLength(1);
  expect(results.filter(({ repeated }) => !repeated)).toHaveLength(1);
  expect(results.every(({ outcome }) => outcome.order === 1)).toBe(true);
});

test("calls that share a sending share its refusal", async () => {
  const { writes, sent, steps } = await createWriteDesk();
  const answer = Promise.withResolvers<{ order: number }>();
  const calls = [1, 2, 3].map(() => failureOf(writes.once(bread(), steps({ send: () => answer.promise }))));
  await delay(20);
  answer.reject(new Failure("rejected", "The vendor has no bread."));
  expect((await Promise.all(calls)).map(({ message }) => message)).toEqual(
    Array(3).fill("The vendor has no bread."),
  );
  expect(sent).toHaveLength(1);
});

test("a caller that gives up leaves the write to those who still wait, and it is looked up", async () => {
  const { writes, sent, steps } = await createWriteDesk();
  const giveUp = new AbortController();
  const send = () =>
    new Promise<never>((_, reject) => giveUp.signal.addEventListener("abort", () => reject(cancelled())));
  const lookUp = () => Promise.resolve({ found: true as const, outcome: { order: 1 } });
  const first = failureOf(writes.once(bread({ signal: giveUp.signal }), steps({ send, lookUp })));
  await delay(5);
  const second = writes.once(bread(), steps({ lookUp }));
  await delay(5);
  giveUp.abort();
  expect((await first).code).toBe("cancelled");
  expect(await second).toEqual({ outcome: { order: 1 }, repeated: true });
  expect(sent).toHaveLength(1);
});

test("a caller that only waits can give up without ending the sending", async () => {
  const { writes, steps } = await createWriteDesk();
  const answer = Promise.withResolvers<{ order: number }>();
  const first = writes.once(bread(), steps({ send: () => answer.promise }));
  const giveUp = new AbortController();
  const second = failureOf(writes.once(bread({ signal: giveUp.signal }), steps()));
  await delay(5);
  giveUp.abort();
  expect((await second).code).toBe("cancelled");
  answer.resolve({ order: 1 });
  expect(await first).toEqual({ outcome: { order: 1 }, repeated: false });
});

test("a call cancelled before it is sent sends nothing and leaves nothing open", async () => {
  const { writes, sent, steps } = await createWriteDesk();
  const failure = await failureOf(writes.once(bread({ signal: AbortSignal.abort() }), steps()));
  expect(failure.code).toBe("cancelled");
  expect((await writes.once(bread(), steps())).repeated).toBe(false);
  expect(sent).toHaveLength(1);
});

test.each([
  { end: "is answered", finish: () => Promise.resolve({ order: 8 }) },
  { end: "loses its answer", finish: failing("timeout") },
])(
  "the outcome that another process looked up first is also that of the sender that $end later",
  async ({ finish }) => {
    const location = join(temporaryFolder(), "waybill.db");
    const waits = { ownerMilliseconds: 0 };
    const [first, second] = [
      await openStore({ location, now: Date.now, waits }),
      await openStore({ location, now: Date.now, waits }),
    ];
    onTestFinished(async () => {
      await Promise.all([first.close(), second.close()]);
    });
    const [started, over] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const send = async () => {
      started.resolve();
      await over.promise;
      return finish();
    };
    const sending = first.writes.once(bread(), { settleHint: "", send });
    await started.promise;
    const lookUp = () => Promise.resolve({ found: true as const, outcome: { order: 7 } });
    const told = await second.writes.once(bread(), { settleHint: "", send, lookUp });
    expect(told).toEqual({ outcome: { order: 7 }, repeated: true });
    over.resolve();
    expect(await sending).toEqual({ outcome: { order: 7 }, repeated: false });
  },
);
