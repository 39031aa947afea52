import type { App } from "../../../app.ts";
import type { DispatchedRoute } from "../../../domain/dispatch.ts";
import { cancelled, Failure, type FailureCode } from "../../../domain/failure.ts";
import type { RouteImportResult } from "../../../domain/route-job.ts";
import { importOnce } from "../../routes/import-once.ts";
import type { Call } from "../../tool.ts";
import type { DriverOrder } from "./driver-order.ts";
import { tryToKeep } from "./keep-driven.ts";
import { type Dispatch, isToSend, type RouteIntent } from "./prepare-dispatch.ts";

/** How a route stands after a dispatch; `waiting` ones were not tried. */
export type RouteState = "dispatched" | "unknown" | "refused" | "blocked" | "waiting";

/** What came of one route. */
export type RouteOutcome = {
  intent: RouteIntent;
  state: RouteState;
  jobId: string | null;
  /** True: this call sent nothing for it. */
  isRepeated: boolean;
  error?: Failure;
  /** RouteMate's answer, where this call got it. */
  imported?: RouteImportResult;
  /** How it is driven, where this call worked that out. */
  order?: DriverOrder;
};

/** Failures that every further route would meet as well. */
const ofTheVendor: ReadonlySet<FailureCode> = new Set([
  "unauthorized",
  "forbidden",
  "not_configured",
  "rate_limited",
]);

/** Failures of a vendor that gave no answer: after two in a row the others wait, so that none of them gets stuck. */
const noAnswer: ReadonlySet<FailureCode> = new Set([
  "unavailable",
  "timeout",
  "outcome_unknown",
  "bad_response",
]);
const mostWithoutAnswer = 2;

/** The dispatch that is carried out, and the plates that nobody has agreed to. */
export type Sending = { dispatch: Dispatch; heldBack: readonly string[] };

/**
 * Sends the routes of a plan, one after the other, each once whatever happens: the claim in Waybill's state and the
 * ledger decide between processes, and an outcome that nobody knows does not stop the other routes.
 */
export async function dispatchRoutes(
  { dispatch, heldBack }: Sending,
  app: App,
  call: Call,
): Promise<RouteOutcome[]> {
  const outcomes: RouteOutcome[] = [];
  const total = dispatch.intents.length;
  let stop: Failure | undefined;
  let unanswered = 0;
  for (const [index, intent] of dispatch.intents.entries()) {
    if (call.signal.aborted) stop ??= cancelled();
    const isShown = !heldBack.includes(intent.licensePlate);
    const outcome =
      !isToSend(intent) || !isShown || stop
        ? untried(intent, { isShown, stop })
        : await sendRoute({ dispatch, intent }, app, call);
    outcomes.push(outcome);
    const { error } = outcome;
    unanswered = error && noAnswer.has(error.code) ? unanswered + 1 : 0;
    if (
      error &&
      outcome.state !== "blocked" &&
      (ofTheVendor.has(error.code) || unanswered >= mostWithoutAnswer)
    )
      stop ??= error;
    const out = outcomes.filter(({ state }) => state === "dispatched").length;
    call.reportProgress((index + 1) / total, `${out} of ${total} routes are out`);
  }
  return outcomes;
}

function untried(
  intent: RouteIntent,
  { isShown, stop }: { isShown: boolean; stop: Failure | undefined },
): RouteOutcome {
  const { standing, obstacles } = intent;
  const common = { intent, jobId: standing?.jobId ?? null, isRepeated: true };
  if (standing?.state === "dispatched") return { ...common, state: "dispatched" };
  if (standing) return { ...common, state: "unknown", ...(stop && { error: stop }) };
  if (obstacles.length > 0) return { ...common, state: "blocked", error: blocked(obstacles) };
  if (!isShown) return { ...common, state: "blocked", error: notAgreedTo() };
  return { ...common, state: "waiting", ...(stop && { error: stop }) };
}

function blocked(obstacles: readonly string[]): Failure {
  return new Failure("conflict", obstacles.join(" "), {
    hint: "Correct it with revise_plan, set_driver or in the ERP; the other routes do not wait for it.",
  });
}

function notAgreedTo(): Failure {
  return new Failure(
    "conflict",
    "It could not be sent when the preview was shown, so nobody has agreed to it.",
    {
      hint: "Call again without `confirmation` for a preview that has it.",
    },
  );
}

type Sent = { dispatch: Dispatch; intent: RouteIntent };

async function sendRoute({ dispatch, intent }: Sent, app: App, call: Call): Promise<RouteOutcome> {
  const { import: route, externalJobId } = intent;
  const common = { intent, jobId: null, isRepeated: false };
  if (!route) return { ...common, state: "blocked", error: blocked(intent.obstacles) };
  let claim: DispatchedRoute | undefined;
  try {
    claim = await claimOf({ dispatch, intent }, app);
    const { claimId } = claim;
    const store = await app.store();
    const { outcome, repeated } = await importOnce(app, {
      tool: "dispatch_plan",
      route,
      requestId: externalJobId,
      maySend: () => store.dispatches.maySend(claimId),
      signal: call.signal,
    });
    return await readBack({ dispatch, intent }, { outcome, repeated }, app);
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown;
    const error = isOtherContent(thrown) ? sentOtherwise(intent.licensePlate) : thrown;
    const isOwn = intent.standing === null;
    return { ...common, ...(await standingAfter(app, { externalJobId, claim, isOwn, error })), error };
  }
}

/** The ledger's word for it names a request identifier, which no caller of dispatch_plan gives. */
function isOtherContent({ code, details }: Failure): boolean {
  return code === "conflict" && details.fields?.[0] === "request_id";
}

function sentOtherwise(licensePlate: string): Failure {
  return new Failure(
    "conflict",
    `Another call is sending the route of ${licensePlate} with another driver or other stops, so this one sent nothing.`,
    { hint: "get_plan shows how it stands once that call has ended." },
  );
}

/** The claim that stands, or a new one. */
async function claimOf({ dispatch: { plan }, intent }: Sent, app: App): Promise<DispatchedRoute> {
  const { route, standing, licensePlate, externalJobId, driver } = intent;
  if (standing) return standing;
  const store = await app.store();
  return store.dispatches.claim({
    planId: plan.planId,
    revision: plan.revision,
    licensePlate,
    externalJobId,
    driverEmail: driver?.email ?? "",
    shipmentIds: route.stops.flatMap(({ shipmentIds }) => shipmentIds),
  });
}

async function readBack(
  { dispatch, intent }: Sent,
  { outcome, repeated }: { outcome: RouteImportResult; repeated: boolean },
  app: App,
): Promise<RouteOutcome> {
  const store = await app.store();
  const out = await store.dispatches.byJob(intent.externalJobId);
  const read = out ? await tryToKeep(app, dispatch.plan, out) : undefined;
  return {
    intent,
    state: "dispatched",
    jobId: outcome.jobId,
    isRepeated: repeated,
    imported: outcome,
    ...(read?.order && { order: read.order }),
  };
}

type Failed = { externalJobId: string; claim: DispatchedRoute | undefined; isOwn: boolean; error: Failure };

/** What the ledger says of a route whose sending failed: only what it refused for sure is free again. */
async function standingAfter(
  app: App,
  { externalJobId, claim, isOwn, error }: Failed,
): Promise<Pick<RouteOutcome, "state" | "jobId">> {
  const { dispatches } = await app.store();
  // A claim that stood before may be another process's, which is at work on it.
  if (claim && isOwn) await dispatches.drop(claim.claimId);
  const left = await dispatches.byJob(externalJobId);
  if (left?.state === "dispatched") return { state: "dispatched", jobId: left.jobId };
  if (left && left.state !== "refused") return { state: "unknown", jobId: null };
  if (error.code === "cancelled" || ofTheVendor.has(error.code)) return { state: "waiting", jobId: null };
  return { state: claim ? "refused" : "blocked", jobId: null };
}
