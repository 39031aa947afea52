import { isStopOf } from "../../../domain/stop-id.ts";
import { quote } from "../../../domain/vendor-text.ts";
import type { RouteImportRecord } from "../../../state/route-imports.ts";
import type { Asking, Found } from "./ask-source.ts";

/** A shipment is seldom sent out more often than that. */
const mostImports = 5;

/** The routes that were sent with a shipment on them, newest first. */
export async function importsWithShipment(
  { app }: Pick<Asking, "app">,
  shipmentId: string,
): Promise<RouteImportRecord[]> {
  const { routeImports } = await app.store();
  const isWanted = ({ stopIds }: RouteImportRecord) => stopIds.some((stopId) => isStopOf(stopId, shipmentId));
  return routeImports.find({ isWanted, limit: mostImports });
}

/** The routes that were sent under an identifier, newest first. */
export async function importsOfJob(
  { app }: Pick<Asking, "app">,
  externalJobId: string,
): Promise<RouteImportRecord[]> {
  const { routeImports } = await app.store();
  return routeImports.find({ externalJobId, limit: mostImports });
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

function describe({ externalJobId, state }: RouteImportRecord): string {
  const route = `Route ${quote(externalJobId)}`;
  return state === "done"
    ? `${route} was sent to its driver.`
    : `Whether ${route} reached RouteMate is not known.`;
}
