import type { CallOptions } from "../../domain/call-options.ts";
import type { RouteImport, RouteImportResult, RouteJob } from "../../domain/route-job.ts";
import type { RouteMateSettings } from "../../domain/vendor-settings.ts";
import { pipeline } from "../../pipeline/pipeline.ts";
import { authorize, createTokenSource, withBearer } from "../access-token.ts";
import {
  exchange,
  type Http,
  invalidInput,
  measure,
  openLine,
  type VendorCheck,
  type VendorProfile,
} from "../provider.ts";
import { checkImport } from "./arguments.ts";
import { routemateErrors, tokenErrors } from "./errors.ts";
import { importResultSchema, jobSchema, toImportResult, toRouteJob, toWireImport } from "./schemas.ts";
import { fetchToken } from "./token.ts";

/** The account, and its plan's limits where they are not Team's (routemate.txt, 速率限制). */
type RouteMateConfig = RouteMateSettings & {
  /** 60 when left out; token calls count. */
  requestsPerMinute?: number;
  /** Stops of one import; 200 when left out. */
  maxStops?: number;
};

/** A job by one of its two names. */
type JobName = { jobId: string } | { externalJobId: string };

/** Delivery routes: import, which nothing can undo, and query (routemate.txt). */
export type RouteMateClient = {
  /** The same key within 24 hours gives the first import's answer, and makes no second job. */
  importRoute: (
    route: RouteImport,
    options: CallOptions & { idempotencyKey: string },
  ) => Promise<RouteImportResult>;
  getJob: (name: JobName, options?: CallOptions) => Promise<RouteJob>;
  /** Gets a token. */
  check: (signal?: AbortSignal) => Promise<VendorCheck>;
  close: () => Promise<void>;
};

const teamRequestsPerMinute = 60;
const teamMaxStops = 200;

/** RouteMate geocodes up to 200 addresses and orders them before it answers. */
const importTiming = { callMilliseconds: 55_000, attemptMilliseconds: 45_000 };

/** A client of one RouteMate account; it opens no connection and gets no token before its first call. */
export function createRouteMate(config: RouteMateConfig, http: Http): RouteMateClient {
  const profile: VendorProfile = {
    vendor: "routemate",
    label: "RouteMate",
    baseUrl: config.baseUrl,
    errors: routemateErrors,
    secrets: [config.clientSecret],
    rate: { requests: config.requestsPerMinute ?? teamRequestsPerMinute, periodMilliseconds: 60_000 },
  };
  const bare = openLine(profile, http);
  const tokenLine = { ...bare, profile: { ...profile, errors: tokenErrors } };
  const tokens = createTokenSource(async () => (await fetchToken(tokenLine, config)).value, http.clock);
  const line = { ...bare, send: pipeline(bare.send, bare.deadline, authorize(tokens, withBearer)) };

  return {
    importRoute: async (route, { idempotencyKey, signal }) => {
      checkImport(route, config.maxStops ?? teamMaxStops);
      const request = {
        method: "POST" as const,
        path: "/integration-import",
        headers: { "Idempotency-Key": checkedKey(idempotencyKey) },
        json: toWireImport(route),
        isWrite: true,
        isRepeatable: true, // by its key (routemate.txt, 幂等性)
        timing: importTiming,
        settledBy: "get_route_job with this external_job_id tells whether the job is there.",
        signal,
      };
      const { value } = await exchange(line, request, importResultSchema);
      return toImportResult(value);
    },
    getJob: async (name, { signal } = {}) => {
      const request = { method: "GET" as const, path: "/integration-jobs", query: [jobQuery(name)], signal };
      const { value } = await exchange(line, request, jobSchema);
      return toRouteJob(value);
    },
    check: (signal) => measure(bare, () => fetchToken(tokenLine, config, signal)),
    close: bare.close,
  };
}

function jobQuery(name: JobName): [string, string] {
  const [field, value] = "jobId" in name ? ["job_id", name.jobId] : ["external_job_id", name.externalJobId];
  if (value.trim() === "" || !value.isWellFormed()) {
    throw invalidInput(`${field} is empty or has broken characters.`, [field], "routemate");
  }
  return [field, value];
}

/** A key that can stand in a header. */
function checkedKey(key: string): string {
  if (/^[\x21-\x7e]{1,255}$/.test(key)) return key;
  throw invalidInput(
    "idempotency_key must be 1 to 255 visible ASCII characters.",
    ["idempotency_key"],
    "routemate",
  );
}
