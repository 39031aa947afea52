import { z } from "zod";
import {
  type Payment,
  type PaymentReceipt,
  paymentMethods,
  type TakeoutPayments,
} from "../../domain/takeout/payment.ts";
import type { VendorLine } from "../provider.ts";
import {
  choiceRule,
  identifierRule,
  pathSegment,
  refuseWrong,
  textRule,
  yuanRule,
} from "./argument-rules.ts";
import { read, wireYuan, write, writeStep } from "./calls.ts";
import { toCreated } from "./envelope.ts";
import { idText, optionalText, wholeNumber, yuan } from "./wire-fields.ts";

/** takeout.txt, 6.1 */
const receipt: z.ZodType<PaymentReceipt> = z.object({
  paymentNo: idText,
  qrCode: optionalText,
  deepLink: optionalText,
});

/** takeout.txt, 6.2 */
const payment = z
  .object({ paymentNo: idText, status: wholeNumber, amount: yuan, paidAt: optionalText })
  .transform(({ amount, ...rest }): Payment => ({ ...rest, amountYuan: amount }));

/** Payments and refunds (takeout.txt, 6); the callback of 6.3 is the payment house's to call. */
export function createPayments(line: VendorLine): TakeoutPayments {
  return {
    create: async ({ orderId, paymentMethod, amountYuan }, { signal } = {}) => {
      refuseWrong(
        identifierRule("order_id", orderId),
        choiceRule("payment_method", paymentMethod, paymentMethods),
        yuanRule("amount_yuan", amountYuan),
      );
      const request = {
        method: "POST" as const,
        path: "/payments",
        json: { orderId, paymentMethod, amount: wireYuan(amountYuan) },
        settledBy: "No read lists payments; get_takeout_order with this order_id tells whether it is paid.",
        signal,
      };
      return write(line, request, receipt);
    },
    get: async (paymentNo, { signal } = {}) =>
      read(line, { path: `/payments/${pathSegment("payment_no", paymentNo)}`, signal }, payment),
    refund: async ({ orderId, amountYuan, reason }, { signal } = {}) => {
      refuseWrong(
        identifierRule("order_id", orderId),
        yuanRule("amount_yuan", amountYuan),
        textRule("reason", reason),
      );
      const answered = await writeStep(line, {
        method: "POST",
        path: "/refunds",
        json: { orderId, amount: wireYuan(amountYuan), reason },
        settledBy: "No read lists refunds; get_takeout_order with this order_id tells its payment status.",
        signal,
      });
      return toCreated(answered, ["id", "refundId", "refundNo"]);
    },
  };
}
