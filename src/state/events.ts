import type { Kysely, Selectable, SelectQueryBuilder, Transaction } from "kysely";
import { type EventSubject, eventSubjects, type KeptEvent, type VendorEvent } from "../domain/event.ts";
import type { VendorName } from "../domain/failure.ts";
import { canonicalJson, sha256 } from "./fingerprint.ts";
import { inParts } from "./in-parts.ts";
import { type Page, type PageRequest, pageOf, sequenceBefore } from "./page.ts";
import type { Database, EventsTable } from "./schema.ts";

/** Which events are wanted; those that fit all that is given. */
export type EventQuery = PageRequest & {
  vendor?: VendorName | undefined;
  kind?: string | undefined;
  /** ISO 8601; by when they were kept, so that one that is told late is not missed. */
  since?: string | undefined;
  subject?: EventSubject | undefined;
};

/** The inbox: what vendors told, each event once, and never changed. */
export type Events = {
  /** Keeps those that are new and gives them; they are on the disk when it resolves. */
  keep: (events: readonly VendorEvent[]) => Promise<KeptEvent[]>;
  /** Those kept last come first. */
  list: (query: EventQuery) => Promise<Page<KeptEvent>>;
  /** Those of these identifiers that an event of one of these kinds is about. */
  about: (query: SubjectQuery) => Promise<Set<string>>;
};

/** Identifiers of one kind, and what may have happened to them. */
export type SubjectQuery = {
  vendor: VendorName;
  kinds: readonly string[];
  name: (typeof eventSubjects)[number];
  values: readonly string[];
};

/** The events of a store. */
export function createEvents({ db, now }: { db: Kysely<Database>; now: () => number }): Events {
  return {
    keep: async (events) => {
      if (events.length === 0) return [];
      return db.transaction().execute(async (transaction) => {
        // Read with the lock held: who was told of one moment has seen all that was kept before it.
        const receivedAt = await laterThanAllBefore(transaction, new Date(now()).toISOString());
        const kept: KeptEvent[] = [];
        for (const event of events) {
          const { identity: _, ...told } = event;
          const candidate = {
            ...told,
            occurredAt: inUtc(event.occurredAt),
            id: eventIdOf(event),
            receivedAt,
          };
          if (await insertNew(transaction, candidate)) kept.push(candidate);
        }
        return kept;
      });
    },
    list: (query) => listEvents(db, query),
    about: (query) => findSubjects(db, query),
  };
}

/** The moment, or that of the newest event where a clock was set back: who asks since then misses nothing. */
async function laterThanAllBefore(db: Transaction<Database>, moment: string): Promise<string> {
  const newest = await db
    .selectFrom("events")
    .select("receivedAt")
    .orderBy("sequence", "desc")
    .limit(1)
    .executeTakeFirst();
  return newest !== undefined && newest.receivedAt > moment ? newest.receivedAt : moment;
}

/** The same for whoever tells of the same event, in whatever offset its moment is written. */
function eventIdOf({ vendor, kind, subject, occurredAt, identity }: VendorEvent): string {
  const own = identity ?? { ...subject, occurredAt: inUtc(occurredAt) };
  return `event-${sha256(canonicalJson([vendor, kind, own])).slice(0, 24)}`;
}

function inUtc(instant: string): string {
  return new Date(instant).toISOString();
}

async function insertNew(db: Transaction<Database>, event: KeptEvent): Promise<boolean> {
  const { id, vendor, kind, occurredAt, receivedAt, subject, data } = event;
  const row = await db
    .insertInto("events")
    .values({
      eventId: id,
      vendor,
      kind,
      occurredAt,
      receivedAt,
      subject: JSON.stringify(subject),
      data: JSON.stringify(data),
    })
    .onConflict((conflict) => conflict.column("eventId").doNothing())
    .returning("sequence")
    .executeTakeFirst();
  if (!row) return false;
  const members = membersOf(subject);
  if (members.length > 0) {
    await db
      .insertInto("eventSubjects")
      .values(members.map((member) => ({ ...member, sequence: row.sequence })))
      .execute();
  }
  return true;
}

async function listEvents(db: Kysely<Database>, query: EventQuery): Promise<Page<KeptEvent>> {
  const chosen = choose(db, query);
  const rows = await chosen
    .selectAll("events")
    .where("events.sequence", "<", sequenceBefore(query))
    .orderBy("events.sequence", "desc")
    .limit(query.limit + 1)
    .execute();
  const { total } = await chosen
    .select(({ fn }) => fn.countAll<number>().as("total"))
    .executeTakeFirstOrThrow();
  return pageOf(rows, { limit: query.limit, total, toItem: toEvent });
}

async function findSubjects(
  db: Kysely<Database>,
  { vendor, kinds, name, values }: SubjectQuery,
): Promise<Set<string>> {
  const found = new Set<string>();
  for (const part of inParts(values)) {
    const rows = await db
      .selectFrom("eventSubjects")
      .innerJoin("events", "events.sequence", "eventSubjects.sequence")
      .select("value")
      .distinct()
      .where("name", "=", name)
      .where("value", "in", part)
      .where("vendor", "=", vendor)
      .where("kind", "in", kinds)
      .execute();
    for (const { value } of rows) found.add(value);
  }
  return found;
}

function choose(
  db: Kysely<Database>,
  { vendor, kind, since, subject = {} }: EventQuery,
): SelectQueryBuilder<Database, "events", object> {
  let chosen: SelectQueryBuilder<Database, "events", object> = db.selectFrom("events");
  if (vendor !== undefined) chosen = chosen.where("vendor", "=", vendor);
  if (kind !== undefined) chosen = chosen.where("kind", "=", kind);
  if (since !== undefined) chosen = chosen.where("receivedAt", ">=", inUtc(since));
  for (const { name, value } of membersOf(subject)) {
    chosen = chosen.where("events.sequence", "in", (query) =>
      query
        .selectFrom("eventSubjects")
        .select("sequence")
        .where("name", "=", name)
        .where("value", "=", value),
    );
  }
  return chosen;
}

function membersOf(subject: EventSubject): { name: string; value: string }[] {
  return eventSubjects.flatMap((name) => {
    const value = subject[name];
    return value === undefined ? [] : [{ name, value }];
  });
}

function toEvent({ eventId, sequence: _, subject, data, ...row }: Selectable<EventsTable>): KeptEvent {
  return { id: eventId, ...row, subject: JSON.parse(subject), data: JSON.parse(data) };
}
