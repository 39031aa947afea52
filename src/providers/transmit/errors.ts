import { z } from "zod";
import type { ErrorTable } from "../../pipeline/answer.ts";

/** The vendor's errors are of this shape, or plain text. */
const errorBody = z.looseObject({
  state_code: z.union([z.int(), z.string().regex(/^[\w.-]{1,40}$/)]),
  state_message: z.string().nullish().catch(null),
});

/** Transmit's answers to everything but a create. */
export const transmitErrors: ErrorTable = {
  codes: {},
  statuses: {
    401: {
      code: "unauthorized",
      message: "Transmit does not accept the request's signature.",
      hint: "Run `waybill doctor`: it finds out which TRANSMIT_SIGN_SCHEME and TRANSMIT_SIGN_PREFIX the deployment takes; if none, check TRANSMIT_TOKEN and TRANSMIT_SALT.",
    },
    404: {
      code: "not_found",
      message: "Transmit knows no such tracking.",
      hint: "list_trackings shows those there are; if every call fails so, check TRANSMIT_BASE_URL, which ends in /api/transmit.",
    },
  },
  problem: (body) => {
    const { data } = errorBody.safeParse(body);
    if (!data) return undefined;
    const { state_code: code, state_message: message } = data;
    return { vendorCode: String(code), ...(message != null && { message }) };
  },
};

/** The answers to a create. */
export const creationErrors: ErrorTable = {
  ...transmitErrors,
  statuses: {
    ...transmitErrors.statuses,
    409: {
      code: "conflict",
      message: "This carrier still has an unfinished tracking, so nothing was created.",
      hint: "list_trackings with the carrier's carrier_id, or with your broker_id, shows it: create again once its to_date has passed, or delete it first if it is no longer wanted.",
    },
  },
};
