import { z } from "zod";
import type { ErrorTable, FailureRule } from "../../pipeline/answer.ts";
import { importFieldNames } from "./schemas.ts";

/** The two shapes of routemate.txt, 错误处理. */
const rateLimitBody = z.looseObject({ retry_after_seconds: z.number().nonnegative() });
const validationBody = z.looseObject({
  error: z.looseObject({ code: z.literal("VALIDATION_ERROR"), messages: z.array(z.string()) }),
});

/** RouteMate's answers to imports and queries (routemate.txt, 错误处理). */
export const routemateErrors: ErrorTable = {
  codes: {
    // fields that the caller can set right, so it is the caller's input and no refusal of the deed
    VALIDATION_ERROR: {
      isVague: true,
      code: "invalid_input",
      message: "RouteMate finds fields of the request missing or wrong.",
      hint: "Correct the named fields and call again.",
    },
  },
  statuses: {
    401: refusedCredentials(),
    403: disabledIntegration(),
    404: {
      code: "not_found",
      message: "RouteMate knows no such job.",
      hint: "Check job_id or external_job_id; if every call fails so, check ROUTEMATE_BASE_URL.",
    },
    405: {
      code: "rejected",
      message: "RouteMate does not take this method at this address.",
      hint: "Check ROUTEMATE_BASE_URL; it ends in /v1.",
    },
  },
  problem: (body) => {
    const rateLimit = rateLimitBody.safeParse(body);
    if (rateLimit.success) return { retryAfterSeconds: rateLimit.data.retry_after_seconds };
    const validation = validationBody.safeParse(body);
    if (!validation.success) return undefined;
    const { code, messages } = validation.data.error;
    const fields = messages.map(namedField).filter((field) => field !== undefined);
    return { vendorCode: code, message: messages.join("; "), fields };
  },
};

/** RouteMate's answers to the client credentials (routemate.txt, 获取访问令牌, 错误响应). */
export const tokenErrors: ErrorTable = {
  codes: {},
  statuses: { 400: refusedCredentials(), 401: refusedCredentials(), 403: disabledIntegration() },
  problem: routemateErrors.problem,
};

/** The path that a message begins with, when each of its names is one of the import's own. */
function namedField(message: string): string | undefined {
  const [path] = /^[a-z_]+(?:\[\d{1,4}\])?(?:\.[a-z_]+)*(?=[ :])/.exec(message) ?? [];
  const names = path?.split(/\[\d+\]\.?|\./).filter((name) => name !== "") ?? [];
  return names.every((name) => importFieldNames.has(name)) ? path : undefined;
}

function refusedCredentials(): FailureRule {
  return {
    code: "unauthorized",
    message: "RouteMate does not accept the client credentials.",
    hint: "Check ROUTEMATE_CLIENT_ID and ROUTEMATE_CLIENT_SECRET; a lost secret is made anew in RouteMate's dashboard.",
  };
}

function disabledIntegration(): FailureRule {
  return {
    code: "forbidden",
    message: "RouteMate has disabled this integration.",
    hint: "Have it enabled again in RouteMate's web application.",
  };
}
