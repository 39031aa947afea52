import type { IncomingMessage } from "node:http";
import { Failure } from "../domain/failure.ts";
import type { Callbacks } from "./callbacks.ts";
import type { Clock } from "./clock.ts";
import { parseFaultOrder } from "./fault-order.ts";
import type { Fault, FaultQueue } from "./faults.ts";
import { type Answer, isRecord, parseJson, type Vendor } from "./message.ts";
import type { RequestLog } from "./request-log.ts";

/** What the control paths steer. */
export type ControlTargets = {
  clock: Clock;
  faults: FaultQueue;
  requests: RequestLog;
  callbacks: Callbacks;
  vendors: readonly Vendor[];
  /** Cuts every open WebSocket and gives their number. */
  dropSockets: () => number;
};

/** A control request: faults, clock and request log are steered over HTTP as they are in the process. */
export type ControlRequest = { method: string; path: string; body: string; message: IncomingMessage };

type ControlAction = (targets: ControlTargets, body: string) => unknown;

const actions: Record<string, ControlAction> = {
  "POST /_faults": ({ faults }, body) => faultBody(faults.add(parseFaultOrder(parseJson(body)))),
  "GET /_faults": ({ faults }) => ({ faults: faults.list().map(faultBody) }),
  "DELETE /_faults": ({ faults }) => {
    faults.clear();
    return { faults: [] };
  },
  "POST /_clock": ({ clock }, body) => {
    clock.advance(advanceSeconds(parseJson(body)));
    return clockBody(clock);
  },
  "GET /_clock": ({ clock }) => clockBody(clock),
  "PUT /_callbacks": ({ callbacks }, body) => {
    callbacks.setBaseUrl(callbackUrl(parseJson(body)));
    return { url: callbacks.baseUrl() ?? null };
  },
  "GET /_callbacks": ({ callbacks }) => ({ url: callbacks.baseUrl() ?? null, sent: callbacks.sent() }),
  "POST /_sockets/drop": ({ dropSockets }) => ({ dropped: dropSockets() }),
  "GET /_holdings": ({ vendors }) =>
    Object.fromEntries(vendors.map(({ name, holdings }) => [name, holdings?.() ?? {}])),
  "GET /_requests": ({ requests }) => ({ requests: requests.list() }),
};

/** Whether a path is the sandbox's own rather than a vendor's. */
export function isControlPath(path: string): boolean {
  return path.startsWith("/_");
}

/** Answers a control request; wrong input is a 400 that says what is expected. */
export function answerControl(targets: ControlTargets, request: ControlRequest): Answer {
  if (!isLocal(request.message)) return problem(403, "The control paths are open to this machine alone.");
  const all = { ...actions, ...actionsOf(targets.vendors) };
  const action = all[`${request.method} ${request.path}`];
  if (!action) return problem(404, `The control paths are ${Object.keys(all).join(", ")}.`);
  try {
    return { status: 200, body: action(targets, request.body) };
  } catch (error) {
    if (error instanceof Failure) return problem(400, error.message);
    throw error;
  }
}

/** What the vendors let steer of their own. */
function actionsOf(vendors: readonly Vendor[]): Record<string, ControlAction> {
  const own = vendors.flatMap(({ controls = {} }) => Object.entries(controls));
  return Object.fromEntries(own.map(([name, act]) => [name, (_, body) => act(parseJson(body))]));
}

const longestStepSeconds = 366 * 24 * 3600;

/** Throws a Failure unless the step is one that the clock can make. */
export function checkStep(seconds: number): number {
  if (seconds >= 0 && seconds <= longestStepSeconds) return seconds;
  throw new Failure("invalid_input", `advance_seconds must be a number from 0 to ${longestStepSeconds}.`, {
    fields: ["advance_seconds"],
  });
}

/** Loopback alone: the sandbox calls nobody else. */
function callbackUrl(body: unknown): string | undefined {
  const { url } = isRecord(body) ? body : {};
  if (url === null) return undefined;
  const parsed = typeof url === "string" ? URL.parse(url) : null;
  if (parsed?.protocol === "http:" && ["127.0.0.1", "localhost"].includes(parsed.hostname)) {
    return parsed.href.replace(/\/+$/, "");
  }
  throw new Failure("invalid_input", "url must be an http:// address on 127.0.0.1, or null for none.", {
    fields: ["url"],
  });
}

function advanceSeconds(body: unknown): number {
  const { advance_seconds: seconds } = isRecord(body) ? body : {};
  return checkStep(typeof seconds === "number" ? seconds : Number.NaN);
}

/** A page in a browser of this machine can reach loopback too, but not under a loopback name. */
function isLocal({ socket, headers }: IncomingMessage): boolean {
  const address = socket.remoteAddress ?? "";
  const host = (headers.host ?? "").replace(/:\d+$/, "");
  return /^(::ffff:)?127\./.test(address) && ["127.0.0.1", "localhost"].includes(host);
}

function clockBody(clock: Clock) {
  return { now: new Date(clock.now()).toISOString() };
}

function faultBody(fault: Fault) {
  const { delaySeconds, retryAfterSeconds, clockOffsetSeconds, ...rest } = fault;
  return {
    ...rest,
    delay_seconds: delaySeconds,
    retry_after_seconds: retryAfterSeconds,
    clock_offset_seconds: clockOffsetSeconds,
  };
}

function problem(status: number, error: string): Answer {
  return { status, body: { error } };
}
