import type { Kysely, Selectable } from "kysely";
import type { Database, WritesTable } from "../schema.ts";
import { failureOf, failureText } from "./kept-failure.ts";
import { type RecordOptions, redactFailure, redactValue } from "./redact-write.ts";

type Row = Selectable<WritesTable>;

/** `since`: milliseconds since an instant of a row; undefined where the clocks don't tell. */
type Place = {
  db: Kysely<Database>;
  since: (instant: string) => number | undefined;
  recording: RecordOptions;
};

/**
 * Repeats without a request identifier end after ten minutes; by then nobody but a look-up reads an outcome, and that
 * reads identifiers alone. The rest of the day is for clocks that are wrong.
 */
const outcomeMilliseconds = 24 * 60 * 60_000;

const rowsAtOnce = 100;

/**
 * Takes personal data out of some rows that may be without it: arguments and failures that an older version or another
 * setting has kept, and outcomes that no call can get as its repeat any more. Gives how many rows it has changed.
 */
export async function forgetPersonal({ db, since, recording: options }: Place): Promise<number> {
  if (options.recordsPersonal) return 0;
  const full = await oldest(db).where("personal", "=", "all").execute();
  const answered = await oldest(db)
    .where("personal", "=", "outcome")
    .where("requestId", "is", null)
    .where("settled", "is not", null)
    .execute();
  const isOver = (settled: string | null) => settled !== null && (since(settled) ?? 0) >= outcomeMilliseconds;
  const over = answered.filter(({ settled }) => isOver(settled));
  if (full.length + over.length === 0) return 0;
  await db.transaction().execute(async (transaction) => {
    for (const row of await read(transaction, full, "all")) {
      await change(transaction, row, { ...askedOf(row, options), personal: "outcome" });
    }
    for (const row of await read(transaction, over, "outcome")) {
      await change(transaction, row, { ...answerOf(row, options), personal: "none" });
    }
  });
  return full.length + over.length;
}

function oldest(db: Kysely<Database>) {
  return db.selectFrom("writes").select(["sequence", "settled"]).orderBy("sequence").limit(rowsAtOnce);
}

/** Those of the rows that are still as they were chosen. */
async function read(
  db: Kysely<Database>,
  rows: readonly Pick<Row, "sequence">[],
  personal: Row["personal"],
): Promise<Row[]> {
  const chosen = rows.map(({ sequence }) => sequence);
  return db
    .selectFrom("writes")
    .selectAll()
    .where("sequence", "in", chosen)
    .where("personal", "=", personal)
    .execute();
}

async function change(db: Kysely<Database>, row: Row, to: Partial<Row>): Promise<void> {
  await db.updateTable("writes").set(to).where("sequence", "=", row.sequence).execute();
}

function askedOf(row: Row, options: RecordOptions): Partial<Row> {
  const given: unknown = JSON.parse(row.arguments);
  return {
    arguments: JSON.stringify(redactValue(given, options)),
    ...(row.failure && { failure: failureText(redactFailure(failureOf(row.failure), given, options)) }),
  };
}

function answerOf({ outcome }: Row, options: RecordOptions): Partial<Row> {
  return { outcome: outcome && JSON.stringify(redactValue(JSON.parse(outcome), options)) };
}
