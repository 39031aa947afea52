import * as z from "zod";
import { cancellingParties } from "../../../domain/takeout/order.ts";
import { oneLine, quote } from "../../../domain/vendor-text.ts";
import { plainText, requestId } from "../../fields.ts";
import { repeatedAnswer, repeatedNote } from "../../repeated.ts";
import { defineTool } from "../../tool.ts";
import { takeoutOrderId } from "../takeout-fields.ts";
import { describeOrder, describeState, fromOrderBriefly } from "./order-fields.ts";
import { orNoOrderNo } from "./order-no-hint.ts";
import { takeoutStepOnce } from "./takeout-step-once.ts";

export const cancelTakeoutOrder = defineTool({
  name: "cancel_takeout_order",
  title: "Cancel a takeout order",
  description:
    "Cancels a takeout order for good; it can't be taken up again. It refunds nothing by itself as far as the " +
    "vendor's document says: a paid order needs refund_payment too. 取消外卖订单",
  access: "destroy",
  vendor: "takeout",
  input: z.strictObject({
    order_id: takeoutOrderId,
    reason: plainText(200).describe("Told to the customer and the merchant"),
    cancel_by: z.enum(cancellingParties).describe("Who wants it cancelled"),
    request_id: requestId.optional(),
  }),
  output: z.object({
    order_id: z.string(),
    cancelled: z.literal(true),
    status: z.number().nullable().describe("How the order stood afterwards; null where it could not be read"),
    status_text: z.string().nullable(),
    ...repeatedAnswer,
  }),
  async preview({ order_id, reason, cancel_by }, app, { signal }) {
    const takeout = await app.takeout();
    const order = await orNoOrderNo(order_id, takeout.orders.get(order_id, { signal }));
    const paid =
      order.paidAt === null
        ? "It is not paid."
        : `It was paid at ${oneLine(order.paidAt)}: cancelling may not refund it.`;
    return {
      data: { order: fromOrderBriefly(order), reason, cancel_by },
      text: `Would cancel order ${describeOrder(order)}, for the ${cancel_by}: ${quote(reason, 200)}. ${paid}`,
    };
  },
  async run({ order_id, reason, cancel_by, request_id }, app, { signal }) {
    const { outcome, repeated } = await takeoutStepOnce(app, {
      tool: "cancel_takeout_order",
      orderId: order_id,
      step: { action: "cancel", reason, cancelBy: cancel_by },
      requestId: request_id,
      signal,
    });
    const { status, statusText } = outcome;
    return {
      data: {
        order_id,
        cancelled: true as const,
        status,
        status_text: statusText,
        ...(repeated && { repeated }),
      },
      text: `Order ${oneLine(order_id)} is cancelled: ${describeState(outcome)}${repeatedNote(repeated)}.`,
    };
  },
});
