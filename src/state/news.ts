import type { Kysely, Selectable } from "kysely";
import type { EventSubject } from "../domain/event.ts";
import type { Identifier } from "../domain/identifier.ts";
import type { Database, NewsTable } from "./schema.ts";

/** Something that another process, or this one, has kept. */
export type Change =
  | { kind: "revision"; planId: string; revision: number }
  | { kind: "event"; subject: EventSubject }
  /** A claim, how it is driven, or which of its shipments may go out again. */
  | { kind: "dispatch"; planId: string; shipmentIds: Identifier[] }
  /** A route's write was begun or has come to an end. */
  | { kind: "write"; externalJobId: string };

/** What has been kept, in its order, for whoever tells others. */
export type News = {
  /** How far it is by now: what comes later is news. */
  latest: () => Promise<number>;
  /** What was kept after that, up to a thousand, and how far that goes. */
  since: (sequence: number) => Promise<{ sequence: number; changes: Change[] }>;
};

const mostChanges = 1_000;

/** The news of a store. */
export function createNews({ db }: { db: Kysely<Database> }): News {
  return {
    latest: async () => {
      const row = await db
        .selectFrom("news")
        .select("sequence")
        .orderBy("sequence", "desc")
        .limit(1)
        .executeTakeFirst();
      return row?.sequence ?? 0;
    },
    since: async (sequence) => {
      const rows = await db
        .selectFrom("news")
        .selectAll()
        .where("sequence", ">", sequence)
        .orderBy("sequence")
        .limit(mostChanges)
        .execute();
      return { sequence: rows.at(-1)?.sequence ?? sequence, changes: rows.map(toChange) };
    },
  };
}

function toChange(row: Selectable<NewsTable>): Change {
  const { kind, planId, revision, externalJobId, subject, shipmentIds } = row;
  switch (kind) {
    case "revision":
      return { kind, planId: planId ?? "", revision: revision ?? 1 };
    case "event":
      return { kind, subject: JSON.parse(subject ?? "{}") };
    case "dispatch":
      return { kind, planId: planId ?? "", shipmentIds: JSON.parse(shipmentIds ?? "[]") };
    case "write":
      return { kind, externalJobId: externalJobId ?? "" };
  }
}
