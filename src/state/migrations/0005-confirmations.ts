import { type QueryExecutorProvider, sql } from "kysely";

/** What may be carried out once somebody has agreed to it, and what came of it. */
export async function createConfirmations(db: QueryExecutorProvider): Promise<void> {
  await sql`
    create table confirmations (
      confirmation text primary key,
      tool text not null,
      fingerprint text not null,
      issued text not null,
      used text,
      answer text
    ) strict`.execute(db);
}
