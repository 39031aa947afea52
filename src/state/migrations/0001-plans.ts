import { type QueryExecutorProvider, sql } from "kysely";

/** Plans with their revisions. */
export async function createPlans(db: QueryExecutorProvider): Promise<void> {
  await sql`
    create table plans (
      sequence integer primary key autoincrement,
      planId text not null unique,
      revision integer not null,
      createdAt text not null,
      revisedAt text not null,
      area text,
      merchantId text not null,
      objective text not null,
      vehiclesUsed integer not null,
      shipmentsAssigned integer not null,
      shipmentsUnassigned integer not null,
      distanceMeters real not null,
      durationSeconds real not null
    ) strict`.execute(db);
  await sql`
    create table planRevisions (
      planId text not null references plans (planId),
      revision integer not null,
      document text not null,
      primary key (planId, revision)
    ) strict, without rowid`.execute(db);
}
