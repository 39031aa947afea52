import type { Clock } from "../../clock.ts";
import type { Payment } from "../records.ts";
import { sixDigitsOf, type Tenant } from "../tenant.ts";
import { isOpen, paymentStatus, settlePayment } from "./payments.ts";
import type { WechatResult } from "./wechat-callback.ts";

/** The customer takes out the phone after this many simulated seconds, and has paid after so many. */
const secondsToPhone = 3;
const secondsToPaid = 8;

/** Collects a payment for which a method was chosen. */
export type PaymentHouse = { collect: (tenant: Tenant, payment: Payment) => void };

/** Where the payment house reports a WeChat payment; `at` is simulated time, milliseconds since the epoch. */
type ReportWechat = (result: WechatResult, at: number) => void;

/** Customers who pay what they are shown, and the house that reports it. */
export function createPaymentHouse(clock: Clock, reportWechat: ReportWechat): PaymentHouse {
  const pay = (tenant: Tenant, payment: Payment, at: number) => {
    if (!isOpen(payment)) return;
    const transactionId = `42${String(at)}${sixDigitsOf(payment.paymentNo)}`;
    if (payment.method === "alipay") return settlePayment(tenant, payment, { transactionId, at });
    reportWechat(
      {
        out_trade_no: payment.paymentNo,
        transaction_id: transactionId,
        total_fee: payment.amountFen,
        result_code: "SUCCESS",
      },
      at,
    );
  };
  return {
    collect: (tenant, payment) => {
      const start = clock.now();
      clock.at(start + secondsToPhone * 1000, () => {
        if (payment.status === paymentStatus.toPay) payment.status = paymentStatus.paying;
      });
      const paidAt = start + secondsToPaid * 1000;
      clock.at(paidAt, () => pay(tenant, payment, paidAt));
    },
  };
}
