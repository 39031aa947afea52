import * as z from "zod";
import { paymentStates } from "../../../domain/takeout/payment.ts";
import { oneLine, quote } from "../../../domain/vendor-text.ts";
import { textIdentifier } from "../../fields.ts";
import { defineTool } from "../../tool.ts";

export const getPayment = defineTool({
  name: "get_payment",
  title: "Get one takeout payment",
  description:
    "Tells how a payment stands by its payment_no. Paid is status_name paid alone: paying may still fail. 支付状态",
  access: "read",
  vendor: "takeout",
  input: z.strictObject({
    payment_no: textIdentifier.describe("As create_takeout_order or create_payment gave it"),
  }),
  output: z.object({
    payment: z.object({
      payment_no: z.string(),
      status: z.number(),
      status_name: z
        .enum(paymentStates)
        .optional()
        .describe("Absent for a number that the document does not name"),
      amount_yuan: z.string(),
      paid_at: z.string().nullable(),
    }),
  }),
  async run({ payment_no }, app, { signal }) {
    const takeout = await app.takeout();
    const { paymentNo, status, state, amountYuan, paidAt } = await takeout.payments.get(payment_no, {
      signal,
    });
    const payment = {
      payment_no: paymentNo,
      status,
      ...(state && { status_name: state }),
      amount_yuan: amountYuan,
      paid_at: paidAt,
    };
    const when = paidAt === null ? "" : ` at ${oneLine(paidAt)}`;
    return {
      data: { payment },
      text: `Payment ${quote(paymentNo, 60)} of ${amountYuan} yuan: ${state ?? `status ${status}`}${when}.`,
    };
  },
});
