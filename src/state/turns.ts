import type { Kysely, Transaction } from "kysely";
import type { VendorName } from "../domain/failure.ts";
import type { Database } from "./schema.ts";

/** What is to be asked of a vendor, again and again. */
export type TurnRequest = {
  vendor: VendorName;
  /** What can be asked about. */
  subjects: readonly string[];
  /** How long one is left alone after it was asked about. */
  everyMilliseconds: number;
  /** Questions in any minute, of all processes on this state together. */
  perMinute: number;
};

/** Turns at asking a vendor: processes on one state share one allowance, and none asks what another just asked. */
export type Turns = {
  /** The subjects to ask about now, those that wait longest first; they count as asked from now on. */
  take: (request: TurnRequest) => Promise<string[]>;
};

const minute = 60_000;
/** Long enough to tell who waits longest, however many there are. */
const memory = 24 * 60 * minute;

/** The turns of a store. */
export function createTurns({ db, now }: { db: Kysely<Database>; now: () => number }): Turns {
  return {
    take: async ({ vendor, subjects, everyMilliseconds, perMinute }) => {
      if (subjects.length === 0) return [];
      return db.transaction().execute(async (transaction) => {
        const takenAt = now();
        await forget(transaction, { from: takenAt - memory, to: takenAt });
        const last = await lastTurns(transaction, vendor);
        const room = perMinute - (await countSince(transaction, vendor, takenAt - minute));
        const waitingSince = (subject: string) => last.get(subject) ?? 0;
        const due = subjects
          .filter((subject) => waitingSince(subject) <= takenAt - everyMilliseconds)
          .sort((a, b) => waitingSince(a) - waitingSince(b))
          .slice(0, Math.max(0, room));
        if (due.length === 0) return [];
        await transaction
          .insertInto("turns")
          .values(due.map((subject) => ({ vendor, subject, takenAt })))
          .execute();
        return due;
      });
    },
  };
}

/** Turns outside the time are as good as never taken: old ones, and those of a clock that was set back since. */
async function forget(db: Transaction<Database>, { from, to }: { from: number; to: number }): Promise<void> {
  await db
    .deleteFrom("turns")
    .where((turn) => turn.or([turn("takenAt", "<", from), turn("takenAt", ">", to)]))
    .execute();
}

async function lastTurns(db: Transaction<Database>, vendor: VendorName): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom("turns")
    .select(({ fn }) => ["subject", fn.max("takenAt").as("last")])
    .where("vendor", "=", vendor)
    .groupBy("subject")
    .execute();
  return new Map(rows.map(({ subject, last }) => [subject, last]));
}

async function countSince(db: Transaction<Database>, vendor: VendorName, since: number): Promise<number> {
  const { count } = await db
    .selectFrom("turns")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("vendor", "=", vendor)
    .where("takenAt", ">", since)
    .executeTakeFirstOrThrow();
  return count;
}
