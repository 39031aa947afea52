import { DatabaseSync } from "node:sqlite";
import { Kysely } from "kysely";
import { expect, onTestFinished, test } from "vitest";
import { Failure } from "../../../src/domain/failure.ts";
import { migrate } from "../../../src/state/migrate.ts";
import type { Database } from "../../../src/state/schema.ts";
import { sqliteDialect } from "../../../src/state/sqlite-dialect.ts";
import { createLedger, type WriteIntent } from "../../../src/state/writes/ledger.ts";

const intent: WriteIntent = {
  tool: "create_order",
  vendor: "yunji",
  requestId: null,
  fingerprint: "f",
  naturalKey: null,
  arguments: "{}",
  principal: null,
  personal: "outcome",
};

async function emptyLedger() {
  const db = new Kysely<Database>({ dialect: sqliteDialect(new DatabaseSync(":memory:"), (error) => error) });
  onTestFinished(() => db.destroy());
  await migrate(db, ":memory:");
  const owners = { self: () => "me", isGone: () => false, close: () => {} };
  const ledger = createLedger({ db, owners, clocks: { now: () => 0 } });
  const claim = (writeId: string) => ledger.claim(intent, { writeId, skip: new Set() });
  return { db, ledger, claim };
}

test("a write that was settled meanwhile cannot be taken for another attempt", async () => {
  const { ledger, claim } = await emptyLedger();
  const lost = await ledger.lose((await claim("w")).row, true);
  await ledger.settle(lost, '{"order":1}', "lookUp");
  expect(await ledger.resume(lost, false)).toBeUndefined();
  expect(await ledger.read("w")).toMatchObject({ state: "done", attempt: 1 });
});

test("of two that want to send an unknown write again one may", async () => {
  const { ledger, claim } = await emptyLedger();
  const lost = await ledger.lose((await claim("w")).row, true);
  const resumed = await Promise.all([ledger.resume(lost, false), ledger.resume(lost, false)]);
  expect(resumed.filter((row) => row !== undefined)).toMatchObject([
    { state: "sending", attempt: 2, owner: "me" },
  ]);
});

test("what an older attempt has to say no longer counts", async () => {
  const { ledger, claim } = await emptyLedger();
  const lost = await ledger.lose((await claim("w")).row, true);
  await ledger.resume(lost, false);
  expect(await ledger.lose(lost, true)).toMatchObject({ state: "sending", attempt: 2 });
  expect(await ledger.settle(lost, "{}", "answer")).toMatchObject({ state: "sending", attempt: 2 });
  expect(await ledger.refuse(lost, new Failure("rejected", "No."), "answer")).toMatchObject({
    state: "sending",
  });
});

test("the first outcome that is kept stays", async () => {
  const { ledger, claim } = await emptyLedger();
  const { row } = await claim("w");
  await ledger.settle(row, '{"order":1}', "answer");
  expect(await ledger.settle(row, '{"order":2}', "lookUp")).toMatchObject({
    outcome: '{"order":1}',
    settledBy: "answer",
  });
});

test("the file itself refuses a second unfinished write of the same content, and a request id used twice", async () => {
  const { db, claim } = await emptyLedger();
  const { sequence: _, ...row } = (await claim("w")).row;
  const insert = (changes: Partial<typeof row>) =>
    db
      .insertInto("writes")
      .values({ ...row, ...changes })
      .execute();
  await expect(insert({ writeId: "x" })).rejects.toThrow("UNIQUE");
  await insert({ writeId: "y", requestId: "one" });
  await expect(insert({ writeId: "z", requestId: "one", fingerprint: "g" })).rejects.toThrow("UNIQUE");
  await insert({ writeId: "z", requestId: "one", tool: "create_tracking" });
});
