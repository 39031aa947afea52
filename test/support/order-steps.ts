import { z } from "zod";
import { Failure } from "../../src/domain/failure.ts";
import type { WriteRequest, WriteSteps } from "../../src/state/writes/write-steps.ts";

const orderAnswer = z.object({ key: z.string() });
const ordersAnswer = z.object({ orders: z.array(z.string()) });

/** What the order vendor answers. */
export type Order = z.infer<typeof orderAnswer>;

/** How an order is sent to, and looked up at, the order vendor. */
export function orderSteps(
  vendorUrl: string,
  key: string,
): WriteSteps<Order> & Required<Pick<WriteSteps<Order>, "lookUp">> {
  const url = `${vendorUrl}?key=${encodeURIComponent(key)}`;
  return {
    settleHint: "List the orders.",
    send: async () => orderAnswer.parse(await callVendor(url, "POST")),
    lookUp: async () => {
      const { orders } = ordersAnswer.parse(await callVendor(url, "GET"));
      return orders.includes(key) ? { found: true, outcome: { key } } : { found: false, isFinal: true };
    },
  };
}

/** The call that orders a key, without a request identifier unless one is given. */
export function orderRequest(key: string, requestId?: string): WriteRequest {
  return { tool: "create_order", vendor: "yunji", arguments: { key }, naturalKey: key, requestId };
}

async function callVendor(url: string, method: "GET" | "POST"): Promise<unknown> {
  const response = await fetch(url, { method }).catch((cause: unknown) => {
    throw new Failure("unavailable", "The vendor did not answer.", {}, cause);
  });
  const details = { httpStatus: response.status };
  if (response.status === 422) throw new Failure("rejected", "The vendor refused the order.", details);
  if (!response.ok) throw new Failure("unavailable", "The vendor failed.", details);
  return response.json();
}
