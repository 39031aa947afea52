import { expect, test } from "vitest";
import { failureOf } from "../support/failures.ts";
import { bread, createWriteDesk, failing, minute } from "../support/write-desk.ts";

test("every write is on record, newest first, page by page, by its natural key and by its tool", async () => {
  const { writes, steps, pass } = await createWriteDesk();
  await writes.once(bread({ naturalKey: "job-1", requestId: "one" }), steps());
  pass(minute);
  await failureOf(writes.once(bread({ arguments: { item: "milk" } }), steps({ send: failing("rejected") })));
  pass(minute);
  await failureOf(writes.once(bread({ arguments: { item: "eggs" } }), steps({ send: failing("timeout") })));
  const first = await writes.list({ limit: 2 });
  expect(first.total).toBe(3);
  expect(first.items).toEqual([
    expect.objectContaining({ arguments: { item: "eggs" }, state: "unknown", attempts: 1, settledAt: null }),
    expect.objectContaining({
      state: "refused",
      failure: { code: "rejected", message: "It failed." },
      settledAt: "2026-11-22T08:01:00.000Z",
    }),
  ]);
  const second = await writes.list({ limit: 2, cursor: first.nextCursor });
  expect(second.nextCursor).toBeUndefined();
  expect(second.items).toEqual([
    {
      writeId: expect.any(String),
      tool: "create_order",
      fingerprint: expect.any(String),
      isRepeatable: true,
      vendor: "yunji",
      requestId: "one",
      naturalKey: "job-1",
      arguments: { item: "bread" },
      state: "done",
      attempts: 1,
      firstStartedAt: "2026-11-22T08:00:00.000Z",
      settledAt: "2026-11-22T08:00:00.000Z",
      settledBy: "answer",
      principal: null,
      outcome: { order: 1 },
    },
  ]);
  expect((await writes.list({ limit: 5, naturalKey: "job-1" })).total).toBe(1);
  await writes.once(bread({ tool: "import_route" }), steps());
  const imports = await writes.list({ limit: 5, tool: "import_route" });
  expect(imports).toMatchObject({ total: 1, items: [{ tool: "import_route" }] });
});
