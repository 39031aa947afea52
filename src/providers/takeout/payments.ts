import { z } from "zod";
import {
  type Payment,
  type PaymentReceipt,
  paymentMethods,
  paymentStates,
  type TakeoutPayments,
} from "../../domain/takeout/payment.ts";
import { choiceRule, identifierRule, yuanRule } from "../argument-rules.ts";
import type { VendorLine } from "../provider.ts";
import { pathSegment, refuseWrong, textRule } from "./argument-rules.ts";
import { read, wireYuan, write, writeStep } from "./calls.ts";
import { toCreated } from "./envelope.ts";
import { idText, optionalText, optionalTime, wholeNumber, yuan } from "./wire-fields.ts";

/** takeout.txt, 6.1: a payment that has its number is there, whatever else its answer lacks. */
const receipt: z.ZodType<PaymentReceipt> = z.object({
  paymentNo: idText,
  qrCode: optionalText.catch(null),
  deepLink: optionalText.catch(null),
});

/** takeout.txt, 6.2 */
const payment = z
  .object({ paymentNo: idText, status: wholeNumber, amount: yuan, paidAt: optionalTime })
  .transform(
    ({ amount, ...rest }): Payment => ({
      ...rest,
      state: paymentStates[rest.status] ?? null,
      amountYuan: amount,
    }),
  );

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
