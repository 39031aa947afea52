import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { openStore, type Store, type StoreOptions } from "../../src/state/open-store.ts";
import { failureOf } from "../support/failures.ts";
import { jumps } from "../support/fake-clock.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const minute = 60_000;
const call = { tool: "delete_tracking", arguments: { tracking_id: "1" } };
const write = { tool: "create_order", vendor: "yunji", arguments: { item: "bread" } } as const;

/** A state file, clocks whose hands the test moves, and processes that open it one after the other. */
function createDesk() {
  const location = join(temporaryFolder(), "waybill.db");
  const clock = { wall: Date.UTC(2026, 2, 9, 8, 30), steady: 1_000 };
  let sent = 0;
  let store: Store | undefined;
  const options: StoreOptions = {
    location,
    now: () => clock.wall,
    steadyNow: () => ({ epoch: "boot", milliseconds: clock.steady }),
  };
  onTestFinished(() => store?.close());
  return {
    open: async () => {
      await store?.close();
      store = await openStore(options);
      return store;
    },
    pass: (milliseconds: number) => {
      clock.wall += milliseconds;
      clock.steady += milliseconds;
    },
    jump: (milliseconds: number) => {
      clock.wall += milliseconds;
    },
    order: ({ writes }: Store) =>
      writes.once<number>(write, { send: async () => ++sent, settleHint: "Call get_order." }),
  };
}

const cases = jumps.flatMap((one) => [
  { ...one, when: "in one process", restarts: false },
  { ...one, when: "across a restart", restarts: true },
]);

describe.each(cases)("when the clock is set $jump $when", ({ milliseconds, restarts }) => {
  test("a confirmation is good for its fifteen minutes, and no longer", async () => {
    const { open, pass, jump } = createDesk();
    let store = await open();
    const early = await store.confirmations.issue(call);
    const late = await store.confirmations.issue(call);
    jump(milliseconds);
    if (restarts) store = await open();
    pass(14 * minute);
    expect((await store.confirmations.take(early, call)).kind).toBe("agreed");
    pass(2 * minute);
    expect((await failureOf(store.confirmations.take(late, call))).code).toBe("invalid_input");
    jump(-milliseconds);
    expect((await failureOf(store.confirmations.take(late, call))).code).toBe("invalid_input");
  });

  test("a repeat is one for ten minutes, and no longer", async () => {
    const { open, pass, jump, order } = createDesk();
    let store = await open();
    await order(store);
    jump(milliseconds);
    if (restarts) store = await open();
    pass(9 * minute);
    expect(await order(store)).toEqual({ outcome: 1, repeated: true });
    pass(2 * minute);
    expect(await order(store)).toEqual({ outcome: 2, repeated: false });
  });

  test("an outcome keeps what it tells of customers while a call can get it as its repeat", async () => {
    const { open, jump } = createDesk();
    let store = await open();
    const steps = { send: async () => ({ phone: "13987654321" }), settleHint: "Call get_order." };
    const once = () => store.writes.once(write, steps);
    await once();
    jump(milliseconds);
    if (restarts) store = await open();
    await store.writes.once({ ...write, arguments: { item: "milk" } }, steps);
    expect(await once()).toEqual({ outcome: { phone: "13987654321" }, repeated: true });
  });

  test("who asks for events since the last one misses none", async () => {
    const { open, pass, jump } = createDesk();
    let store = await open();
    const event = (orderSn: string) =>
      ({
        vendor: "yunji",
        kind: "arrived",
        occurredAt: "2026-03-09T08:30:00Z",
        subject: { orderSn },
        data: {},
      }) as const;
    const [first] = await store.events.keep([event("1")]);
    jump(milliseconds);
    if (restarts) store = await open();
    pass(minute);
    await store.events.keep([event("2")]);
    const { items } = await store.events.list({ limit: 10, since: first?.receivedAt });
    expect(items.map(({ subject }) => subject.orderSn)).toContain("2");
  });

  test("turns at a vendor are neither taken twice nor held back", async () => {
    const { open, pass, jump } = createDesk();
    let store = await open();
    const request = {
      vendor: "routemate",
      subjects: ["job-1"],
      everyMilliseconds: 5 * minute,
      perMinute: 10,
    } as const;
    expect(await store.turns.take(request)).toEqual(["job-1"]);
    jump(milliseconds);
    if (restarts) store = await open();
    pass(4 * minute);
    expect(await store.turns.take(request)).toEqual([]);
    pass(2 * minute);
    expect(await store.turns.take(request)).toEqual(["job-1"]);
  });
});

test("after a reboot, with the wall clock alone and set back, nothing has run out and nothing is sent again", async () => {
  const location = join(temporaryFolder(), "waybill.db");
  const wall = Date.UTC(2026, 2, 9, 8, 30);
  const before = await openStore({
    location,
    now: () => wall,
    steadyNow: () => ({ epoch: "boot 1", milliseconds: 9_000 }),
  });
  const steps = { send: async () => "sent", settleHint: "Call get_order." };
  await before.writes.once(write, steps);
  const confirmation = await before.confirmations.issue(call);
  await before.close();
  const after = await openStore({
    location,
    now: () => 0,
    steadyNow: () => ({ epoch: "boot 2", milliseconds: 10 }),
  });
  expect(await after.writes.once(write, steps)).toMatchObject({ repeated: true });
  expect((await after.confirmations.take(confirmation, call)).kind).toBe("agreed");
  await after.close();
});
