import { type QueryExecutorProvider, sql } from "kysely";

/** The inbox of events, and what each of them is about. */
export async function createEvents(db: QueryExecutorProvider): Promise<void> {
  await sql`
    create table events (
      sequence integer primary key autoincrement,
      eventId text not null unique,
      vendor text not null,
      kind text not null,
      occurredAt text not null,
      receivedAt text not null,
      subject text not null,
      data text not null
    ) strict`.execute(db);
  await sql`create index eventsByKind on events (vendor, kind)`.execute(db);
  await sql`create index eventsByReceipt on events (receivedAt)`.execute(db);
  await sql`
    create table eventSubjects (
      name text not null,
      value text not null,
      sequence integer not null references events (sequence),
      primary key (name, value, sequence)
    ) strict, without rowid`.execute(db);
}
