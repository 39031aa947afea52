import * as z from "zod";
import { type PaymentReceipt, paymentMethods } from "../../../domain/takeout/payment.ts";
import { oneLine, quote } from "../../../domain/vendor-text.ts";
import { requestId, yuan } from "../../fields.ts";
import { repeatedAnswer, repeatedNote } from "../../repeated.ts";
import { defineTool } from "../../tool.ts";
import { takeoutOrderId } from "../takeout-fields.ts";

/**
 * A payment is known by the number that its own answer brings (takeout.txt, 6.1 and 6.2), and an order shows a payment
 * only once it is paid, without its number. So after a lost answer nothing proves or disproves a payment, and it is
 * never sent again.
 */
const settleHint =
  "get_takeout_order shows with paid_at whether the order is paid. If it is not, and the person agrees that a payment " +
  "may exist twice, open one with a new request_id.";

export const createPayment = defineTool({
  name: "create_payment",
  title: "Open a takeout payment",
  description:
    "Opens a payment for an order: the answer has the code or link that the customer pays with, and balance may take " +
    "the money at once. The amount is the order's actual_amount_yuan. get_payment tells when it is paid. 创建支付",
  access: "write",
  vendor: "takeout",
  input: z.strictObject({
    order_id: takeoutOrderId,
    payment_method: z.enum(paymentMethods),
    amount_yuan: yuan,
    request_id: requestId.optional(),
  }),
  output: z.object({
    order_id: z.string(),
    payment_no: z.string(),
    qr_code: z.string().nullable(),
    deep_link: z.string().nullable(),
    ...repeatedAnswer,
  }),
  async run({ order_id, payment_method, amount_yuan, request_id }, app, { signal }) {
    const [store, takeout] = await Promise.all([app.store(), app.takeout()]);
    const payment = { orderId: order_id, paymentMethod: payment_method, amountYuan: amount_yuan };
    const { outcome, repeated } = await store.writes.once<PaymentReceipt>(
      {
        tool: "create_payment",
        vendor: "takeout",
        requestId: request_id,
        arguments: payment,
        naturalKey: order_id,
        signal,
      },
      { send: () => takeout.payments.create(payment, { signal }), settleHint },
    );
    const { paymentNo, qrCode, deepLink } = outcome;
    return {
      data: {
        order_id,
        payment_no: paymentNo,
        qr_code: qrCode,
        deep_link: deepLink,
        ...(repeated && { repeated }),
      },
      text:
        `Payment ${quote(paymentNo, 60)} of ${amount_yuan} yuan by ${payment_method} is open for order ` +
        `${oneLine(order_id)}${repeatedNote(repeated)}.`,
    };
  },
});
