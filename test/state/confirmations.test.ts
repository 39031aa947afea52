import { expect, onTestFinished, test } from "vitest";
import type { SteadyTime } from "../../src/state/instant.ts";
import { openStore } from "../../src/state/open-store.ts";
import { failureOf } from "../support/failures.ts";

const minute = 60_000;
const call = {
  tool: "cancel_robot_order",
  arguments: { order_sn: "9223372036854775807", reason: "no one home" },
};

const agreed = { kind: "agreed", content: undefined };

/** Confirmations over a wall clock and a steady one that a test moves apart. */
async function confirmationsAt() {
  const clocks = { wall: Date.parse("2026-11-22T10:00:00Z"), steady: 0 };
  const store = await openStore({
    location: ":memory:",
    now: () => clocks.wall,
    steadyNow: (): SteadyTime => ({ epoch: "this boot", milliseconds: clocks.steady }),
  });
  onTestFinished(() => store.close());
  const pass = (milliseconds: number) => {
    clocks.wall += milliseconds;
    clocks.steady += milliseconds;
  };
  return { confirmations: store.confirmations, clocks, pass };
}

test("a confirmation lets its own call through, whatever the order of the arguments", async () => {
  const { confirmations } = await confirmationsAt();
  const confirmation = await confirmations.issue(call);
  const { order_sn, reason } = call.arguments;
  expect(await confirmations.take(confirmation, { ...call, arguments: { reason, order_sn } })).toEqual(
    agreed,
  );
});

test("two confirmations of one call are not the same", async () => {
  const { confirmations } = await confirmationsAt();
  expect(await confirmations.issue(call)).not.toBe(await confirmations.issue(call));
});

test.each([
  ["other arguments", { ...call, arguments: { ...call.arguments, order_sn: "1" } }, ["order_sn"]],
  ["one argument more", { ...call, arguments: { ...call.arguments, force: true } }, ["force"]],
  ["another tool", { ...call, tool: "delete_tracking" }, []],
])("a confirmation is refused with %s and stays good for its own call", async (_, other, differing) => {
  const { confirmations } = await confirmationsAt();
  const confirmation = await confirmations.issue(call);
  expect(await failureOf(confirmations.take(confirmation, other))).toMatchObject({
    code: "conflict",
    details: { fields: ["confirmation", ...differing] },
  });
  expect(await confirmations.take(confirmation, call)).toEqual(agreed);
});

test("an invented confirmation is refused", async () => {
  const { confirmations } = await confirmationsAt();
  expect(await failureOf(confirmations.take("yes", call))).toMatchObject({ code: "invalid_input" });
});

test("a confirmation runs out after fifteen minutes", async () => {
  const { confirmations, pass } = await confirmationsAt();
  const confirmation = await confirmations.issue(call);
  pass(15 * minute - 1);
  expect(await confirmations.take(confirmation, call)).toEqual(agreed);
  const another = await confirmations.issue(call);
  pass(15 * minute);
  expect(await failureOf(confirmations.take(another, call))).toMatchObject({ code: "invalid_input" });
});

test("a wall clock that jumps neither ends a confirmation nor brings one back", async () => {
  const { confirmations, clocks, pass } = await confirmationsAt();
  const confirmation = await confirmations.issue(call);
  clocks.wall += 60 * minute;
  expect(await confirmations.take(confirmation, call)).toEqual(agreed);
  const old = await confirmations.issue(call);
  pass(16 * minute);
  clocks.wall -= 120 * minute;
  expect(await failureOf(confirmations.take(old, call))).toMatchObject({ code: "invalid_input" });
});

test("the answer under a confirmation is given again, however late", async () => {
  const { confirmations, pass } = await confirmationsAt();
  const confirmation = await confirmations.issue(call);
  await confirmations.take(confirmation, call);
  await confirmations.settle(confirmation, { data: { order_sn: "1" }, text: "Cancelled." });
  pass(24 * 60 * minute);
  expect(await confirmations.take(confirmation, call)).toEqual({
    kind: "answered",
    answer: { data: { order_sn: "1" }, text: "Cancelled." },
  });
});

test("a confirmation whose call got no answer lets it be made again only while the ledger takes it for a repeat", async () => {
  const { confirmations, pass } = await confirmationsAt();
  const confirmation = await confirmations.issue(call);
  await confirmations.take(confirmation, call);
  pass(9 * minute);
  expect(await confirmations.take(confirmation, call)).toEqual(agreed);
  pass(minute);
  expect(await failureOf(confirmations.take(confirmation, call))).toMatchObject({ code: "invalid_input" });
});

test("a confirmation keeps the content that was shown", async () => {
  const { confirmations } = await confirmationsAt();
  const content = { routes: [{ plate: "粤A12345", stops: 3 }] };
  const confirmation = await confirmations.issue({ ...call, content });
  expect(await confirmations.take(confirmation, call)).toEqual({ kind: "agreed", content });
});

test("a call that did a part of its work has fifteen minutes more for the rest", async () => {
  const { confirmations, pass } = await confirmationsAt();
  const confirmation = await confirmations.issue({ ...call, content: {} });
  pass(14 * minute);
  await confirmations.take(confirmation, call);
  await confirmations.renew(confirmation);
  pass(14 * minute);
  expect(await confirmations.take(confirmation, call)).toMatchObject({ kind: "agreed" });
  pass(minute);
  expect(await failureOf(confirmations.take(confirmation, call))).toMatchObject({ code: "invalid_input" });
});

test("of two answers under one confirmation the first is kept", async () => {
  const { confirmations } = await confirmationsAt();
  const confirmation = await confirmations.issue(call);
  await confirmations.settle(confirmation, { data: { order_sn: "1" }, text: "Cancelled." });
  await confirmations.settle(confirmation, { data: { order_sn: "2" }, text: "Again." });
  expect(await confirmations.take(confirmation, call)).toMatchObject({ answer: { text: "Cancelled." } });
});
