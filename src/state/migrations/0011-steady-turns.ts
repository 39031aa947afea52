import { type QueryExecutorProvider, sql } from "kysely";

/**
 * Turns with a reading of every clock (an instant, JSON), in the order in which they were taken. Those of before are
 * let go: the wall clock alone told their age, and they are of the last minutes.
 */
export async function createSteadyTurns(db: QueryExecutorProvider): Promise<void> {
  await sql`drop table turns`.execute(db);
  await sql`
    create table turns (
      sequence integer primary key autoincrement,
      vendor text not null,
      subject text not null,
      taken text not null
    ) strict`.execute(db);
}
