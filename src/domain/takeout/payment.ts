import type { CallOptions } from "../call-options.ts";
import type { TakeoutCreated } from "./page.ts";

export const paymentMethods = ["wechat", "alipay", "balance"] as const;

export type NewPayment = {
  orderId: string;
  paymentMethod: (typeof paymentMethods)[number];
  amountYuan: string;
};

/** takeout.txt, 6.1; codes and links to pay with. */
export type PaymentReceipt = { paymentNo: string; qrCode: string | null; deepLink: string | null };

/** takeout.txt, 6.2: status 0 to pay, 1 paying, 2 paid, 3 failed. */
export type Payment = { paymentNo: string; status: number; amountYuan: string; paidAt: string | null };

export type NewRefund = { orderId: string; amountYuan: string; reason: string };

/** Payments and refunds (takeout.txt, 6). Nothing here is idempotent at the vendor. */
export type TakeoutPayments = {
  create: (payment: NewPayment, options?: CallOptions) => Promise<PaymentReceipt>;
  get: (paymentNo: string, options?: CallOptions) => Promise<Payment>;
  refund: (refund: NewRefund, options?: CallOptions) => Promise<TakeoutCreated>;
};
