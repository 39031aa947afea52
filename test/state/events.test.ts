import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import type { VendorEvent } from "../../src/domain/event.ts";
import { openStore } from "../../src/state/open-store.ts";
import { failureOf } from "../support/failures.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const start = Date.parse("2026-11-22T10:00:00.000Z");

async function emptyInbox() {
  const clock = { now: start };
  const store = await openStore({ location: ":memory:", now: () => clock.now });
  onTestFinished(() => store.close());
  return { events: store.events, clock };
}

function arrived(changes: Partial<VendorEvent> = {}): VendorEvent {
  return {
    vendor: "yunji",
    kind: "arrived",
    occurredAt: "2019-12-06T10:53:49.274Z",
    subject: { orderSn: "9223372036854775807", taskId: "5a38d03a60b6286d9c544f58", storeId: "store" },
    data: {},
    ...changes,
  };
}

test("an event comes back as it was told, with when it was kept", async () => {
  const { events } = await emptyInbox();
  const told = arrived({ data: { errorMsg: "出货失败 \u0000 \"'", nested: { list: [1, null] } } });
  const [kept] = await events.keep([told]);
  expect(kept).toEqual({
    ...told,
    id: expect.stringMatching(/^event-[0-9a-f]{24}$/),
    receivedAt: "2026-11-22T10:00:00.000Z",
  });
  expect(await events.list({ limit: 10 })).toEqual({ items: [kept], total: 1 });
});

test("a clock that is set back hides nothing from who goes on since the newest event they saw", async () => {
  const { events, clock } = await emptyInbox();
  const [seen] = await events.keep([arrived()]);
  clock.now -= 3_600_000;
  const [later] = await events.keep([arrived({ kind: "completed" })]);
  const since = seen?.receivedAt;
  const { items } = await events.list({ since, limit: 10 });
  expect(items.map(({ id }) => id)).toEqual([later?.id, seen?.id]);
});

describe("the same event", () => {
  test("is kept once, as it was first told", async () => {
    const { events, clock } = await emptyInbox();
    const [first] = await events.keep([arrived(), arrived()]);
    clock.now += 60_000;
    expect(await events.keep([arrived({ data: { later: true } })])).toEqual([]);
    expect((await events.list({ limit: 10 })).items).toEqual([first]);
  });

  test("is the same in whatever offset its moment is written", async () => {
    const { events } = await emptyInbox();
    await events.keep([arrived({ occurredAt: "2019-12-06T10:53:49.274Z" })]);
    expect(await events.keep([arrived({ occurredAt: "2019-12-06T18:53:49.274+08:00" })])).toEqual([]);
  });

  test.each<[string, Partial<VendorEvent>]>([
    ["kind", { kind: "completed" }],
    ["order", { subject: { ...arrived().subject, orderSn: "1" } }],
    ["task", { subject: { ...arrived().subject, taskId: "other" } }],
    ["time", { occurredAt: "2019-12-06T10:53:49.275Z" }],
    ["vendor", { vendor: "routemate" }],
  ])("is another one with another %s", async (_, change) => {
    const { events } = await emptyInbox();
    expect(await events.keep([arrived(), arrived(change)])).toHaveLength(2);
  });

  test("is told by its identity alone where it has one, however its moment was guessed", async () => {
    const { events } = await emptyInbox();
    const identity = { jobId: "J1", stopId: "S1" };
    const first = arrived({ vendor: "routemate", kind: "stop.completed", identity });
    const [kept] = await events.keep([first]);
    expect(kept).not.toHaveProperty("identity");
    expect(await events.keep([{ ...first, occurredAt: "2020-01-01T00:00:00Z", subject: {} }])).toEqual([]);
    expect(await events.keep([{ ...first, identity: { ...identity, stopId: "S2" } }])).toHaveLength(1);
  });

  const anyEvent = fc
    .tuple(
      fc.constantFrom("arrived", "completed"),
      fc.constantFrom("1", "2"),
      fc.constantFrom("a", "b"),
      fc.nat(2),
    )
    .map(([kind, orderSn, taskId, seconds]) =>
      arrived({
        kind,
        subject: { orderSn, taskId },
        occurredAt: new Date(start + seconds * 1000).toISOString(),
      }),
    );

  test("fills the inbox alike in any order, any number of times and in any batches", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(anyEvent, { maxLength: 6 }), { maxLength: 8 }), async (batches) => {
        const { events } = await emptyInbox();
        const kept = [];
        for (const batch of batches) kept.push(...(await events.keep(batch)));
        const distinct = new Set(
          batches.flat().map(({ kind, subject, occurredAt }) => JSON.stringify([kind, subject, occurredAt])),
        );
        expect(new Set(kept.map(({ id }) => id)).size).toBe(distinct.size);
        expect(kept).toHaveLength(distinct.size);
        expect((await events.list({ limit: 100 })).items).toEqual(kept.toReversed());
        const again = await emptyInbox();
        const keptAgain = await again.events.keep(batches.flat().toReversed());
        expect(new Set(keptAgain.map(({ id }) => id))).toEqual(new Set(kept.map(({ id }) => id)));
      }),
      { numRuns: 60 },
    );
  });
});

describe("a list", () => {
  async function filledInbox() {
    const { events, clock } = await emptyInbox();
    for (let order = 1; order <= 5; order++) {
      clock.now = start + order * 60_000;
      await events.keep([
        arrived({ subject: { orderSn: String(order), taskId: "t" } }),
        arrived({ kind: "completed", subject: { orderSn: String(order), taskId: "t" } }),
        arrived({
          vendor: "routemate",
          kind: "stop.completed",
          subject: { jobId: "J", stopId: String(order) },
        }),
      ]);
    }
    return { events, clock };
  }

  test("gives the newest first, page by page, with the number of all", async () => {
    const { events, clock } = await filledInbox();
    const first = await events.list({ limit: 7 });
    expect(first.total).toBe(15);
    clock.now += 60_000;
    await events.keep([arrived({ subject: { orderSn: "99" } })]);
    const second = await events.list({ limit: 8, cursor: first.nextCursor });
    expect(second.nextCursor).toBeUndefined();
    const ids = [...first.items, ...second.items].map(({ id }) => id);
    expect(new Set(ids).size).toBe(15);
    expect(first.items[0]?.subject).toEqual({ jobId: "J", stopId: "5" });
    expect(second.items.at(-1)?.subject).toEqual({ orderSn: "1", taskId: "t" });
  });

  test("holds what fits vendor, kind and every part of the subject", async () => {
    const { events } = await filledInbox();
    const count = async (query: object) => (await events.list({ limit: 100, ...query })).total;
    expect(await count({ vendor: "yunji" })).toBe(10);
    expect(await count({ vendor: "yunji", kind: "completed" })).toBe(5);
    expect(await count({ kind: "stop.completed" })).toBe(5);
    expect(await count({ subject: { taskId: "t" } })).toBe(10);
    expect(await count({ subject: { taskId: "t", orderSn: "3" } })).toBe(2);
    expect(await count({ subject: { jobId: "J", orderSn: "3" } })).toBe(0);
    expect(await count({ vendor: "takeout" })).toBe(0);
  });

  test("since a moment holds what was kept then or later, whenever it happened", async () => {
    const { events, clock } = await filledInbox();
    clock.now = start + 10 * 60_000;
    await events.keep([arrived({ occurredAt: "2001-01-01T00:00:00Z" })]);
    const late = await events.list({ limit: 100, since: "2026-11-22T18:05:00+08:00" });
    expect(late.items.map(({ occurredAt }) => occurredAt)).toContain("2001-01-01T00:00:00.000Z");
    expect(late.total).toBe(4);
  });

  test("refuses a cursor that it did not give", async () => {
    const { events } = await emptyInbox();
    const failure = await failureOf(events.list({ limit: 1, cursor: "garbage" }));
    expect(failure).toMatchObject({ code: "invalid_input", details: { fields: ["cursor"] } });
  });
});

test("what was kept is there after the process is gone", async () => {
  const location = join(temporaryFolder(), "waybill.db");
  const first = await openStore({ location, now: () => start });
  const kept = await first.events.keep([arrived()]);
  await first.close();
  const second = await openStore({ location, now: () => start });
  onTestFinished(() => second.close());
  expect((await second.events.list({ limit: 5 })).items).toEqual(kept);
  expect(await second.events.keep([arrived()])).toEqual([]);
});
