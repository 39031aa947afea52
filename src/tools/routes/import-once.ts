import type { App } from "../../app.ts";
import { Failure } from "../../domain/failure.ts";
import type { RouteImport, RouteImportResult, RouteJob } from "../../domain/route-job.ts";
import { quote } from "../../domain/vendor-text.ts";
import { sha256 } from "../../state/fingerprint.ts";
import type { importTools } from "../../state/route-imports.ts";

/** The vendor keeps a key's first answer for 24 hours (routemate.txt, 幂等性); an hour less leaves room for its clock. */
const keyLifetimeMilliseconds = 23 * 60 * 60 * 1000;

type ImportRequest = {
  /** The tool that imports; `import_route` when left out. */
  tool?: (typeof importTools)[number];
  route: RouteImport;
  idempotencyKey?: string;
  requestId?: string;
  /** Asked once the intent is on record, before each sending; false: nothing is sent, which is a `conflict`. */
  maySend?: () => Promise<boolean>;
  signal: AbortSignal;
};
type ImportOutcome = { outcome: RouteImportResult; repeated: boolean };

/**
 * Imports a route so that there is one job whatever is lost in between: the ledger keeps the intent, the vendor's
 * idempotency key covers a day, and the job is looked up by its external identifier before anything is sent again.
 */
export async function importOnce(
  app: App,
  {
    tool = "import_route",
    route,
    idempotencyKey,
    requestId,
    maySend = async () => true,
    signal,
  }: ImportRequest,
): Promise<ImportOutcome> {
  const [store, routemate] = await Promise.all([app.store(), app.routemate()]);
  const isKeyAlive = ({ ageMilliseconds }: { ageMilliseconds: number }) =>
    ageMilliseconds < keyLifetimeMilliseconds;
  const send = async ({ fingerprint }: { fingerprint: string }) => {
    const key = idempotencyKey ?? contentKey(fingerprint, requestId);
    const result = await routemate
      .importRoute(route, { idempotencyKey: key, signal })
      .catch((error: unknown) => explainRefusal(app, { tool, route, signal, error }));
    if (result.externalJobId === route.externalJobId) return result;
    throw new Failure(
      "conflict",
      "That `idempotency_key` was used for another route, so nothing was imported.",
      {
        hint: "Leave idempotency_key out: it is made from the content.",
        vendor: "routemate",
        fields: ["idempotency_key"],
      },
    );
  };
  return store.writes.once<RouteImportResult>(
    {
      tool,
      vendor: "routemate",
      requestId,
      arguments: { route, ...(idempotencyKey !== undefined && { idempotencyKey }) },
      naturalKey: route.externalJobId,
      signal,
    },
    {
      send: async (write) => {
        if (!(await maySend())) throw noLongerOurs();
        return send(write);
      },
      lookUp: async (write) => {
        const job = await findJob(app, route.externalJobId, signal);
        if (!job || !isOf(job, route)) return { found: false, isFinal: true };
        // The job is there, so its key gives the import's own answer, which says more than the job does.
        return { found: true, outcome: isKeyAlive(write) ? await send(write) : toImportResult(job) };
      },
      resendIsSafe: isKeyAlive,
      settleHint: `get_route_job with external_job_id ${route.externalJobId} tells whether the route is there; or make the same call again.`,
    },
  );
}

function noLongerOurs(): Failure {
  return new Failure(
    "conflict",
    "The route was taken by another call, or its shipments were released, just before it was sent; nothing was sent.",
    { hint: "get_plan shows how it stands now.", vendor: "routemate", isUnsent: true },
  );
}

/** Made from the content, so that other content never reuses it; another request identifier is another import. */
function contentKey(fingerprint: string, requestId: string | undefined): string {
  return `waybill-${requestId === undefined ? fingerprint : sha256(`${fingerprint} ${requestId}`)}`;
}

type Refused = { tool: string; route: RouteImport; signal: AbortSignal; error: unknown };

/**
 * The vendor calls a taken identifier a wrong field; that it is taken is what the caller must know. A plan's route
 * that is there already, as after a state that was restored from a copy, is the one that was to be sent.
 */
async function explainRefusal(app: App, { tool, route, signal, error }: Refused): Promise<RouteImportResult> {
  const isRefused =
    error instanceof Failure && error.code === "invalid_input" && error.details.httpStatus !== undefined;
  const job = isRefused ? await findJob(app, route.externalJobId, signal) : undefined;
  if (!job) throw error;
  if (tool === "dispatch_plan" && isOf(job, route) && isOfSamePlan(job, route)) return toImportResult(job);
  const there = `${quote(job.title)} for ${quote(job.driverEmail, 60)} with ${job.stopCount} stops, ${quote(job.status, 20)}`;
  throw new Failure(
    "conflict",
    `A route was already imported under this \`external_job_id\`, so nothing was sent: it is ${there}.`,
    {
      hint: "It can't be changed: get_route_job shows it. Another external_job_id is for another route, not for a correction.",
      vendor: "routemate",
      fields: ["external_job_id"],
    },
  );
}

function isOfSamePlan({ metadata }: RouteJob, route: RouteImport): boolean {
  return ["plan_id", "revision", "license_plate"].every((name) => metadata[name] === route.metadata?.[name]);
}

async function findJob(app: App, externalJobId: string, signal: AbortSignal): Promise<RouteJob | undefined> {
  const routemate = await app.routemate();
  try {
    return await routemate.getJob({ externalJobId }, { signal });
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.code === "not_found") return undefined;
    throw thrown;
  }
}

/** Whether the job came from this import; another route under the same identifier is somebody else's. */
function isOf(job: RouteJob, route: RouteImport): boolean {
  const wanted = new Set(route.stops.map(({ externalStopId }) => externalStopId));
  return (
    job.title === route.title &&
    job.driverEmail.toLowerCase() === route.driverEmail.toLowerCase() &&
    job.stops.length === wanted.size &&
    job.stops.every(({ externalStopId }) => wanted.has(externalStopId))
  );
}

/** What a job tells of the import that made it, when the import's own answer is no longer to be had. */
function toImportResult(job: RouteJob): RouteImportResult {
  const located = job.stops.filter(({ latitude, longitude }) => latitude !== null && longitude !== null);
  return {
    jobId: job.jobId,
    externalJobId: job.externalJobId,
    routeId: job.routeId,
    driverEmail: job.driverEmail,
    driverResolved: job.driverResolved,
    driverUserId: job.driverUserId,
    stopsImported: job.stopCount,
    stopsGeocoded: located.length,
    stopsGeocodeFailed: job.stops.length - located.length,
    optimization: null,
    stops: job.stops,
    deepLink: job.deepLink,
    warnings: [],
  };
}
