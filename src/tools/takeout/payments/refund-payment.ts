import * as z from "zod";
import type { TakeoutOrder } from "../../../domain/takeout/order.ts";
import type { TakeoutCreated } from "../../../domain/takeout/page.ts";
import { oneLine, quote } from "../../../domain/vendor-text.ts";
import { plainText, requestId, yuan } from "../../fields.ts";
import { repeatedAnswer, repeatedNote } from "../../repeated.ts";
import { defineTool } from "../../tool.ts";
import { describeOrder, fromOrderBriefly } from "../orders/order-fields.ts";
import { orNoOrderNo } from "../orders/order-no-hint.ts";
import { takeoutOrderId } from "../takeout-fields.ts";
import { shortDetails } from "../vendor-details.ts";
import { earlierRefunds, fenOf, inYuan } from "./earlier-refunds.ts";

/**
 * The document shows neither a refund's answer nor a read of refunds (takeout.txt, 6.4), and no order that has been
 * refunded. So after a lost answer nothing proves or disproves a refund, and it is never sent again.
 */
const settleHint =
  "get_takeout_order may show it in timeline and payment_status; the payment house's own records settle it. Only if " +
  "it is not there, refund with a new request_id.";

export const refundPayment = defineTool({
  name: "refund_payment",
  title: "Refund a takeout order",
  description:
    "Gives money of a paid order back, all or a part; it can't be called in again, and the vendor shows no list of " +
    "refunds made before. It does not cancel the order. 申请退款、退钱",
  access: "destroy",
  vendor: "takeout",
  input: z.strictObject({
    order_id: takeoutOrderId,
    amount_yuan: yuan,
    reason: plainText(200),
    request_id: requestId.optional(),
  }),
  output: z.object({
    order_id: z.string(),
    amount_yuan: z.string(),
    refund_id: z.string().nullable().describe("Null where the vendor tells none"),
    details: z.record(z.string(), z.unknown()).describe("What else the vendor answered"),
    ...repeatedAnswer,
  }),
  async preview({ order_id, amount_yuan, reason, request_id }, app, { signal }) {
    const takeout = await app.takeout();
    const order = await orNoOrderNo(order_id, takeout.orders.get(order_id, { signal }));
    const refund = { orderId: order_id, amountYuan: amount_yuan, reason };
    const { refundedFen, told } = await earlierRefunds(app, refund, request_id);
    const doubts = [...doubtsOf(order, amount_yuan, refundedFen), ...told];
    return {
      data: { order: fromOrderBriefly(order), amount_yuan, reason, doubts },
      text: [
        `Would refund ${amount_yuan} yuan of order ${describeOrder(order)}. Reason: ${quote(reason, 200)}.`,
        ...doubts,
      ].join(" "),
    };
  },
  async run({ order_id, amount_yuan, reason, request_id }, app, { signal }) {
    const [store, takeout] = await Promise.all([app.store(), app.takeout()]);
    const refund = { orderId: order_id, amountYuan: amount_yuan, reason };
    const { outcome, repeated } = await store.writes.once<TakeoutCreated>(
      {
        tool: "refund_payment",
        vendor: "takeout",
        requestId: request_id,
        arguments: refund,
        naturalKey: order_id,
        signal,
      },
      { send: () => orNoOrderNo(order_id, takeout.payments.refund(refund, { signal })), settleHint },
    );
    return {
      data: {
        order_id,
        amount_yuan,
        refund_id: outcome.id,
        details: shortDetails(outcome.details),
        ...(repeated && { repeated }),
      },
      text: `Refund of ${amount_yuan} yuan for order ${oneLine(order_id)} is asked for${repeatedNote(repeated)}.`,
    };
  },
});

/** What in the order speaks against the refund, beside what was refunded from here before; the vendor decides. */
function doubtsOf(
  { paidAt, actualAmountYuan: paid }: TakeoutOrder,
  amount: string,
  refundedFen: bigint,
): string[] {
  const leftFen = paid === null ? undefined : fenOf(paid) - refundedFen;
  const isTooMuch = leftFen !== undefined && fenOf(amount) > leftFen;
  const left = refundedFen === 0n ? "" : `the ${inYuan(leftFen ?? 0n)} yuan that are left of `;
  return [
    ...(paidAt === null ? ["The order shows no payment."] : []),
    ...(isTooMuch ? [`That is more than ${left}the order's ${paid} yuan.`] : []),
  ];
}
