import { expect, test } from "vitest";
import type { FailureCode } from "../../../src/domain/failure.ts";
import type { WriteAttempt, WriteSteps } from "../../../src/state/writes/write-steps.ts";
import { failureOf } from "../../support/failures.ts";
import { bread, createWriteDesk, failing, minute } from "../../support/write-desk.ts";

test.each<FailureCode>([
  "timeout",
  "unavailable",
  "bad_response",
  "outcome_unknown",
  "internal",
  "cancelled",
])("an answer lost with %s is found by the look-up and is the outcome of the same call", async (code) => {
  const { writes, sent, steps } = await createWriteDesk();
  const lookUp = () => Promise.resolve({ found: true as const, outcome: { order: 77 } });
  expect(await writes.once(bread(), steps({ send: failing(code), lookUp }))).toEqual({
    outcome: { order: 77 },
    repeated: false,
  });
  expect((await writes.once(bread(), steps())).repeated).toBe(true);
  expect(sent).toHaveLength(1);
});

test("an error of our own making is looked up too, for the vendor may have heard the call", async () => {
  const { writes, steps } = await createWriteDesk();
  const send = () => Promise.reject(new TypeError("undefined is not a function"));
  expect((await failureOf(writes.once(bread(), steps({ send })))).code).toBe("outcome_unknown");
  const lookUp = () => Promise.resolve({ found: true as const, outcome: { order: 5 } });
  expect((await writes.once(bread(), steps({ lookUp }))).repeated).toBe(true);
});

test("without a look-up an unknown outcome stays unknown, however old, and says which read settles it", async () => {
  const { writes, sent, steps, pass } = await createWriteDesk();
  for (let day = 0; day < 3; day++) {
    const failure = await failureOf(writes.once(bread(), steps({ send: failing("timeout") })));
    expect(failure).toMatchObject({
      code: "outcome_unknown",
      details: { hint: "Call get_order.", vendor: "yunji" },
    });
    pass(24 * 60 * minute);
  }
  expect(sent).toHaveLength(1);
});

test("a look-up that fails or can't tell for sure lets nothing be sent", async () => {
  const { writes, sent, steps } = await createWriteDesk();
  const silent = steps({ send: failing("timeout"), lookUp: failing("unavailable") });
  expect((await failureOf(writes.once(bread(), silent))).code).toBe("outcome_unknown");
  const vague = steps({ lookUp: () => Promise.resolve({ found: false, isFinal: false }) });
  expect((await failureOf(writes.once(bread(), vague))).code).toBe("outcome_unknown");
  expect(sent).toHaveLength(1);
});

test("what is not there for sure fails with its own error and is sent again by the next call", async () => {
  const { writes, sent, steps } = await createWriteDesk();
  const lookUp = () => Promise.resolve({ found: false as const, isFinal: true });
  const failure = await failureOf(writes.once(bread(), steps({ send: failing("unavailable"), lookUp })));
  expect(failure.code).toBe("unavailable");
  expect(await writes.once(bread(), steps({ lookUp }))).toEqual({ outcome: { order: 2 }, repeated: false });
  expect(sent[1]).toMatchObject({ writeId: sent[0]?.writeId, attempt: 2 });
});

test("a write that comes to light late is told as a repeat for ten minutes from then on", async () => {
  const { writes, sent, steps, pass } = await createWriteDesk();
  await failureOf(writes.once(bread(), steps({ send: failing("timeout"), lookUp: failing("unavailable") })));
  pass(24 * 60 * minute);
  const lookUp = () => Promise.resolve({ found: true as const, outcome: { order: 9 } });
  expect(await writes.once(bread(), steps({ lookUp }))).toEqual({ outcome: { order: 9 }, repeated: true });
  pass(9 * minute);
  expect((await writes.once(bread(), steps())).repeated).toBe(true);
  expect(sent).toHaveLength(1);
});

test("within the vendor's idempotency window the same write is sent again, outside it is looked up", async () => {
  const { writes, sent, steps, pass, clock } = await createWriteDesk();
  const resendIsSafe = ({ ageMilliseconds }: WriteAttempt) => ageMilliseconds < 24 * 60 * minute;
  const lost = { send: failing("timeout"), resendIsSafe };
  await failureOf(writes.once(bread(), steps(lost)));
  clock.wall -= 365 * 24 * 60 * minute;
  pass(23 * 60 * minute);
  await failureOf(writes.once(bread(), steps(lost)));
  pass(2 * 60 * minute);
  expect((await failureOf(writes.once(bread(), steps(lost)))).code).toBe("outcome_unknown");
  expect(sent.map(({ attempt }) => attempt)).toEqual([1, 2]);
});

test("a refused repetition says nothing of the first attempt, which stays unknown", async () => {
  const { writes, sent, steps } = await createWriteDesk();
  const resendIsSafe = () => true;
  await failureOf(writes.once(bread(), steps({ send: failing("timeout"), resendIsSafe })));
  const again = steps({ send: failing("unauthorized"), resendIsSafe });
  expect((await failureOf(writes.once(bread(), again))).code).toBe("outcome_unknown");
  const lookUp = () => Promise.resolve({ found: true as const, outcome: { order: 1 } });
  expect(await writes.once(bread(), steps({ lookUp }))).toEqual({ outcome: { order: 1 }, repeated: true });
  expect(sent).toHaveLength(2);
});

test("a request that may still be on its way is waited for before it counts as not there", async () => {
  const { writes, sent, steps } = await createWriteDesk();
  let looks = 0;
  const lookUp = () => {
    looks++;
    return Promise.resolve(
      looks < 3 ? { found: false as const, isFinal: true } : { found: true as const, outcome: { order: 1 } },
    );
  };
  const landsWithinMilliseconds = 10 * minute;
  const slow = steps({ send: failing("timeout"), lookUp, landsWithinMilliseconds });
  expect(await writes.once(bread(), slow)).toEqual({ outcome: { order: 1 }, repeated: false });
  expect(sent).toHaveLength(1);
});

test("a request that was answered is over: its absence is believed at once", async () => {
  const { writes, steps } = await createWriteDesk();
  let looks = 0;
  const lookUp = () => {
    looks++;
    return Promise.resolve({ found: false as const, isFinal: true });
  };
  const landsWithinMilliseconds = 10 * minute;
  const broken = steps({ send: failing("unavailable", 503), lookUp, landsWithinMilliseconds });
  expect((await failureOf(writes.once(bread(), broken))).code).toBe("unavailable");
  expect(looks).toBe(1);
});

test("before a second write on purpose an unknown first one is looked up", async () => {
  const { writes, sent, steps } = await createWriteDesk();
  await failureOf(
    writes.once(bread({ requestId: "one" }), steps({ send: failing("timeout"), lookUp: failing("timeout") })),
  );
  const silent = writes.once(bread({ requestId: "two" }), steps({ lookUp: failing("timeout") }));
  expect((await failureOf(silent)).code).toBe("outcome_unknown");
  const lookUp = () => Promise.resolve({ found: true as const, outcome: { order: 50 } });
  expect(await writes.once(bread({ requestId: "two" }), steps({ lookUp }))).toEqual({
    outcome: { order: 2 },
    repeated: false,
  });
  expect(await writes.once(bread({ requestId: "one" }), steps())).toEqual({
    outcome: { order: 50 },
    repeated: true,
  });
  expect(sent).toHaveLength(2);
});

test("where no look-up can tell, a new request id still makes a second write on purpose", async () => {
  const { writes, sent, steps } = await createWriteDesk();
  await failureOf(writes.once(bread({ requestId: "one" }), steps({ send: failing("timeout") })));
  expect((await writes.once(bread({ requestId: "two" }), steps())).repeated).toBe(false);
  expect(sent).toHaveLength(2);
});

test("a look-up is told which outcomes belong to other writes of the same content", async () => {
  const { writes, steps } = await createWriteDesk();
  await writes.once(bread({ requestId: "one" }), steps());
  const told: unknown[] = [];
  const lookUp: WriteSteps<{ order: number }>["lookUp"] = ({ otherOutcomes }) => {
    told.push(otherOutcomes);
    return Promise.resolve({ found: true, outcome: { order: 2 } });
  };
  await writes.once(bread({ requestId: "two" }), steps({ send: failing("timeout"), lookUp }));
  expect(told).toEqual([[{ order: 1 }]]);
});
