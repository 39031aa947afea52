import type { z } from "zod";
import { Failure, type ServiceName, type VendorName } from "../domain/failure.ts";
import {
  type AnswerOptions,
  askedSeconds,
  type ErrorTable,
  readAnswer,
  unusable,
} from "../pipeline/answer.ts";
import type { Clock } from "../pipeline/clock.ts";
import { hideSignature } from "../pipeline/echo.ts";
import { limit } from "../pipeline/limit.ts";
import {
  pipeline,
  type Send,
  type Step,
  type VendorAnswer,
  type VendorRequest,
} from "../pipeline/pipeline.ts";
import type { Redactor } from "../pipeline/redact.ts";
import { retry } from "../pipeline/retry.ts";
import { createRetryBudget } from "../pipeline/retry-budget.ts";
import type { Rate } from "../pipeline/rolling-window.ts";
import { attemptTimeout, deadline } from "../pipeline/timeout.ts";
import { type TraceEvent, trace } from "../pipeline/trace.ts";
import { createTransport } from "../pipeline/transport.ts";
import { createVendorClock, type VendorClock } from "./vendor-clock.ts";

/** What the process lends to every vendor client. */
export type Http = {
  clock: Clock;
  /** 0 to 1; spreads retries. */
  random: () => number;
  /** Told of every attempt, redacted. */
  log: (event: TraceEvent) => void;
  /** Learns every secret that a client uses. */
  redactor: Redactor;
  limits: HttpLimits;
};

/** How long, how often and how much, for every vendor alike. */
export type HttpLimits = {
  /** Waits, retries and token renewal included. */
  callMilliseconds: number;
  attemptMilliseconds: number;
  /** Attempts after the first. */
  retries: number;
  firstBackoffMilliseconds: number;
  longestBackoffMilliseconds: number;
  /** Retries may be this fraction of a vendor's requests, beyond the first ten. */
  retriesPerRequest: number;
  savedRetries: number;
  maxAnswerBytes: number;
  connections: number;
};

const usualLimits: HttpLimits = {
  callMilliseconds: 30_000,
  attemptMilliseconds: 10_000,
  retries: 3,
  firstBackoffMilliseconds: 250,
  longestBackoffMilliseconds: 8_000,
  retriesPerRequest: 0.2,
  savedRetries: 10,
  maxAnswerBytes: 8 * 1024 * 1024,
  connections: 8,
};

/** What clients share, with the usual limits where none are given. */
export function createHttp({
  limits,
  ...rest
}: Omit<Http, "limits"> & { limits?: Partial<HttpLimits> }): Http {
  return { ...rest, limits: { ...usualLimits, ...limits } };
}

/** What makes one vendor's pipeline differ from another's: data and, where it signs, one step. */
export type VendorProfile = {
  vendor: ServiceName;
  /** Starts a sentence: "RouteMate", "The fleet system". */
  label: string;
  baseUrl: string;
  errors: ErrorTable;
  /** Configured values that must never show. */
  secrets: readonly string[];
  /** Runs once for every attempt. */
  sign?: Step;
  /** Members of query or body that hold a request's signature: none of its answers may repeat it. */
  signatureMembers?: readonly string[];
  rate?: Rate;
  /** Members whose JSON numbers are kept as their text. */
  exactKeys?: readonly string[];
};

/** One vendor's open pipeline. */
export type VendorLine = {
  profile: VendorProfile;
  http: Http;
  vendorClock: VendorClock;
  send: Send;
  /** For steps that a client puts before `send`, so that the call's time covers them too. */
  deadline: Step;
  close: () => Promise<void>;
};

/** Opens a vendor's pipeline; connections follow with the first request. What signs by a clock brings it along. */
export function openLine(
  profile: VendorProfile,
  http: Http,
  vendorClock: VendorClock = createVendorClock(http.clock),
): VendorLine {
  const { clock, limits, redactor } = http;
  for (const secret of profile.secrets) redactor.hide(secret);
  const who = { vendor: profile.vendor, label: profile.label, clock };
  const answers = answerOptions({ profile, http });

  const transport = createTransport({ ...who, ...limits, baseUrl: profile.baseUrl });
  const wholeCall = deadline({ ...who, milliseconds: limits.callMilliseconds });
  const repeat = retry({
    ...who,
    random: http.random,
    retries: limits.retries,
    backoff: {
      firstMilliseconds: limits.firstBackoffMilliseconds,
      longestMilliseconds: limits.longestBackoffMilliseconds,
    },
    budget: createRetryBudget(limits),
    askedSeconds: (answer) => askedSeconds(answers, answer),
  });
  const pace = profile.rate ? limit({ ...who, rate: profile.rate }) : unchanged;
  const sign = profile.sign ?? unchanged;
  const oneAttempt = attemptTimeout({ ...who, milliseconds: limits.attemptMilliseconds });
  const tell = trace({ ...who, log: http.log, redact: redactor.text });

  const hush = hideSignature(profile.signatureMembers ?? []);
  const steps = [wholeCall, repeat, pace, sign, hush, oneAttempt, tell, vendorClock.watch];
  const send = pipeline(transport.send, ...steps);
  return { profile, http, vendorClock, send, deadline: wholeCall, close: transport.close };
}

/** A request as a client writes it; what it leaves out is empty, and a read. */
export type CallRequest = Pick<VendorRequest, "method" | "path"> &
  Partial<Omit<VendorRequest, "attempt" | "deadlineAt" | "signal">> & { signal?: AbortSignal | undefined };

/** Marks a write that the vendor would do again if it came again; `settledBy` tells which read shows whether it was done. */
export function singleWrite(settledBy: string) {
  return { isWrite: true, isRepeatable: false, settledBy };
}

/** A read answer beside what it was read from. */
export type Exchange<T> = { value: T; answer: VendorAnswer };

/** Sends a request and reads its answer by schema: unknown fields pass, a missing one is named by its path. */
export async function exchange<T>(
  line: VendorLine,
  call: CallRequest,
  schema: z.ZodType<T>,
): Promise<Exchange<T>> {
  const { signal, ...rest } = call;
  const request: VendorRequest = {
    query: [],
    headers: {},
    isWrite: false,
    isRepeatable: true,
    attempt: 1,
    ...rest,
    ...(signal && { signal }),
  };
  const answer = await line.send(request);
  const result = schema.safeParse(readAnswer(answerOptions(line), request, answer));
  if (result.success) return { value: result.data, answer };
  const fields = result.error.issues.slice(0, 10).map(({ path }) => fieldPath(path));
  throw unusable(line.profile, request, { answer, what: "is not of the documented shape", fields });
}

/** How a vendor took a harmless request. */
export type VendorCheck = {
  vendor: ServiceName;
  latencyMilliseconds: number;
  /** The vendor's clock minus ours, to a second; null when its answer has no date. */
  clockSkewSeconds: number | null;
  /** What else was found out, one sentence each: the signing scope that a deployment takes. */
  notes?: string[];
};

/** Measures a harmless exchange; throws its `Failure`. */
export async function measure(
  line: VendorLine,
  read: () => Promise<Exchange<unknown>>,
): Promise<VendorCheck> {
  const { clock } = line.http;
  const startedAt = clock.elapsed();
  const { answer } = await read();
  const latencyMilliseconds = clock.elapsed() - startedAt;
  const { date = "" } = answer.headers;
  const vendorTime = Date.parse(date);
  return {
    vendor: line.profile.vendor,
    latencyMilliseconds,
    clockSkewSeconds: Number.isNaN(vendorTime)
      ? null
      : Math.round((vendorTime - (clock.now() - latencyMilliseconds / 2)) / 1000) + 0, // no -0
  };
}

/** The failure of arguments that never reach the vendor. */
export function invalidInput(message: string, fields: string[], vendor: VendorName): Failure {
  return new Failure("invalid_input", message, {
    vendor,
    fields,
    hint: "Correct the named fields and call again.",
  });
}

function answerOptions({ profile, http }: Pick<VendorLine, "profile" | "http">): AnswerOptions {
  return {
    vendor: profile.vendor,
    label: profile.label,
    errors: profile.errors,
    exactKeys: new Set(profile.exactKeys),
    redact: http.redactor.text,
    now: http.clock.now,
  };
}

/** `results[3].quantity`; a name that is no plain identifier may be the vendor's text and shows as `*`. */
function fieldPath(path: readonly PropertyKey[]): string {
  const parts = path.map((part) => {
    if (typeof part === "number") return `[${part}]`;
    return /^[a-z][a-z0-9_]{0,40}$/i.test(String(part)) ? `.${String(part)}` : ".*";
  });
  return parts.join("").replace(/^\./, "") || "(whole answer)";
}

function unchanged(next: Send): Send {
  return next;
}
