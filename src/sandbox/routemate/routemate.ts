import type { Clock } from "../clock.ts";
import { type Answer, isRecord, parseJson, type SandboxRequest, type Vendor } from "../message.ts";
import { importAnswer, type JobAnswer, jobAnswer } from "./answers.ts";
import { createDrivers } from "./drivers.ts";
import { createIdempotency } from "./idempotency.ts";
import { parseImport } from "./import-request.ts";
import { createIntegrations, credentialsOf, hashSecret, type Integration } from "./integrations.ts";
import { createJob, type Job } from "./job.ts";
import { createRateLimit } from "./rate-limit.ts";
import { refuse, refuseFields } from "./refusals.ts";
import { createStopOrders, parseStopOrder, type StopOrders, stopOrderBody } from "./stop-orders.ts";
import { createTokens } from "./tokens.ts";

export type RouteMateOptions = { clock: Clock; seed: number; tokenSeconds: number };

/** The vendor, the jobs it holds as its status endpoint would show them now, and how their stops shall end. */
export type RouteMate = { vendor: Vendor; jobs: () => JobAnswer[]; stopOrders: StopOrders };

/** RouteMate, written from routemate.txt: tokens, imports and the status of jobs. */
export function createRouteMate(options: RouteMateOptions): RouteMate {
  const state = createState(options);
  const guarded = (answer: IntegrationAnswer) => (request: SandboxRequest) => {
    const integration = state.tokens.resolve(request.headers.authorization);
    return integration
      ? withinLimit(state, integration, () => answer(integration, request))
      : refuse({ status: 401 });
  };
  const { clientId, clientSecret } = credentialsOf("main", options.seed);
  const jobs = () => state.jobs.map((job) => jobAnswer(job, options.clock.now()));
  const vendor: Vendor = {
    name: "routemate",
    endpoints: [
      {
        name: "POST /v1/integration-token",
        method: "POST",
        path: /^\/v1\/integration-token$/,
        answer: (request) => answerToken(state, request),
      },
      {
        name: "POST /v1/integration-import",
        method: "POST",
        path: /^\/v1\/integration-import$/,
        answer: guarded((integration, request) => answerImport(state, integration, request)),
      },
      {
        name: "GET /v1/integration-jobs",
        method: "GET",
        path: /^\/v1\/integration-jobs$/,
        answer: guarded((integration, request) => answerJob(state, integration, request)),
      },
    ],
    refuse,
    environment: (mountUrl) => ({
      ROUTEMATE_BASE_URL: `${mountUrl}/v1`,
      ROUTEMATE_CLIENT_ID: clientId,
      ROUTEMATE_CLIENT_SECRET: clientSecret,
    }),
    holdings: () => ({ jobs: jobs() }),
    controls: {
      "POST /_stops": (body) => stopOrderBody(state.stopOrders.add(parseStopOrder(body))),
      "GET /_stops": () => ({ stops: state.stopOrders.list().map(stopOrderBody) }),
    },
  };
  return { vendor, jobs, stopOrders: state.stopOrders };
}

type State = ReturnType<typeof createState>;

type IntegrationAnswer = (integration: Integration, request: SandboxRequest) => Answer | Promise<Answer>;

function createState(options: RouteMateOptions) {
  const jobs: Job[] = [];
  return {
    options,
    jobs,
    integrations: createIntegrations(options.seed),
    tokens: createTokens(options),
    rateLimit: createRateLimit(options.clock),
    idempotency: createIdempotency(options.clock),
    drivers: createDrivers(),
    stopOrders: createStopOrders({ jobs, now: options.clock.now }),
  };
}

function withinLimit(state: State, { clientId }: Integration, answer: () => Answer | Promise<Answer>) {
  const excess = state.rateLimit(clientId);
  return excess ? refuse({ status: 429, ...excess }) : answer();
}

/** routemate.txt, 获取访问令牌 */
function answerToken(state: State, request: SandboxRequest): Answer | Promise<Answer> {
  const body = parseJson(request.body);
  const { client_id: clientId, client_secret: clientSecret } = isRecord(body) ? body : {};
  if (typeof clientId !== "string" || typeof clientSecret !== "string" || !clientId || !clientSecret) {
    return refuse({ status: 400, message: "client_id and client_secret are required" });
  }
  const integration = state.integrations.find((one) => one.clientId === clientId);
  if (!integration || integration.secretHash !== hashSecret(clientSecret)) {
    return refuse({ status: 401, message: "Invalid client credentials" });
  }
  if (integration.isDisabled) return refuse({ status: 403 });
  return withinLimit(state, integration, () => ({
    status: 200,
    body: {
      access_token: state.tokens.issue(integration),
      token_type: "Bearer",
      expires_in: state.options.tokenSeconds,
    },
  }));
}

/** routemate.txt, 导入任务与停靠点 and 幂等性: a fresh key gives the first answer whatever came with it. */
function answerImport(
  state: State,
  integration: Integration,
  request: SandboxRequest,
): Answer | Promise<Answer> {
  const key = request.headers["idempotency-key"];
  if (key === undefined) return importJob(state, integration, request);
  return state.idempotency(`${integration.clientId} ${key}`, async () =>
    importJob(state, integration, request),
  );
}

function importJob(state: State, { clientId }: Integration, { headers, body }: SandboxRequest): Answer {
  const type = headers["content-type"]?.split(";", 1)[0]?.trim().toLowerCase();
  if (type !== "application/json") return refuseFields(["Content-Type must be application/json"]);
  const parsed = parseImport(parseJson(body));
  if ("messages" in parsed) return refuseFields(parsed.messages);
  const { request } = parsed;
  const isTaken = state.jobs.some(
    (job) => job.clientId === clientId && job.request.externalJobId === request.externalJobId,
  );
  if (isTaken) return refuseFields(["external_job_id already exists in this integration"]);
  const { clock, seed } = state.options;
  const driver = state.drivers.match(clientId, request.driverEmail);
  const orderedEnd = (stopId: string) => state.stopOrders.find(request.externalJobId, stopId);
  const job = createJob(request, { clientId, driver, createdAt: clock.now(), seed, orderedEnd });
  state.jobs.push(job);
  return { status: 200, body: importAnswer(job) };
}

/** routemate.txt, 查询任务状态 */
function answerJob(state: State, { clientId }: Integration, { query }: SandboxRequest): Answer {
  const jobId = query.get("job_id");
  const externalJobId = query.get("external_job_id");
  if (!jobId && !externalJobId) return refuseFields(["external_job_id or job_id is required"]);
  const job = state.jobs.find(
    (one) =>
      one.clientId === clientId &&
      (!jobId || one.jobId === jobId) &&
      (!externalJobId || one.request.externalJobId === externalJobId),
  );
  if (!job) return refuse({ status: 404, message: "Job not found" });
  return { status: 200, body: jobAnswer(job, state.options.clock.now()) };
}
