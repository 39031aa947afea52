import type { Kysely, Transaction } from "kysely";
import type { VendorName } from "../domain/failure.ts";
import { type Clocks, elapsedMilliseconds, type Instant, instantOf, parseInstant } from "./instant.ts";
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

/** A turn that was taken: which one, about what, and how long ago; undefined where no clock can tell. */
type Turn = { sequence: number; subject: string; ageMilliseconds: number | undefined };

const minute = 60_000;
/** The last turns of so many subjects are remembered: enough to tell who waits longest. */
const mostSubjects = 1_000;

/**
 * The turns of a store. Ages go by the steady clock where there is one, so that setting the wall clock lets nobody ask
 * more than is allowed; where no clock can tell an age, it counts as long ago, so that nobody is held up.
 */
export function createTurns({ db, clocks }: { db: Kysely<Database>; clocks: Clocks }): Turns {
  return {
    take: async ({ vendor, subjects, everyMilliseconds, perMinute }) => {
      if (subjects.length === 0) return [];
      return db.transaction().execute(async (transaction) => {
        const takenAt = instantOf(clocks);
        const turns = await readTurns(transaction, vendor, takenAt);
        const last = new Map(turns.map((turn) => [turn.subject, turn]));
        const room = perMinute - turns.filter((turn) => isWithin(turn, minute)).length;
        const due = subjects
          .filter((subject) => !isWithin(last.get(subject), everyMilliseconds))
          .sort((a, b) => (last.get(a)?.sequence ?? 0) - (last.get(b)?.sequence ?? 0))
          .slice(0, Math.max(0, room));
        await forget(transaction, turns, last);
        await record(transaction, { vendor, subjects: due, takenAt });
        return due;
      });
    },
  };
}

/** The turns of a vendor, oldest first. */
async function readTurns(db: Transaction<Database>, vendor: VendorName, now: Instant): Promise<Turn[]> {
  const rows = await db
    .selectFrom("turns")
    .selectAll()
    .where("vendor", "=", vendor)
    .orderBy("sequence")
    .execute();
  return rows.map(({ sequence, subject, taken }) => ({
    sequence,
    subject,
    ageMilliseconds: elapsedMilliseconds(parseInstant(taken), now),
  }));
}

function isWithin(turn: Turn | undefined, milliseconds: number): boolean {
  return turn?.ageMilliseconds !== undefined && turn.ageMilliseconds < milliseconds;
}

/** Turns that neither count in this minute nor are the last of their subject are as good as never taken. */
async function forget(
  db: Transaction<Database>,
  turns: readonly Turn[],
  last: ReadonlyMap<string, Turn>,
): Promise<void> {
  const remembered = new Set(
    [...last.values()]
      .map(({ sequence }) => sequence)
      .toSorted((a, b) => b - a)
      .slice(0, mostSubjects),
  );
  const forgotten = turns.filter((turn) => !remembered.has(turn.sequence) && !isWithin(turn, minute));
  if (forgotten.length === 0) return;
  await db
    .deleteFrom("turns")
    .where(
      "sequence",
      "in",
      forgotten.map(({ sequence }) => sequence),
    )
    .execute();
}

type NewTurns = { vendor: VendorName; subjects: readonly string[]; takenAt: Instant };

async function record(db: Transaction<Database>, { vendor, subjects, takenAt }: NewTurns): Promise<void> {
  if (subjects.length === 0) return;
  const taken = JSON.stringify(takenAt);
  await db
    .insertInto("turns")
    .values(subjects.map((subject) => ({ vendor, subject, taken })))
    .execute();
}
