import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Kysely, sql } from "kysely";
import { expect, onTestFinished, test } from "vitest";
import { tagOf } from "../../../src/state/fingerprint.ts";
import { migrations } from "../../../src/state/migrate.ts";
import { openStore } from "../../../src/state/open-store.ts";
import { sqliteDialect } from "../../../src/state/sqlite-dialect.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { bread, createWriteDesk, failing, minute } from "../../support/write-desk.ts";

const wayb = Buffer.from("Wayb").readInt32BE();

/** A file as version 7 left it, with rows of every state in its ledger. */
async function fileOfVersion7(): Promise<string> {
  const location = join(temporaryFolder(), "waybill.db");
  const database = new DatabaseSync(location);
  const db = new Kysely<unknown>({ dialect: sqliteDialect(database, (error) => error) });
  for (const migration of migrations.slice(0, 7)) await migration(db);
  await sql.raw(`pragma application_id = ${wayb}`).execute(db);
  await sql.raw("pragma user_version = 7").execute(db);
  const insert = database.prepare(`
    insert into writes (writeId, tool, vendor, requestId, fingerprint, naturalKey, arguments, state, attempt, owner,
      firstStarted, lost, settled, mayStillLand, settledBy, outcome, failure)
    values (?, ?, ?, ?, ?, ?, ?, ?, 1, 'gone', ?, null, ?, 0, ?, ?, ?)`);
  const at = (time: string) => JSON.stringify({ at: `2026-11-22T${time}.000Z` });
  const address = {
    contactName: "赵子龙",
    contactPhone: "13987654321",
    address: "常山路77号",
    lat: 23.9,
    lng: 113.9,
  };
  const order = { merchantId: "m-1", storeId: "s-1", items: [], deliveryAddress: address };
  const takeout = ["create_takeout_order", "takeout", null] as const;
  const key = "m-1 13987654321";
  insert.run(
    "w-1",
    ...takeout,
    "f-1",
    key,
    JSON.stringify(order),
    "done",
    at("08:00:00"),
    at("08:00:01"),
    "answer",
    JSON.stringify({ orderId: "o-1", isReadBack: false }),
    null,
  );
  const failure = {
    code: "rejected",
    message: "No courier goes to 常山路77号.",
    details: { vendorMessage: "13987654321?" },
  };
  insert.run(
    "w-2",
    ...takeout,
    "f-2",
    key,
    JSON.stringify(order),
    "refused",
    at("08:01:00"),
    at("08:01:01"),
    "answer",
    null,
    JSON.stringify(failure),
  );
  insert.run(
    "w-3",
    ...takeout,
    "f-3",
    key,
    JSON.stringify(order),
    "unknown",
    at("08:02:00"),
    null,
    null,
    null,
    null,
  );
  const route = {
    route: {
      externalJobId: "JOB-1",
      driverEmail: "d@example.com",
      title: "t",
      stops: [{ externalStopId: "S-1", address: "常山路77号" }],
    },
  };
  insert.run(
    "w-4",
    "import_route",
    "routemate",
    "mine",
    "f-4",
    "JOB-1",
    JSON.stringify(route),
    "sending",
    at("08:03:00"),
    null,
    null,
    null,
    null,
  );
  await db.destroy();
  return location;
}

test("writes of version 7 are listed, and what they held of customers is gone from the file", async () => {
  const location = await fileOfVersion7();
  const store = await openStore({ location, now: () => Date.parse("2026-11-22T09:00:00Z") });
  const { items, total } = await store.writes.list({ limit: 10 });
  expect(total).toBe(4);
  expect(items.map(({ writeId, state, principal }) => ({ writeId, state, principal }))).toEqual([
    { writeId: "w-4", state: "unknown", principal: null },
    { writeId: "w-3", state: "unknown", principal: null },
    { writeId: "w-2", state: "refused", principal: null },
    { writeId: "w-1", state: "done", principal: null },
  ]);
  expect(items[3]).toMatchObject({
    naturalKey: tagOf("m-1 13987654321"),
    outcome: { orderId: "o-1" },
    arguments: { merchantId: "m-1", deliveryAddress: { contactName: "[personal]", lat: "[personal]" } },
  });
  expect(items[2]?.failure).toEqual({ code: "rejected", message: "No courier goes to [personal]." });
  expect(await store.routeImports.find({ externalJobId: "JOB-1" })).toMatchObject([
    { driverEmail: "d@example.com", stopIds: ["S-1"], state: "unknown" },
  ]);
  await store.close();
  const database = new DatabaseSync(location, { readOnly: true });
  const rows = JSON.stringify(database.prepare("select * from writes").all());
  database.close();
  for (const text of ["赵子龙", "13987654321", "常山路77号"]) expect(rows).not.toContain(text);
});

test("and stay whole where the record may hold them", async () => {
  const location = await fileOfVersion7();
  const store = await openStore({ location, now: Date.now, recordsPersonal: true });
  onTestFinished(() => store.close());
  const { items } = await store.writes.list({ limit: 10, tool: "create_takeout_order" });
  expect(items[0]).toMatchObject({ arguments: { deliveryAddress: { contactName: "赵子龙" } } });
  expect(items[1]?.failure).toEqual({
    code: "rejected",
    message: "No courier goes to 常山路77号.",
    vendorMessage: "13987654321?",
  });
});

test("writes are found by state, vendor, time, request and plan", async () => {
  const { writes, steps, pass } = await createWriteDesk();
  const route = (naturalKey: string) =>
    bread({ tool: "dispatch_plan", vendor: "routemate", naturalKey, arguments: { naturalKey } });
  await writes.once(route("plan-20261122-7f3k-粤A1"), steps());
  await writes.once(route("plan-20261122-7f3k-粤A2"), steps());
  await writes.once(route("plan-20261122-7f3kk-粤A1"), steps());
  pass(minute);
  await writes.once(bread({ requestId: "one" }), steps());
  await writes
    .once(bread({ arguments: { item: "eggs" } }), steps({ send: failing("timeout") }))
    .catch(() => {});
  await writes
    .once(bread({ arguments: { item: "milk" } }), steps({ send: failing("rejected") }))
    .catch(() => {});
  const count = async (query: object) => (await writes.list({ limit: 10, ...query })).total;
  expect(await count({ planId: "plan-20261122-7f3k" })).toBe(2);
  expect(await count({ planId: "plan-20261122-7f3kk" })).toBe(1);
  expect(await count({ state: "done" })).toBe(4);
  expect(await count({ state: "unknown" })).toBe(1);
  expect(await count({ state: "refused", vendor: "routemate" })).toBe(0);
  expect(await count({ vendor: "routemate" })).toBe(3);
  expect(await count({ requestId: "one" })).toBe(1);
  expect(await count({ since: "2026-11-22T16:01:00+08:00" })).toBe(3);
  expect(await count({ since: "2026-11-22T08:01:00.001Z" })).toBe(0);
  expect(await writes.countUnknown()).toBe(1);
});

test("each way to list a long record reads an index, not the record", async () => {
  const location = join(temporaryFolder(), "waybill.db");
  const store = await openStore({ location, now: Date.now });
  await store.close();
  const database = new DatabaseSync(location);
  onTestFinished(() => database.close());
  const conditions = [
    "tool in ('import_route')",
    "vendor = 'yunji'",
    "state = 'done'",
    "naturalKey = 'JOB-1'",
    'firstStarted >= \'{"at":"2026-11-22\'',
    "state in ('unknown', 'sending') and (state = 'unknown' or owner in ('x'))",
    "requestId = 'one'",
    "naturalKey >= 'plan-' and naturalKey < 'plan.'",
  ];
  for (const condition of conditions) {
    const plan = database.prepare(`explain query plan select count(*) from writes where ${condition}`).all();
    expect(JSON.stringify(plan), condition).not.toContain('SCAN writes"');
  }
});
