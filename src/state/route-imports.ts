import { type Kysely, sql } from "kysely";
import type { Database } from "./schema.ts";
import type { WriteRecord } from "./writes/list-writes.ts";
import type { Writes } from "./writes.ts";

/** A route that was sent to RouteMate, as the ledger of writes has it; one that was refused is none. */
export type RouteImportRecord = Pick<WriteRecord, "state" | "firstStartedAt" | "settledAt"> & {
  externalJobId: string;
  driverEmail: string;
  /** Whether the vendor has an account for the driver; null while its answer is not known. */
  isDriverKnown: boolean | null;
  /** Null while the vendor's answer is not known. */
  jobId: string | null;
  stopIds: string[];
  /** The same in the vendor's order; none while its answer is not known. */
  orderedStopIds: string[];
};

/** Which imports are wanted; those that fit all that is given. */
type ImportQuery = {
  /** Those of both tools when left out. */
  tool?: ImportTool;
  externalJobId?: string;
  /** ISO 8601; those that were first sent at this time or later. */
  since?: string;
  isWanted?: (record: RouteImportRecord) => boolean;
  /** At most this many; all when left out. */
  limit?: number;
};

/** What was dispatched: the routes among the writes. */
export type RouteImports = {
  /** Newest first, out of the latest 2,000 writes: weeks of dispatching. */
  find: (query: ImportQuery) => Promise<RouteImportRecord[]>;
  /** The vendor's names of the jobs that were made by the last so many imports, newest first. */
  jobs: (limit: number) => Promise<string[]>;
};

/** The tools that import routes: one by one, and those of a plan. */
export const importTools = ["import_route", "dispatch_plan"] as const;
type ImportTool = (typeof importTools)[number];

const writesPerPage = 200;
const mostWrites = 2_000;

type Options = { db: Kysely<Database>; writes: Pick<Writes, "list"> };

/** The imports of a ledger of writes. */
export function createRouteImports({ db, writes }: Options): RouteImports {
  return {
    find: async ({
      tool = importTools,
      externalJobId,
      since = "",
      isWanted = () => true,
      limit = mostWrites,
    }) => {
      const found: RouteImportRecord[] = [];
      const query = { tool, naturalKey: externalJobId, limit: writesPerPage };
      let cursor: string | undefined;
      for (let read = 0; read < mostWrites; read += writesPerPage) {
        const { items, nextCursor } = await writes.list({ ...query, cursor });
        const recent = items.filter(({ firstStartedAt }) => firstStartedAt >= since);
        found.push(...recent.flatMap((write) => toImport(write) ?? []).filter(isWanted));
        cursor = recent.length < items.length ? undefined : nextCursor;
        if (cursor === undefined || found.length >= limit) break;
      }
      return found.slice(0, limit);
    },
    jobs: (limit) => newestJobs(db, limit),
  };
}

/** Undefined for a write that did nothing, or whose arguments are those of another version. */
function toImport(write: WriteRecord): RouteImportRecord | undefined {
  const { state, arguments: given, outcome, firstStartedAt, settledAt } = write;
  const route = memberOf(given, "route");
  const externalJobId = memberOf(route, "externalJobId");
  const stops = memberOf(route, "stops");
  const driverEmail = memberOf(route, "driverEmail");
  const isDriverKnown = memberOf(outcome, "driverResolved");
  if (state === "refused" || typeof externalJobId !== "string" || !Array.isArray(stops)) return undefined;
  const jobId = memberOf(outcome, "jobId");
  return {
    state,
    firstStartedAt,
    settledAt,
    externalJobId,
    driverEmail: typeof driverEmail === "string" ? driverEmail : "",
    isDriverKnown: typeof isDriverKnown === "boolean" ? isDriverKnown : null,
    jobId: typeof jobId === "string" ? jobId : null,
    stopIds: stopIdsOf(stops),
    orderedStopIds: stopIdsOf(memberOf(outcome, "stops")),
  };
}

function stopIdsOf(stops: unknown): string[] {
  if (!Array.isArray(stops)) return [];
  return stops.map((stop) => memberOf(stop, "externalStopId")).filter((id) => typeof id === "string");
}

/** Read without the routes themselves, for it is asked every few seconds. */
async function newestJobs(db: Kysely<Database>, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom("writes")
    .select(sql<string | null>`json_extract(outcome, '$.jobId')`.as("jobId"))
    .where("tool", "in", importTools)
    .where("state", "=", "done")
    .orderBy("sequence", "desc")
    .limit(limit)
    .execute();
  return [...new Set(rows.flatMap(({ jobId }) => (typeof jobId === "string" ? [jobId] : [])))];
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;
}
