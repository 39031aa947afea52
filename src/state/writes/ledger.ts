import type { Kysely, Selectable, Transaction } from "kysely";
import { Failure, type VendorName } from "../../domain/failure.ts";
import { type Clocks, elapsedMilliseconds, instantOf, parseInstant } from "../instant.ts";
import type { Owners } from "../owners.ts";
import type { Database, SettledBy, WriteState, WritesTable } from "../schema.ts";
import { failureText } from "./kept-failure.ts";
import { repeatMilliseconds } from "./repeat-time.ts";

/** One write as the ledger has it. */
export type LedgerRow = Selectable<WritesTable>;

/** A call that wants something written. */
export type WriteIntent = {
  tool: string;
  vendor: VendorName;
  requestId: string | null;
  fingerprint: string;
  naturalKey: string | null;
  arguments: string;
  /** JSON; null where nobody is told. */
  principal: string | null;
  personal: LedgerRow["personal"];
};

/**
 * What the ledger makes of a call: a new write that is now this process's to send, the write that it repeats, or
 * another unfinished write that looks like it, which has to end before this one begins: of two lost ones that look
 * alike, nobody could tell which is there.
 */
export type Claim = { kind: "new" | "same" | "twin"; row: LedgerRow };

/**
 * The rows of the ledger and the steps between their states. Each step names the attempt that it speaks of and is
 * undone by nobody: the first that settles a write wins, and whoever comes later gets the row as it stands.
 */
export type Ledger = {
  /** Finds the write that a call repeats, or records the intent under `writeId`; `conflict` for a used request id. */
  claim: (intent: WriteIntent, use: { writeId: string; skip: ReadonlySet<string> }) => Promise<Claim>;
  read: (writeId: string) => Promise<LedgerRow>;
  /** The outcome (JSON) of an attempt is known. */
  settle: (row: LedgerRow, outcome: string, settledBy: SettledBy) => Promise<LedgerRow>;
  /** The attempt did nothing at the vendor, nor did one before it. */
  refuse: (row: LedgerRow, failure: Failure, settledBy: SettledBy) => Promise<LedgerRow>;
  /** The answer to the attempt is lost; `mayStillLand` while the vendor may still carry a request of it out. */
  lose: (row: LedgerRow, mayStillLand: boolean) => Promise<LedgerRow>;
  /** Takes an unknown write for another attempt; undefined when another call was quicker. */
  resume: (row: LedgerRow, mayStillLand: boolean) => Promise<LedgerRow | undefined>;
  /** Outcomes (JSON) of other writes that look alike, so that a look-up takes none of them for its own. */
  otherOutcomes: (row: LedgerRow) => Promise<string[]>;
  /** Whether another write that looks alike has not ended: then what a look-up finds may be that one's. */
  hasUnsettledTwin: (row: LedgerRow) => Promise<boolean>;
  /** Whether the process that last sent the row is provably gone, or is this one. */
  isAbandoned: (row: LedgerRow) => boolean;
  isOwn: (row: LedgerRow) => boolean;
  /** Milliseconds since an instant of a row; undefined when the clock was set back. */
  since: (instant: string) => number | undefined;
};

type Options = { db: Kysely<Database>; clocks: Clocks; owners: Owners };

/** The ledger of a store. */
export function createLedger({ db, clocks, owners }: Options): Ledger {
  const instant = () => JSON.stringify(instantOf(clocks));
  const since = (earlier: string) => elapsedMilliseconds(parseInstant(earlier), instantOf(clocks));
  const read = (writeId: string) => readRow(db, writeId);
  const step = async (row: LedgerRow, from: WriteState[], to: Partial<LedgerRow>) => {
    await db
      .updateTable("writes")
      .set(to)
      .where("writeId", "=", row.writeId)
      .where("attempt", "=", row.attempt)
      .where("state", "in", from)
      .execute();
    return read(row.writeId);
  };
  return {
    claim: (intent, { writeId, skip }) => {
      const owner = owners.self();
      return db.transaction().execute(async (transaction): Promise<Claim> => {
        const earlier = await findEarlier(transaction, intent, { skip, since });
        if (earlier) return earlier;
        await transaction
          .insertInto("writes")
          .values({
            ...intent,
            writeId,
            owner,
            state: "sending",
            attempt: 1,
            firstStarted: instant(),
            mayStillLand: 0,
          })
          .execute();
        return { kind: "new", row: await readRow(transaction, writeId) };
      });
    },
    read,
    settle: (row, outcome, settledBy) =>
      step(row, ["sending", "unknown"], { state: "done", outcome, settledBy, settled: instant() }),
    refuse: (row, failure, settledBy) =>
      step(row, ["sending", "unknown"], {
        state: "refused",
        failure: failureText(failure),
        settledBy,
        settled: instant(),
      }),
    lose: (row, mayStillLand) =>
      step(row, ["sending"], {
        state: "unknown",
        lost: instant(),
        mayStillLand: Math.max(row.mayStillLand, Number(mayStillLand)),
      }),
    resume: async (row, mayStillLand) => {
      const owner = owners.self();
      const { numUpdatedRows } = await db
        .updateTable("writes")
        .set({ state: "sending", owner, attempt: row.attempt + 1, mayStillLand: Number(mayStillLand) })
        .where("writeId", "=", row.writeId)
        .where("attempt", "=", row.attempt)
        .where("state", "=", "unknown")
        .executeTakeFirstOrThrow();
      return numUpdatedRows === 0n ? undefined : read(row.writeId);
    },
    otherOutcomes: (row) => otherOutcomes(db, row),
    hasUnsettledTwin: async (row) => {
      const unsettled = await findLookAlikes(db, row, unfinished);
      return unsettled.some(({ writeId }) => writeId !== row.writeId);
    },
    isAbandoned: (row) => owners.isGone(row.owner),
    isOwn: (row) => owners.self() === row.owner,
    since,
  };
}

async function readRow(db: Kysely<Database>, writeId: string): Promise<LedgerRow> {
  return db.selectFrom("writes").selectAll().where("writeId", "=", writeId).executeTakeFirstOrThrow();
}

type EarlierOptions = Pick<Ledger, "since"> & { skip: ReadonlySet<string> };

const unfinished: WriteState[] = ["sending", "unknown"];

async function findEarlier(
  db: Transaction<Database>,
  intent: WriteIntent,
  { skip, since }: EarlierOptions,
): Promise<Claim | undefined> {
  const same =
    intent.requestId === null
      ? await findRepeated(db, intent, since)
      : await findByRequestId(db, intent, intent.requestId);
  if (same) return { kind: "same", row: same };
  const alike = await findLookAlikes(db, intent, unfinished);
  const twin = alike.find(({ writeId }) => !skip.has(writeId));
  return twin && { kind: "twin", row: twin };
}

/** The write of the same content that a call without a request identifier repeats. */
async function findRepeated(
  db: Transaction<Database>,
  intent: WriteIntent,
  since: Ledger["since"],
): Promise<LedgerRow | undefined> {
  const [open] = await findIdentical(db, intent, unfinished);
  if (open) return open;
  const done = await findIdentical(db, intent, ["done"]);
  const repeated = done.findLast((row) => isRecent(row, since));
  if (repeated?.personal === "none") throw answerGone(intent);
  return repeated;
}

/** Only clocks that contradict one another come here: the answer was given up a day ago, and now it is minutes old. */
function answerGone({ tool }: WriteIntent): Failure {
  return new Failure("conflict", `The same ${tool} was made before, and its answer is no longer kept.`, {
    hint: "list_writes shows that write; a new request_id makes a second one on purpose.",
  });
}

/** The ten minutes count from the first call, or from when an outcome came to light that was unknown till then. */
export function isRecent(row: LedgerRow, since: Ledger["since"]): boolean {
  const from = row.lost === null ? row.firstStarted : (row.settled ?? row.firstStarted);
  // A clock that was set back tells no age: then a repeat is the error that does no harm.
  return (since(from) ?? 0) < repeatMilliseconds;
}

async function findByRequestId(
  db: Transaction<Database>,
  { tool, fingerprint }: WriteIntent,
  requestId: string,
): Promise<LedgerRow | undefined> {
  const row = await db
    .selectFrom("writes")
    .selectAll()
    .where("tool", "=", tool)
    .where("requestId", "=", requestId)
    .where("state", "<>", "refused")
    .executeTakeFirst();
  if (!row || row.fingerprint === fingerprint) return row;
  throw new Failure("conflict", `The request_id ${requestId} was used for ${tool} with other arguments.`, {
    hint: "Repeat that call with its own arguments, or choose another request_id for this one.",
    fields: ["request_id"],
  });
}

/** Writes of the same content in some states, oldest first. */
async function findIdentical(
  db: Kysely<Database>,
  { tool, fingerprint }: Pick<WriteIntent, "tool" | "fingerprint">,
  states: WriteState[],
): Promise<LedgerRow[]> {
  return writesOf(db, tool, states).where("fingerprint", "=", fingerprint).execute();
}

/** What a look-up at the vendor could take for one another: writes under one natural key, else of one content. */
async function findLookAlikes(
  db: Kysely<Database>,
  { tool, naturalKey, fingerprint }: Pick<WriteIntent, "tool" | "naturalKey" | "fingerprint">,
  states: WriteState[],
): Promise<LedgerRow[]> {
  if (naturalKey === null) return findIdentical(db, { tool, fingerprint }, states);
  return writesOf(db, tool, states).where("naturalKey", "=", naturalKey).execute();
}

function writesOf(db: Kysely<Database>, tool: string, states: WriteState[]) {
  return db
    .selectFrom("writes")
    .selectAll()
    .where("tool", "=", tool)
    .where("state", "in", states)
    .orderBy("sequence");
}

async function otherOutcomes(db: Kysely<Database>, row: LedgerRow): Promise<string[]> {
  const done = await findLookAlikes(db, row, ["done"]);
  return done.flatMap(({ writeId, outcome }) =>
    writeId === row.writeId || outcome === null ? [] : [outcome],
  );
}
