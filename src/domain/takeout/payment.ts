import type { CallOptions } from "../call-options.ts";
import type { TakeoutCreated } from "./page.ts";

/** takeout.txt, 6.1 */
export const paymentMethods = ["wechat", "alipay", "balance"] as const;

/** takeout.txt, 6.1 */
export type NewPayment = {
  orderId: string;
  paymentMethod: (typeof paymentMethods)[number];
  amountYuan: string;
};

/** takeout.txt, 6.1; codes and links to pay with. */
export type PaymentReceipt = { paymentNo: string; qrCode: string | null; deepLink: string | null };

/** How a payment stands, in the order of its numbers from 0 (takeout.txt, 6.2: 待支付, 支付中, 成功, 失败). */
export const paymentStates = ["to_pay", "paying", "paid", "failed"] as const;

/** takeout.txt, 6.2 */
export type Payment = {
  paymentNo: string;
  /** The vendor's number. */
  status: number;
  /** Null for a number that the document does not name. */
  state: (typeof paymentStates)[number] | null;
  amountYuan: string;
  paidAt: string | null;
};

/** takeout.txt, 6.4 */
export type NewRefund = { orderId: string; amountYuan: string; reason: string };

/** Payments and refunds (takeout.txt, 6). Nothing here is idempotent at the vendor. */
export type TakeoutPayments = {
  create: (payment: NewPayment, options?: CallOptions) => Promise<PaymentReceipt>;
  get: (paymentNo: string, options?: CallOptions) => Promise<Payment>;
  refund: (refund: NewRefund, options?: CallOptions) => Promise<TakeoutCreated>;
};
