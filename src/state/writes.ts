import type { Kysely } from "kysely";
import type { VendorName } from "../domain/failure.ts";
import type { Principal } from "../domain/principal.ts";
import { type Clocks, parseInstant } from "./instant.ts";
import { createLedger, failureOf, type LedgerRow } from "./ledger.ts";
import { createOnce, type Once } from "./once.ts";
import type { Owners } from "./owners.ts";
import { type Page, type PageRequest, pageOf, sequenceBefore } from "./page.ts";
import type { Database, SettledBy, WriteState } from "./schema.ts";
import type { WriteWaits } from "./write-steps.ts";

/** One write as it is listed. */
export type WriteRecord = {
  writeId: string;
  tool: string;
  vendor: VendorName;
  requestId: string | null;
  naturalKey: string | null;
  arguments: unknown;
  state: WriteState;
  /** How often it was sent. */
  attempts: number;
  /** ISO 8601 */
  firstStartedAt: string;
  settledAt: string | null;
  settledBy: SettledBy | null;
  /** Who asked for it; null where that is not on record. */
  principal: Principal | null;
  /** Of a write that is done. */
  outcome?: unknown;
  /** Of a write that did nothing. */
  failure?: { code: string; message: string };
};

/** Writes at vendors: each happens once, and all are on record. */
export type Writes = {
  once: Once;
  /** Newest first; those of one natural key, or of some tools, alone where they are given. */
  list: (
    page: PageRequest & { naturalKey?: string | undefined; tool?: string | readonly string[] | undefined },
  ) => Promise<Page<WriteRecord>>;
};

type Options = {
  db: Kysely<Database>;
  clocks: Clocks;
  owners: Owners;
  randomId: () => string;
  waits: WriteWaits;
};

/** The writes of a store; `idle` waits for those that are under way. */
export function createWrites({ db, clocks, owners, randomId, waits }: Options): {
  writes: Writes;
  idle: () => Promise<void>;
} {
  const { once, idle } = createOnce({ ledger: createLedger({ db, clocks, owners }), randomId, waits });
  const list: Writes["list"] = async ({ naturalKey, tool, ...page }) => {
    const chosen = db
      .selectFrom("writes")
      .$if(naturalKey !== undefined, (query) => query.where("naturalKey", "=", naturalKey ?? ""))
      .$if(tool !== undefined, (query) => query.where("tool", "in", [tool ?? []].flat()));
    const rows = await chosen
      .selectAll()
      .where("sequence", "<", sequenceBefore(page))
      .orderBy("sequence", "desc")
      .limit(page.limit + 1)
      .execute();
    const { total } = await chosen
      .select(({ fn }) => fn.countAll<number>().as("total"))
      .executeTakeFirstOrThrow();
    return pageOf(rows, { limit: page.limit, total, toItem: (row) => toRecord(row, owners) });
  };
  return { writes: { once, list }, idle };
}

function toRecord(row: LedgerRow, owners: Owners): WriteRecord {
  const { writeId, tool, vendor, requestId, naturalKey, state, attempt, settledBy } = row;
  const isAbandoned = state === "sending" && owners.isGone(row.owner);
  const record: WriteRecord = {
    writeId,
    tool,
    vendor,
    requestId,
    naturalKey,
    arguments: JSON.parse(row.arguments),
    state: isAbandoned ? "unknown" : state,
    attempts: attempt,
    firstStartedAt: parseInstant(row.firstStarted).at,
    settledAt: row.settled === null ? null : parseInstant(row.settled).at,
    settledBy,
    principal: row.principal === null ? null : JSON.parse(row.principal),
  };
  if (row.outcome !== null) record.outcome = JSON.parse(row.outcome);
  if (row.failure === null) return record;
  const { code, message } = failureOf(row);
  return { ...record, failure: { code, message } };
}
