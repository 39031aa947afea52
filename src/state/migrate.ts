import { type Kysely, type QueryExecutorProvider, sql } from "kysely";
import { createPlans } from "./migrations/0001-plans.ts";
import { createMaterialRules } from "./migrations/0002-material-rules.ts";
import { createWrites } from "./migrations/0003-writes.ts";
import { createEvents } from "./migrations/0004-events.ts";
import { createConfirmations } from "./migrations/0005-confirmations.ts";
import { createPlannedShipments } from "./migrations/0006-planned-shipments.ts";
import { createTurns } from "./migrations/0007-turns.ts";
import { keepWhatWasShown } from "./migrations/0008-shown-confirmations.ts";
import { createDrivers } from "./migrations/0009-drivers.ts";
import { createDispatches } from "./migrations/0010-dispatches.ts";
import { createSteadyTurns } from "./migrations/0011-steady-turns.ts";
import { addPrincipals } from "./migrations/0012-principals.ts";
import { makeRecord } from "./migrations/0013-record.ts";
import { createNews } from "./migrations/0014-news.ts";
import { stateFailure } from "./state-failure.ts";

/** Every migration there ever was, in order; a file's version is how many of them it has had. */
export const migrations: readonly ((db: QueryExecutorProvider) => Promise<void>)[] = [
  createPlans,
  createMaterialRules,
  createWrites,
  createEvents,
  createConfirmations,
  createPlannedShipments,
  createTurns,
  keepWhatWasShown,
  createDrivers,
  createDispatches,
  createSteadyTurns,
  addPrincipals,
  makeRecord,
  createNews,
];

/** Marks a SQLite file as one of Waybill's: "Wayb" in ASCII (sqlite.org, "PRAGMA application_id"). */
const applicationId = 0x57617962;

/**
 * Brings the file to the newest version, all in one transaction that holds the write lock: of several processes that
 * start at once the first does it and the others find it done. The version is written even where nothing changes, so
 * that a file which can't be written stops the start and not the first dispatch.
 */
export async function migrate<T>(db: Kysely<T>, location: string): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const version = await readVersion(transaction, location);
    for (const migration of migrations.slice(version)) await migration(transaction);
    await sql.raw(`pragma application_id = ${applicationId}`).execute(transaction);
    await sql.raw(`pragma user_version = ${migrations.length}`).execute(transaction);
  });
}

/** The version of a file of ours, 0 for an empty one. Refuses a file of another program or of a newer version. */
export async function readVersion(db: QueryExecutorProvider, location: string): Promise<number> {
  const { rows } = await sql<{ application: number; version: number; tables: number }>`
    select application_id as application, user_version as version,
      (select count(*) from sqlite_schema) as tables
    from pragma_application_id, pragma_user_version`.execute(db);
  const { application = 0, version = 0, tables = 0 } = rows[0] ?? {};
  if (application !== applicationId && (tables > 0 || application !== 0 || version !== 0)) {
    throw stateFailure(
      location,
      "belongs to another program",
      "Name another file; this one was left as it is.",
    );
  }
  if (version <= migrations.length) return version;
  throw stateFailure(
    location,
    `was written by a newer Waybill (version ${version}; this one knows ${migrations.length})`,
    "Install the newer Waybill or name another file; this one was left as it is.",
  );
}
