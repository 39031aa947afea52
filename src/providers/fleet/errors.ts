import type { ErrorTable } from "../../pipeline/answer.ts";

/** fleet.txt names 401 and 404 and shows no error body; other statuses mean what they mean with every vendor. */
export const fleetErrors: ErrorTable = {
  codes: {},
  statuses: {
    401: {
      code: "unauthorized",
      message: "The fleet system does not accept the access key.",
      hint: "Check FLEET_ACCESS_KEY; the fleet system also answers so while its own AGENT_ACCESS_KEY is not set.",
    },
    404: {
      code: "not_found",
      message: "The fleet system knows no such vehicle or list for this merchant.",
      hint: "Check the license plate with list_vehicles; if lists fail too, check FLEET_BASE_URL.",
    },
  },
  problem: () => undefined,
};
