import type { Kysely, SelectQueryBuilder } from "kysely";
import type { VendorName } from "../../domain/failure.ts";
import type { Principal } from "../../domain/principal.ts";
import { parseInstant } from "../instant.ts";
import type { Owners } from "../owners.ts";
import { type Page, type PageRequest, pageOf, sequenceBefore } from "../page.ts";
import type { Database, SettledBy, WriteState } from "../schema.ts";
import { failureOf } from "./kept-failure.ts";
import { isRecent, type Ledger, type LedgerRow } from "./ledger.ts";
import { type RecordOptions, redactFailure, redactValue } from "./redact-write.ts";

/** One write as it is listed. */
export type WriteRecord = {
  writeId: string;
  tool: string;
  vendor: VendorName;
  requestId: string | null;
  naturalKey: string | null;
  /** Of tool and arguments as they were given. */
  fingerprint: string;
  /** Whether the same call without a request identifier would be this write's repeat now. */
  isRepeatable: boolean;
  /** As much of them as the record keeps. */
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
  /** Of a write that is done; as much of it as the record shows. */
  outcome?: unknown;
  /** Of a write that did nothing. */
  failure?: { code: string; message: string; vendorCode?: string; vendorMessage?: string };
};

/** Which writes are wanted; those that fit all that is given. */
export type WriteQuery = PageRequest & {
  tool?: string | readonly string[] | undefined;
  vendor?: VendorName | undefined;
  /** A write whose sender is gone is unknown. */
  state?: WriteState | undefined;
  naturalKey?: string | undefined;
  requestId?: string | undefined;
  /** Those that sent the plan's routes. */
  planId?: string | undefined;
  /** ISO 8601; those that were first sent at this time or later, by the clock of then. */
  since?: string | undefined;
};

/** What a list is read with. */
type Place = {
  db: Kysely<Database>;
  owners: Pick<Owners, "isGone">;
  since: Ledger["since"];
  recording: RecordOptions;
};

type Chosen = SelectQueryBuilder<Database, "writes", object>;

/** The writes that fit, newest first. */
export async function listWrites(place: Place, query: WriteQuery): Promise<Page<WriteRecord>> {
  const chosen = await choose(place, query);
  const rows = await chosen
    .selectAll()
    .where("sequence", "<", sequenceBefore(query))
    .orderBy("sequence", "desc")
    .limit(query.limit + 1)
    .execute();
  const { total } = await chosen
    .select(({ fn }) => fn.countAll<number>().as("total"))
    .executeTakeFirstOrThrow();
  return pageOf(rows, { limit: query.limit, total, toItem: (row) => toRecord(row, place) });
}

/** How many writes there are whose effect nobody has told yet. */
export async function countUnknown(place: Place): Promise<number> {
  const chosen = await choose(place, { limit: 1, state: "unknown" });
  const { total } = await chosen
    .select(({ fn }) => fn.countAll<number>().as("total"))
    .executeTakeFirstOrThrow();
  return total;
}

async function choose(place: Place, query: WriteQuery): Promise<Chosen> {
  const { tool, vendor, state, naturalKey, requestId, planId, since } = query;
  let chosen: Chosen = place.db.selectFrom("writes");
  if (tool !== undefined) chosen = chosen.where("tool", "in", [tool].flat());
  if (vendor !== undefined) chosen = chosen.where("vendor", "=", vendor);
  if (naturalKey !== undefined) chosen = chosen.where("naturalKey", "=", naturalKey);
  if (requestId !== undefined) chosen = chosen.where("requestId", "=", requestId);
  if (planId !== undefined) chosen = ofPlan(chosen, planId);
  if (since !== undefined) chosen = chosen.where("firstStarted", ">=", startOfInstant(since));
  return state === undefined ? chosen : inState(place, chosen, state);
}

/** A dispatched route's job is named by its plan and its plate, with a dash between; a dot comes after a dash. */
function ofPlan(chosen: Chosen, planId: string): Chosen {
  return chosen.where("naturalKey", ">=", `${planId}-`).where("naturalKey", "<", `${planId}.`);
}

/** How an instant's JSON begins: the moment comes first and has always the same length. */
function startOfInstant(moment: string): string {
  return JSON.stringify({ at: new Date(moment).toISOString() }).slice(0, -1);
}

async function inState({ db, owners }: Place, chosen: Chosen, state: WriteState): Promise<Chosen> {
  if (state === "done" || state === "refused") return chosen.where("state", "=", state);
  const senders = await db
    .selectFrom("writes")
    .select("owner")
    .distinct()
    .where("state", "=", "sending")
    .execute();
  const gone = senders.map(({ owner }) => owner).filter((owner) => owners.isGone(owner));
  if (state === "sending") return chosen.where("state", "=", "sending").where("owner", "not in", gone);
  // Both states first, for which there is an index.
  return chosen
    .where("state", "in", ["unknown", "sending"])
    .where((write) => write.or([write("state", "=", "unknown"), write("owner", "in", gone)]));
}

function toRecord(row: LedgerRow, { owners, since, recording }: Place): WriteRecord {
  const { writeId, tool, vendor, requestId, naturalKey, fingerprint, state, attempt, settledBy } = row;
  const isAbandoned = state === "sending" && owners.isGone(row.owner);
  const isOpen = state === "sending" || state === "unknown";
  const given: unknown = JSON.parse(row.arguments);
  const record: WriteRecord = {
    writeId,
    tool,
    vendor,
    requestId,
    naturalKey,
    fingerprint,
    isRepeatable: isOpen || (state === "done" && isRecent(row, since)),
    arguments: redactValue(given, recording),
    state: isAbandoned ? "unknown" : state,
    attempts: attempt,
    firstStartedAt: parseInstant(row.firstStarted).at,
    settledAt: row.settled === null ? null : parseInstant(row.settled).at,
    settledBy,
    principal: row.principal === null ? null : JSON.parse(row.principal),
  };
  if (row.outcome !== null) record.outcome = redactValue(JSON.parse(row.outcome), recording);
  if (row.failure === null) return record;
  const { code, message, details } = redactFailure(failureOf(row.failure), given, recording);
  const { vendorCode, vendorMessage } = details;
  const said = { ...(vendorCode !== undefined && { vendorCode }), ...(vendorMessage && { vendorMessage }) };
  return { ...record, failure: { code, message, ...said } };
}
