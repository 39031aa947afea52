import { type QueryExecutorProvider, sql } from "kysely";

/** What a person was shown when asked: a difference at the second call can then be told item by item. */
export async function keepWhatWasShown(db: QueryExecutorProvider): Promise<void> {
  await sql`alter table confirmations add column shown text`.execute(db);
}
