import { quote } from "../../../domain/vendor-text.ts";
import type { Asking, Question } from "./ask-source.ts";

/** Where the newest plan has a shipment. */
export function planOf({ app }: Asking, shipmentId: string): Question {
  return {
    source: "plans",
    basis: "record",
    ask: async () => {
      const { plans } = await app.store();
      const planned = await plans.withShipment(shipmentId);
      if (!planned) return undefined;
      const { planId, revision, licensePlate, sequence, arriveAt } = planned;
      const where = `stop ${sequence} of ${quote(licensePlate)} in plan ${planId}, revision ${revision}`;
      return {
        status: "planned",
        told: `Planned as ${where}.`,
        timeline: [{ at: arriveAt, status: "planned", what: `planned arrival: ${where}` }],
      };
    },
  };
}
