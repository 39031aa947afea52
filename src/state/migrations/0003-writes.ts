import { type QueryExecutorProvider, sql } from "kysely";

/**
 * The ledger of writes. Its unique indexes are the last word when two processes begin the same write: a request
 * identifier belongs to one write, and without one there is one unfinished write of the same content.
 */
export async function createWrites(db: QueryExecutorProvider): Promise<void> {
  await sql`
    create table writes (
      sequence integer primary key autoincrement,
      writeId text not null unique,
      tool text not null,
      vendor text not null,
      requestId text,
      fingerprint text not null,
      naturalKey text,
      arguments text not null,
      state text not null check (state in ('sending', 'unknown', 'done', 'refused')),
      attempt integer not null,
      owner text not null,
      firstStarted text not null,
      lost text,
      settled text,
      mayStillLand integer not null check (mayStillLand in (0, 1)),
      settledBy text check (settledBy in ('answer', 'lookUp')),
      outcome text,
      failure text
    ) strict`.execute(db);
  await sql`
    create unique index writesByRequestId on writes (tool, requestId)
    where requestId is not null and state <> 'refused'`.execute(db);
  await sql`
    create unique index unfinishedWrites on writes (tool, fingerprint)
    where requestId is null and state in ('sending', 'unknown')`.execute(db);
  await sql`create index writesByFingerprint on writes (tool, fingerprint, state)`.execute(db);
  await sql`create index writesByNaturalKey on writes (naturalKey) where naturalKey is not null`.execute(db);
}
