import { oneOf, type Shape, text, wholeNumber } from "../formats.ts";
import type { Payment } from "../records.ts";
import { conflict, done, missing, type Reply, unprocessable } from "../reply.ts";
import type { Tenant } from "../tenant.ts";
import type { World } from "../world.ts";
import { isOpen, paymentStatus, settlePayment } from "./payments.ts";

/** What the payment house tells (takeout.txt, 6.3). */
export type WechatResult = {
  /** Our payment number. */
  out_trade_no: string;
  /** The payment house's own. */
  transaction_id: string;
  /** Fen. */
  total_fee: number;
  result_code: "SUCCESS" | "FAIL";
};

/** The body of POST /api/v1/payments/callback/wechat. */
export const wechatResultShape: Shape<WechatResult> = {
  out_trade_no: text(64),
  transaction_id: text(64),
  total_fee: wholeNumber(1, 1_000_000_000),
  result_code: oneOf(["SUCCESS", "FAIL"]),
};

/** Takes the payment house's word once; the same word again changes nothing. `at` is simulated time. */
export function takeWechatResult(
  { tenants }: Pick<World, "tenants">,
  result: WechatResult,
  at: number,
): Reply {
  const found = findPayment(tenants, result.out_trade_no);
  if (!found) return missing("支付单");
  const { tenant, payment } = found;
  if (payment.method !== null && payment.method !== "wechat") {
    return unprocessable("支付单不是微信支付", [{ field: "out_trade_no", message: "支付方式不符" }]);
  }
  if (payment.amountFen !== result.total_fee) {
    return unprocessable("金额不符", [{ field: "total_fee", message: "与支付单金额不符" }]);
  }
  if (payment.transactionId === result.transaction_id) return done();
  if (!isOpen(payment)) return conflict("支付单已结束");
  if (result.result_code === "SUCCESS") {
    settlePayment(tenant, payment, { transactionId: result.transaction_id, at });
    return done();
  }
  Object.assign(payment, { status: paymentStatus.failed, transactionId: result.transaction_id });
  return done();
}

function findPayment(
  tenants: readonly Tenant[],
  paymentNo: string,
): { tenant: Tenant; payment: Payment } | undefined {
  for (const tenant of tenants) {
    const payment = tenant.records.payments.find((one) => one.paymentNo === paymentNo);
    if (payment) return { tenant, payment };
  }
  return undefined;
}
