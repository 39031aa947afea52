import { type QueryExecutorProvider, sql } from "kysely";
import { tagOf } from "../fingerprint.ts";

/** Tools whose natural keys named customers by their phone or their room. */
const namedCustomers = ["create_takeout_order", "create_robot_order", "register_user"];

/**
 * What of a write may still hold personal data, and the indexes by which writes are listed: each gives them in their
 * order. Natural keys that named a customer become those that tell customers apart without naming them.
 */
export async function makeRecord(db: QueryExecutorProvider): Promise<void> {
  await sql`
    alter table writes add column personal text not null default 'all'
    check (personal in ('all', 'outcome', 'none'))`.execute(db);
  await sql`create index writesByPersonal on writes (personal, requestId)`.execute(db);
  await sql`create index writesByTool on writes (tool)`.execute(db);
  await sql`create index writesByVendor on writes (vendor)`.execute(db);
  await sql`create index writesByState on writes (state)`.execute(db);
  await sql`create index writesByRequest on writes (requestId) where requestId is not null`.execute(db);
  await sql`create index writesByFirstStarted on writes (firstStarted)`.execute(db);
  for (const tool of namedCustomers) {
    const { rows } = await sql<{ naturalKey: string }>`
      select distinct naturalKey from writes where tool = ${tool} and naturalKey is not null`.execute(db);
    for (const { naturalKey } of rows) {
      const tagged = tagOf(naturalKey);
      await sql`
        update writes set naturalKey = ${tagged} where tool = ${tool} and naturalKey = ${naturalKey}`.execute(
        db,
      );
    }
  }
}
