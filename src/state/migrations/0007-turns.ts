import { type QueryExecutorProvider, sql } from "kysely";

/** Who was asked about at a vendor, and when (milliseconds since the epoch). */
export async function createTurns(db: QueryExecutorProvider): Promise<void> {
  await sql`
    create table turns (
      vendor text not null,
      subject text not null,
      takenAt integer not null,
      primary key (vendor, subject, takenAt)
    ) strict, without rowid`.execute(db);
}
