import { Failure, type FailureCode } from "../domain/failure.ts";
import { oneLine } from "../domain/vendor-text.ts";
import { outcomeUnknown, type VendorLabel } from "./fault.ts";
import { readJson } from "./json.ts";
import type { VendorAnswer, VendorRequest } from "./pipeline.ts";
import { retryAfterSeconds } from "./retry-timing.ts";

/** What a status or a vendor's error code means to our callers: both sentences are ours. */
export type FailureRule = {
  code: FailureCode;
  message: string;
  hint: string;
  /** True where only the vendor's own words can say what is wrong, so that they are quoted beside ours. */
  isVague?: true;
};

/** What a vendor's error body says, as far as it may be passed on. */
export type VendorProblem = {
  /** One of the codes that the vendor's document names. */
  vendorCode?: string;
  /** What it says in words; cut and freed of secrets before it goes on. */
  message?: string;
  requestId?: string;
  retryAfterSeconds?: number;
  /** Paths of refused fields, in the caller's spelling. */
  fields?: string[];
};

/** One vendor's errors as data. Codes beat statuses below 500; what neither names falls to `commonRule`. */
export type ErrorTable = {
  /** By the vendor's own code. */
  codes: Readonly<Record<string, FailureRule>>;
  /** By HTTP status. */
  statuses: Readonly<Record<number, FailureRule>>;
  /** Reads an error body; gives undefined when it is of no shape that the document shows. */
  problem: (body: unknown) => VendorProblem | undefined;
  /** True for a 2xx whose body says that it failed; left out where statuses tell. */
  isFailure?: (body: unknown) => boolean;
};

/** How one vendor's answers are read. */
export type AnswerOptions = VendorLabel & {
  errors: ErrorTable;
  /** Members whose JSON numbers are kept as their text. */
  exactKeys: ReadonlySet<string>;
  redact: (text: string) => string;
  now: () => number;
};

/** The parsed body of a successful answer (undefined when it is empty and may be); else the `Failure` it comes to. */
export function readAnswer(options: AnswerOptions, request: VendorRequest, answer: VendorAnswer): unknown {
  if (answer.status < 200 || answer.status > 299) throw refusal(options, answer, tryJson(options, answer));
  if (answer.status === 204 && answer.body.byteLength === 0) return undefined;
  const parsed = tryJson(options, answer);
  if (!parsed) throw unusable(options, request, { answer, what: "is no complete JSON" });
  if (options.errors.isFailure?.(parsed.json)) throw refusal(options, answer, parsed);
  return parsed.json;
}

/** The failure of a 2xx that cannot be used; for a write it leaves open what happened. */
export function unusable(
  options: VendorLabel,
  request: VendorRequest,
  { answer, what, fields }: { answer: VendorAnswer; what: string; fields?: string[] },
): Failure {
  const failure = new Failure("bad_response", `${options.label}'s answer ${what}.`, {
    vendor: options.vendor,
    httpStatus: answer.status,
    hint: "Check that the base URL is the vendor's API; if it is, the vendor has changed or broken its answers.",
    ...(fields && { fields }),
  });
  return request.isWrite ? outcomeUnknown(options, request, failure) : failure;
}

/** Seconds that the answer asks us to wait, by header or body; the longer of the two. */
export function askedSeconds(options: AnswerOptions, answer: VendorAnswer): number | undefined {
  const inBody = options.errors.problem(tryJson(options, answer)?.json)?.retryAfterSeconds;
  const inHeader = retryAfterSeconds(answer, options.now());
  return inBody === undefined ? inHeader : Math.max(inBody, inHeader ?? 0);
}

/** A vendor's words are worth a line, not a page. */
const longestMessage = 200;

function refusal(
  options: AnswerOptions,
  answer: VendorAnswer,
  parsed: { json: unknown } | undefined,
): Failure {
  const { vendor, errors, redact } = options;
  const problem = (parsed && errors.problem(parsed.json)) ?? {};
  const isPlain = (text: string | undefined): text is string => text !== undefined && redact(text) === text;
  const rule = ruleOf(options, answer, problem.vendorCode);
  const said = redact(oneLine(problem.message ?? "").trim()).slice(0, longestMessage);
  const requestId = problem.requestId ?? answer.headers["x-request-id"];
  const asked = askedSeconds(options, answer);
  const waitSeconds = asked === undefined ? undefined : Math.ceil(asked);
  return new Failure(rule.code, rule.message, {
    vendor,
    httpStatus: answer.status,
    hint: waitSeconds === undefined ? rule.hint : `Call again in ${waitSeconds} seconds.`,
    ...(isPlain(problem.vendorCode) && { vendorCode: problem.vendorCode }),
    ...(rule.isVague && said !== "" && { vendorMessage: said }),
    ...(isPlain(requestId) && /^[\w.:-]{1,80}$/.test(requestId) && { requestId }),
    ...(waitSeconds !== undefined && { retryAfterSeconds: waitSeconds }),
    ...(problem.fields && problem.fields.length > 0 && { fields: problem.fields.filter(isPlain) }),
  });
}

function ruleOf({ errors, label }: AnswerOptions, answer: VendorAnswer, vendorCode = ""): FailureRule {
  const { codes, statuses } = errors;
  const byCode = answer.status < 500 && Object.hasOwn(codes, vendorCode) ? codes[vendorCode] : undefined;
  return byCode ?? statuses[answer.status] ?? commonRule(label, answer);
}

/** What statuses mean with every vendor. */
function commonRule(label: string, { status, headers }: VendorAnswer): FailureRule {
  const isHtml = /^text\/html\b/i.test(headers["content-type"] ?? "");
  const named: Readonly<Record<number, FailureRule>> = {
    401: {
      code: "unauthorized",
      message: `${label} does not accept the configured credentials.`,
      hint: "Check the vendor's credentials in the configuration, then run `waybill doctor`.",
    },
    403: {
      code: "forbidden",
      message: `${label} does not allow this with the configured credentials.`,
      hint: "Ask whoever runs the vendor's account to allow it.",
    },
    404: {
      code: "not_found",
      message: `${label} does not know what was asked for.`,
      hint: "Check the identifier; list first if it may have changed.",
    },
    409: {
      code: "conflict",
      message: `${label} refuses this because of what it holds already.`,
      hint: "Read the present state, then decide.",
    },
    429: {
      code: "rate_limited",
      message: `${label} takes no more requests at the moment.`,
      hint: "Call again in a minute.",
    },
  };
  const rule = named[status];
  if (rule) return rule;
  if (status < 400) {
    return {
      code: "bad_response",
      message: `${label} points to another address instead of answering.`,
      hint: "Check the vendor's base URL, its scheme (https) included; redirects are not followed.",
    };
  }
  if (status >= 500 || status === 408 || isHtml) {
    return {
      code: "unavailable",
      message: `${label} is out of order at the moment (HTTP ${status}).`,
      hint: "Call again in a few minutes; if it persists, ask the vendor.",
    };
  }
  return {
    code: "rejected",
    message: `${label} refused the request (HTTP ${status}).`,
    hint: "Check the arguments against what the vendor takes; the same call will be refused again.",
    isVague: true,
  };
}

function tryJson({ exactKeys }: AnswerOptions, { body }: VendorAnswer): { json: unknown } | undefined {
  try {
    return { json: readJson(body, exactKeys) };
  } catch {
    return undefined;
  }
}
