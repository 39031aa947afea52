import { z } from "zod";
import type { ErrorTable, FailureRule } from "../../pipeline/answer.ts";

/** OSRM's codes for what lies in the coordinates, not in the service (docs/http.md, Responses and Table service). */
export const osrmCodes = {
  tooBig: "TooBig",
  offRoad: "NoSegment",
  noTable: "NoTable",
} as const;

const errorBody = z.object({ code: z.string(), message: z.string().optional() });

const notTaken: FailureRule = {
  code: "rejected",
  message: "The OSRM service does not take a request for travel times and distances.",
  hint: "Check that WAYBILL_MATRIX_URL names an OSRM service of version 5.18 or later and one of its profiles.",
};

/** OSRM answers a refused request with status 400 and its code (docs/http.md, Responses). */
export const osrmErrors: ErrorTable = {
  codes: {
    [osrmCodes.tooBig]: {
      code: "rejected",
      message: "The OSRM service takes fewer coordinates at a time than any block of them has.",
      hint: "Start osrm-routed with a larger --max-table-size.",
    },
    [osrmCodes.offRoad]: {
      code: "rejected",
      message: "The OSRM service finds no road near one of the coordinates.",
      hint: "Check that its map covers the places of the plan.",
    },
    [osrmCodes.noTable]: {
      code: "rejected",
      message: "The OSRM service finds no way between the coordinates.",
      hint: "Check that its map covers the places of the plan.",
    },
    InvalidUrl: notTaken,
    InvalidService: notTaken,
    InvalidVersion: notTaken,
    InvalidOptions: notTaken,
    InvalidQuery: notTaken,
    InvalidValue: notTaken,
    NotImplemented: notTaken,
  },
  statuses: {
    200: {
      code: "bad_response",
      message: "The OSRM service answers without a table.",
      hint: "Check that WAYBILL_MATRIX_URL names an OSRM service.",
    },
    400: notTaken,
    404: {
      code: "not_found",
      message: "There is no OSRM table service at WAYBILL_MATRIX_URL.",
      hint: "Set WAYBILL_MATRIX_URL to the service's address, such as http://127.0.0.1:5000.",
    },
  },
  problem: (body) => {
    const { data } = errorBody.safeParse(body);
    return data && { vendorCode: data.code };
  },
  isFailure: (body) => {
    const { data } = errorBody.safeParse(body);
    return data !== undefined && data.code !== "Ok";
  },
};
