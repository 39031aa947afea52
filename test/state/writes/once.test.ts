import { expect, test } from "vitest";
import type { FailureCode } from "../../../src/domain/failure.ts";
import { failureOf } from "../../support/failures.ts";
import { bread, createWriteDesk, failing, minute } from "../../support/write-desk.ts";

test("the first call sends and a repeat gets its outcome without sending", async () => {
  const { writes, sent, steps } = await createWriteDesk();
  expect(await writes.once(bread(), steps())).toEqual({ outcome: { order: 1 }, repeated: false });
  expect(await writes.once(bread(), steps())).toEqual({ outcome: { order: 1 }, repeated: true });
  expect(sent).toHaveLength(1);
  expect(sent[0]).toMatchObject({
    attempt: 1,
    firstStartedAt: "2026-11-22T08:00:00.000Z",
    ageMilliseconds: 0,
  });
});

test("without a request id, the same arguments are a repeat for ten minutes and a new write after", async () => {
  const { writes, sent, steps, pass } = await createWriteDesk();
  await writes.once(bread(), steps());
  pass(10 * minute - 1);
  expect((await writes.once(bread(), steps())).repeated).toBe(true);
  pass(1);
  expect(await writes.once(bread(), steps())).toEqual({ outcome: { order: 2 }, repeated: false });
  expect(new Set(sent.map(({ writeId }) => writeId)).size).toBe(2);
});

test("a request id is a repeat however old it is", async () => {
  const { writes, sent, steps, pass } = await createWriteDesk();
  await writes.once(bread({ requestId: "monday" }), steps());
  pass(365 * 24 * 60 * minute);
  expect((await writes.once(bread({ requestId: "monday" }), steps())).repeated).toBe(true);
  expect(sent).toHaveLength(1);
});

test("another request id makes a second write on purpose", async () => {
  const { writes, sent, steps } = await createWriteDesk();
  await writes.once(bread({ requestId: "one" }), steps());
  expect(await writes.once(bread({ requestId: "two" }), steps())).toEqual({
    outcome: { order: 2 },
    repeated: false,
  });
  await writes.once(bread(), steps());
  expect(sent).toHaveLength(2);
});

test("a call without a request id repeats one that had one", async () => {
  const { writes, steps } = await createWriteDesk();
  await writes.once(bread({ requestId: "one" }), steps());
  expect(await writes.once(bread(), steps())).toEqual({ outcome: { order: 1 }, repeated: true });
});

test("other arguments under a used request id are a conflict, and nothing is sent", async () => {
  const { writes, sent, steps } = await createWriteDesk();
  await writes.once(bread({ requestId: "one" }), steps());
  const milk = bread({ requestId: "one", arguments: { item: "milk" } });
  const failure = await failureOf(writes.once(milk, steps()));
  expect(failure).toMatchObject({ code: "conflict", details: { fields: ["request_id"] } });
  expect(failure.message).toContain("other arguments");
  expect(sent).toHaveLength(1);
});

test("one request id serves several tools", async () => {
  const { writes, steps } = await createWriteDesk();
  await writes.once(bread({ requestId: "one" }), steps());
  const other = bread({ tool: "create_tracking", requestId: "one", arguments: { item: "milk" } });
  expect((await writes.once(other, steps())).repeated).toBe(false);
});

test("the wall clock set forward expires nothing, and set back revives nothing", async () => {
  const { writes, sent, steps, clock, pass } = await createWriteDesk();
  await writes.once(bread(), steps());
  clock.wall += 24 * 60 * minute;
  expect((await writes.once(bread(), steps())).repeated).toBe(true);
  pass(11 * minute);
  clock.wall -= 48 * 60 * minute;
  expect((await writes.once(bread(), steps())).repeated).toBe(false);
  expect(sent).toHaveLength(2);
});

test.each<FailureCode>([
  ...(["invalid_input", "not_configured", "unauthorized", "forbidden"] as const),
  ...(["not_found", "conflict", "rejected", "rate_limited"] as const),
])("after %s the call may be made anew, even with other arguments under its request id", async (code) => {
  const { writes, sent, steps } = await createWriteDesk();
  const call = bread({ requestId: "one" });
  expect((await failureOf(writes.once(call, steps({ send: failing(code) })))).code).toBe(code);
  const corrected = bread({ requestId: "one", arguments: { item: "milk" } });
  expect(await writes.once(corrected, steps())).toEqual({ outcome: { order: 2 }, repeated: false });
  expect(sent[1]?.writeId).not.toBe(sent[0]?.writeId);
});

test("an outcome comes back exactly, a missing one as null", async () => {
  const { writes } = await createWriteDesk();
  const outcome = {
    text: "面包\u2028\u0000",
    big: "9223372036854775807",
    list: [null, 0.1, { a: [] }],
    none: null,
  };
  const steps = { settleHint: "", send: () => Promise.resolve(outcome) };
  expect((await writes.once(bread(), steps)).outcome).toEqual(outcome);
  expect((await writes.once(bread(), steps)).outcome).toEqual(outcome);
  const silent = { settleHint: "", send: () => Promise.resolve(null) };
  const delivery = bread({ tool: "delete_tracking" });
  expect(await writes.once(delivery, silent)).toEqual({ outcome: null, repeated: false });
  expect(await writes.once(delivery, silent)).toEqual({ outcome: null, repeated: true });
});
