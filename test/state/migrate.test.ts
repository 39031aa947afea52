import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Kysely, sql } from "kysely";
import { expect, onTestFinished, test } from "vitest";
import { migrate, migrations } from "../../src/state/migrate.ts";
import { openStore } from "../../src/state/open-store.ts";
import { sqliteDialect } from "../../src/state/sqlite-dialect.ts";
import { samplePlan } from "../support/sample-plan.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const wayb = Buffer.from("Wayb").readInt32BE();

function connect(location: string) {
  return new Kysely<unknown>({ dialect: sqliteDialect(new DatabaseSync(location), (error) => error) });
}

/** A file as the first `version` migrations leave it. */
async function fileOfVersion(version: number): Promise<string> {
  const location = join(temporaryFolder(), "waybill.db");
  const db = connect(location);
  for (const migration of migrations.slice(0, version)) await migration(db);
  await sql.raw(`pragma application_id = ${version === 0 ? 0 : wayb}`).execute(db);
  await sql.raw(`pragma user_version = ${version}`).execute(db);
  await db.destroy();
  return location;
}

function schemaOf(location: string): unknown[] {
  const database = new DatabaseSync(location, { readOnly: true });
  const rows = database.prepare("select type, name, sql from sqlite_schema order by name").all();
  const version = database.prepare("pragma user_version").all();
  database.close();
  return [...rows, ...version];
}

test.each(migrations.map((_, version) => version))(
  "a file of version %i becomes one of the newest",
  async (version) => {
    const location = await fileOfVersion(version);
    const store = await openStore({ location, now: Date.now });
    const { planId } = await store.plans.save(samplePlan({ vehicles: 1, stopsPerVehicle: 1 }));
    expect((await store.plans.get(planId)).revision).toBe(1);
    await store.close();
    expect(schemaOf(location)).toEqual(schemaOf(await fileOfVersion(migrations.length)));
  },
);

test("a file of the newest version is left as it is", async () => {
  const location = await fileOfVersion(migrations.length);
  const store = await openStore({ location, now: Date.now });
  await store.close();
  expect(schemaOf(location)).toEqual(schemaOf(await fileOfVersion(migrations.length)));
});

test("a migration that breaks off leaves the version it came from", async () => {
  const location = await fileOfVersion(1);
  const before = schemaOf(location);
  const blocker = new DatabaseSync(location);
  blocker.exec("create table writes (mine)");
  blocker.close();
  const db = connect(location);
  onTestFinished(() => db.destroy());
  await expect(migrate(db, location)).rejects.toThrow("already exists");
  const after = schemaOf(location);
  expect(after.filter((row) => JSON.stringify(row).includes("materialRules"))).toEqual([]);
  expect(after.at(-1)).toEqual(before.at(-1));
});
