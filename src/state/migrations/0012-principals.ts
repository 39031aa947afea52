import { type QueryExecutorProvider, sql } from "kysely";

/** Who asked for a write. */
export async function addPrincipals(db: QueryExecutorProvider): Promise<void> {
  await sql`alter table writes add column principal text`.execute(db);
}
