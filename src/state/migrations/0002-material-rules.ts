import { type QueryExecutorProvider, sql } from "kysely";

/** The rules that say which items are of which material. */
export async function createMaterialRules(db: QueryExecutorProvider): Promise<void> {
  await sql`
    create table materialRules (
      sequence integer primary key autoincrement,
      ruleId text not null unique,
      material text not null,
      itemName text,
      itemNameContains text,
      hasPrintingJob integer check (hasPrintingJob in (0, 1)),
      createdAt text not null,
      check ((itemName is not null) + (itemNameContains is not null) + (hasPrintingJob is not null) = 1)
    ) strict`.execute(db);
}
