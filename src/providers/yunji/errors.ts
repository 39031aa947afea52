import { z } from "zod";
import { Failure } from "../../domain/failure.ts";
import type { ErrorTable, FailureRule } from "../../pipeline/answer.ts";
import { readJson } from "../../pipeline/json.ts";
import type { VendorAnswer } from "../../pipeline/pipeline.ts";
import {
  codeRules,
  fieldsOf,
  missingParameter,
  numberOf,
  outOfReach,
  remoteError,
  signatureRefused,
  timestampExpired,
} from "./error-codes.ts";

/** yunji.txt, 错误结果 */
const errorBody = z.looseObject({
  requestId: z.string().nullish(),
  code: z.union([z.number(), z.string()]).nullish(),
  message: z.string().nullish().catch(null),
});

/** What stands for success where a `code` stands at all (yunji.txt, 取消订单: the table says 200, the sample 0). */
const successCodes: ReadonlySet<string> = new Set(["", "0", "200", "SUCCESS"]);

/** The code of the document's example of an error, "action is not valid"; the table does not list it (yunji.txt, 错误结果). */
const invalidAction = "10086";

/** A 2xx whose code the document does not name: it failed, but what it left undone is not told. */
const unnamedFailure: FailureRule = {
  isVague: true,
  code: "unavailable",
  message: "Yunji says that this failed, with a code that its document does not name.",
  hint: "Call again in a minute; if it persists, ask Yunji with the vendor_code and the request_id.",
};

const notValid: FailureRule = {
  code: "rejected",
  message: "Yunji takes this for no valid action as things stand, so nothing was done.",
  hint: "Read the present state first: get_robot_order shows whether it is too late.",
};

/** Yunji's errors (yunji.txt, 错误结果 and 错误码). */
export const yunjiErrors: ErrorTable = {
  codes: codeRules,
  statuses: { 200: unnamedFailure, 201: unnamedFailure, 202: unnamedFailure },
  problem: (body) => {
    const parsed = errorBody.safeParse(body);
    if (!parsed.success) return undefined;
    const vendorCode = String(parsed.data.code ?? "");
    const fields = fieldsOf(vendorCode);
    return {
      ...(isDocumentedCode(vendorCode) && { vendorCode }),
      ...(parsed.data.requestId != null && { requestId: parsed.data.requestId }),
      ...(parsed.data.message != null && { message: parsed.data.message }),
      ...(fields && { fields }),
    };
  },
  isFailure: (body) => {
    const parsed = errorBody.safeParse(body);
    return parsed.success && !successCodes.has(String(parsed.data.code ?? ""));
  },
};

/** A number, or one of the table's names: no other text goes on. */
function isDocumentedCode(code: string): boolean {
  return /^\d{1,9}$/.test(code) || Object.hasOwn(codeRules, code);
}

/** Error bodies are three short members. */
const longestErrorBytes = 4_096;

/** Whether the vendor refuses a request for its timestamp alone; it was not carried out then. */
export function isExpiredTimestamp({ body }: VendorAnswer): boolean {
  if (body.byteLength > longestErrorBytes) return false;
  try {
    return numberOf(String(errorBody.parse(readJson(body)).code)) === timestampExpired;
  } catch {
    return false;
  }
}

/** Whether an error says that the signature is not the one that the vendor computed. */
export function isSignatureRefused({ details: { vendorCode = "" } }: Failure): boolean {
  return numberOf(vendorCode) === signatureRefused;
}

/** Whether an error speaks of what was asked for, and so not of the request's signature any more. */
export function isPastSignature({ details: { vendorCode } }: Failure): boolean {
  const ofRequests = [missingParameter, remoteError, timestampExpired, signatureRefused];
  return vendorCode !== undefined && !ofRequests.includes(numberOf(vendorCode));
}

/**
 * The failure that the document makes of a code where its HTTP status says less or otherwise: refusals come with 4xx
 * and 500 alike (yunji.txt, 错误结果), and 取消订单 tells its own in a 200.
 */
export function documentedFailure(failure: Failure, isWrite: boolean): Failure {
  if (failure.code === "outcome_unknown") return failure;
  const { httpStatus = 0, vendorCode = "", ...rest } = failure.details;
  const become = ({ code, message, hint }: FailureRule, status: { httpStatus?: number } = { httpStatus }) =>
    new Failure(code, message, { ...rest, ...status, vendorCode, hint }, failure);
  if (httpStatus === 429)
    return failure.code === "rate_limited" ? failure : become(tooMany(rest.retryAfterSeconds));
  // a write's without its status, which would say that it is over: what lies behind may still carry it out
  if (numberOf(vendorCode) === remoteError) return become(outOfReach, isWrite ? {} : { httpStatus });
  if (vendorCode === invalidAction && httpStatus < 300) return become(notValid);
  const rule = httpStatus === 500 && Object.hasOwn(codeRules, vendorCode) ? codeRules[vendorCode] : undefined;
  return rule ? become(rule) : failure;
}

function tooMany(seconds: number | undefined): FailureRule {
  const hint = `Call again in ${seconds === undefined ? "a minute" : `${seconds} seconds`}.`;
  return { code: "rate_limited", message: "Yunji takes no more requests at the moment.", hint };
}
