import { z } from "zod";
import type { ErrorTable, FailureRule } from "../../pipeline/answer.ts";
import { isRefusal } from "./envelope.ts";
import { toolField } from "./field-names.ts";
import { wholeNumber } from "./wire-fields.ts";

const fieldError = z.looseObject({
  field: z.string().nullish().catch(null),
  message: z.string().nullish().catch(null),
});

/** takeout.txt, 1.4; whatever is of another shape is passed over. */
const errorBody = z.looseObject({
  code: wholeNumber.nullish().catch(null),
  message: z.string().nullish().catch(null),
  errors: z.array(fieldError.catch({})).nullish().catch(null),
});

const rejected: FailureRule = {
  isVague: true,
  code: "rejected",
  message: "The takeout system refuses this by its own rules.",
  hint: "Read the present state, and mind the fields that are named: the same call will be refused again.",
};

/** The statuses of takeout.txt, 1.5; the envelope of a 2xx may bear them too. */
const rules: Readonly<Record<number, FailureRule>> = {
  400: {
    isVague: true,
    code: "invalid_input",
    message: "The takeout system finds arguments missing or wrong.",
    hint: "Correct the named fields and call again; if none is named, compare the arguments with the tool's schema.",
  },
  401: {
    code: "unauthorized",
    message: "The takeout system does not accept this sign-in.",
    hint: "Check TAKEOUT_PHONE, TAKEOUT_PASSWORD and TAKEOUT_TENANT_ID, then run `waybill doctor`.",
  },
  403: {
    code: "forbidden",
    message: "The takeout system does not allow this to the account that is signed in.",
    hint: "Check TAKEOUT_LOGIN_TYPE: what merchants may do, customers may not, and the other way round.",
  },
  404: {
    code: "not_found",
    message: "The takeout system does not know what was asked for.",
    hint: "Check the identifier with the list it came from; if every call fails so, check TAKEOUT_BASE_URL.",
  },
  409: {
    isVague: true,
    code: "conflict",
    message: "The takeout system refuses this because of what it holds already.",
    hint: "Read the present state, then decide.",
  },
  422: rejected,
};

const { 400: _badRequest, 422: _unprocessable, ...statusRules } = rules;

/** The system's answers to everything but signing in. */
export const takeoutErrors: ErrorTable = {
  codes: {
    ...rules,
    500: {
      code: "unavailable",
      message: "The takeout system is out of order at the moment.",
      hint: "Call again in a few minutes; if it persists, ask the vendor.",
    },
  },
  // of answers without one of the codes: a gateway's 400 is none of the system's, a failed 2xx is
  statuses: { ...statusRules, 200: rejected, 201: rejected, 202: rejected },
  isFailure: isRefusal,
  problem: (body) => {
    const parsed = errorBody.safeParse(body);
    if (!parsed.success) return undefined;
    const { code, errors } = parsed.data;
    const fields = errors?.map(({ field }) => toolField(field ?? "")) ?? [];
    const message = wordsOf(parsed.data);
    return {
      ...(isDocumented(code) && { vendorCode: String(code) }),
      ...(message !== "" && { message }),
      fields: [...new Set(fields.filter((field) => field !== undefined))].slice(0, 50),
    };
  },
};

/** Its answers to registering: without its words, which may repeat the password. */
export const registerErrors: ErrorTable = {
  ...takeoutErrors,
  problem: (body) => {
    const { message: _, ...problem } = takeoutErrors.problem(body) ?? {};
    return problem;
  },
};

const refusedAccount: FailureRule = {
  code: "unauthorized",
  message: "The takeout system does not let the configured account sign in.",
  hint: "Check TAKEOUT_PHONE, TAKEOUT_PASSWORD, TAKEOUT_LOGIN_TYPE and TAKEOUT_TENANT_ID.",
};

const noSignInThere: FailureRule = {
  code: "not_found",
  message: "There is no sign-in below the configured address.",
  hint: "Check TAKEOUT_BASE_URL; it ends in /api/v1.",
};

/** Its answers to signing in and to a refresh (takeout.txt, 2.1 and 2.2): no argument of a tool is to blame. */
export const signInErrors: ErrorTable = {
  ...takeoutErrors,
  codes: {
    ...takeoutErrors.codes,
    ...Object.fromEntries([400, 401, 403, 404, 422].map((code) => [code, refusedAccount])),
  },
  statuses: {
    ...Object.fromEntries([200, 201, 202, 400, 401, 403, 422].map((status) => [status, refusedAccount])),
    404: noSignInThere,
  },
  problem: (body) => {
    const { vendorCode } = takeoutErrors.problem(body) ?? {};
    return vendorCode === undefined ? undefined : { vendorCode };
  },
};

/** What is wrong, then what is wrong with each field: `参数错误; phone: 手机号格式不正确`. */
function wordsOf({ message, errors }: z.infer<typeof errorBody>): string {
  const ofFields = (errors ?? []).flatMap(({ field, message: said }) =>
    said ? [field ? `${toolField(field) ?? field}: ${said}` : said] : [],
  );
  return [...(message ? [message] : []), ...ofFields].join("; ");
}

function isDocumented(code: number | null | undefined): boolean {
  return code === 500 || (typeof code === "number" && Object.hasOwn(rules, code));
}
