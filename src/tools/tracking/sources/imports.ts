import * as z from "zod";
import { quote } from "../../../domain/vendor-text.ts";
import type { WriteRecord } from "../../../state/writes.ts";
import type { Asking, Found } from "./ask-source.ts";

/** A route that was sent to RouteMate, as the ledger of writes has it. */
export type RouteImportRecord = Pick<WriteRecord, "state" | "firstStartedAt" | "settledAt"> & {
  externalJobId: string;
  jobId: string | null;
  stopIds: string[];
};

const importArguments = z.object({
  route: z.object({
    externalJobId: z.string(),
    stops: z.array(z.object({ externalStopId: z.string() })),
  }),
});
const importOutcome = z.object({ jobId: z.string() });

const writesPerPage = 200;
/** Weeks of dispatching; older deliveries are found by their job. */
const mostWrites = 2_000;
/** A shipment is seldom sent out more often than that. */
const mostImports = 5;

/** Whether a stop is for the shipment: one stop of several shipments joins their identifiers with +. */
export function isStopOf(externalStopId: string, shipmentId: string): boolean {
  return externalStopId === shipmentId || externalStopId.split("+").includes(shipmentId);
}

/** The routes that were sent with a shipment on them, newest first. */
export async function importsWithShipment({ app }: Asking, shipmentId: string): Promise<RouteImportRecord[]> {
  return findImports({ app }, {}, ({ stopIds }) => stopIds.some((stopId) => isStopOf(stopId, shipmentId)));
}

/** The routes that were sent under an identifier, newest first. */
export async function importsOfJob({ app }: Asking, externalJobId: string): Promise<RouteImportRecord[]> {
  return findImports({ app }, { naturalKey: externalJobId }, () => true);
}

/** What the ledger alone tells of routes that were sent. */
export function foundInLedger(imports: readonly RouteImportRecord[]): Found | undefined {
  if (imports.length === 0) return undefined;
  const isSent = imports.some(({ state }) => state === "done");
  return {
    status: isSent ? "dispatched" : "unknown",
    told: imports.map(describe).join(" "),
    timeline: imports
      .filter(({ state }) => state === "done")
      .map((sent) => ({
        at: sent.settledAt ?? sent.firstStartedAt,
        status: "dispatched" as const,
        what: `route ${quote(sent.externalJobId)} sent to its driver as job ${quote(sent.jobId)}`,
      })),
  };
}

async function findImports(
  { app }: Pick<Asking, "app">,
  query: { naturalKey?: string },
  isWanted: (record: RouteImportRecord) => boolean,
): Promise<RouteImportRecord[]> {
  const { writes } = await app.store();
  const found: RouteImportRecord[] = [];
  let cursor: string | undefined;
  for (let read = 0; read < mostWrites; read += writesPerPage) {
    const page = await writes.list({ ...query, tool: "import_route", limit: writesPerPage, cursor });
    found.push(...page.items.flatMap((write) => toImport(write) ?? []).filter(isWanted));
    cursor = page.nextCursor;
    if (cursor === undefined || found.length >= mostImports) break;
  }
  return found.slice(0, mostImports);
}

/** Undefined for a write that did nothing. */
function toImport({ state, arguments: given, outcome, firstStartedAt, settledAt }: WriteRecord) {
  const { data } = importArguments.safeParse(given);
  if (state === "refused" || !data) return undefined;
  const { externalJobId, stops } = data.route;
  const jobId = importOutcome.safeParse(outcome).data?.jobId ?? null;
  const stopIds = stops.map(({ externalStopId }) => externalStopId);
  return { state, firstStartedAt, settledAt, externalJobId, jobId, stopIds };
}

function describe({ externalJobId, state }: RouteImportRecord): string {
  const route = `Route ${quote(externalJobId)}`;
  return state === "done"
    ? `${route} was sent to its driver.`
    : `Whether ${route} reached RouteMate is not known.`;
}
