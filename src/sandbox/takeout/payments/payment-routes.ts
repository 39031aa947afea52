import { oneOf, price, type Shape, text, uuid } from "../formats.ts";
import { yuan } from "../money.ts";
import { payableFen } from "../orders/amounts.ts";
import { canMove } from "../orders/states.ts";
import { type Payment, type PaymentMethod, paymentMethods, type Refund } from "../records.ts";
import { conflict, created, done, missing, type Reply, unprocessable } from "../reply.ts";
import { type Call, fromOutside, type Route, signedIn, withBody } from "../routes.ts";
import { sixDigitsOf } from "../tenant.ts";
import { timeText, timeTextOrNull } from "../time.ts";
import type { PaymentHouse } from "./payment-house.ts";
import {
  choosePayment,
  orderPaymentStatus,
  paymentStatus,
  qrCode,
  refundedFen,
  settlePayment,
} from "./payments.ts";
import { takeWechatResult, wechatResultShape } from "./wechat-callback.ts";

type NewPayment = { orderId: string; paymentMethod: PaymentMethod; amount: number };

type NewRefund = { orderId: string; amount: number; reason: string };

const paymentShape: Shape<NewPayment> = {
  orderId: uuid,
  paymentMethod: oneOf(paymentMethods),
  amount: price,
};

const refundShape: Shape<NewRefund> = { orderId: uuid, amount: price, reason: text(200) };

/** Payments and refunds (takeout.txt, 6). */
export function paymentRoutes(house: PaymentHouse): Route[] {
  return [
    signedIn("POST /api/v1/payments", withBody(paymentShape, createPayment(house))),
    signedIn("GET /api/v1/payments/{paymentNo}", showPayment),
    fromOutside(
      "POST /api/v1/payments/callback/wechat",
      withBody(wechatResultShape, ({ world, now }, result) => takeWechatResult(world, result, now)),
    ),
    signedIn("POST /api/v1/refunds", withBody(refundShape, createRefund)),
  ];
}

function createPayment(house: PaymentHouse) {
  return ({ tenant, now }: Call, { orderId, paymentMethod, amount }: NewPayment): Reply => {
    const order = tenant.records.orders.find(({ id }) => id === orderId);
    if (!order) return missing("订单");
    if (order.paidAt !== null) return conflict("订单已支付");
    if (!canMove(order, "paid")) return unprocessable("订单当前状态不能支付");
    if (amount !== payableFen(order)) {
      return unprocessable("支付金额与订单不符", [{ field: "amount", message: "与订单实付金额不符" }]);
    }
    const payment = choosePayment(tenant, order, { method: paymentMethod, at: now });
    if (paymentMethod !== "balance") house.collect(tenant, payment);
    else settlePayment(tenant, payment, { transactionId: `BAL${payment.paymentNo}`, at: now });
    return created(paymentReceipt(payment));
  };
}

/** takeout.txt, 6.2 */
function showPayment({ tenant, request }: Call): Reply {
  const { paymentNo } = request.parameters;
  const payment = tenant.records.payments.find((one) => one.paymentNo === paymentNo);
  if (!payment) return missing("支付单");
  const { status, amountFen, paidAt } = payment;
  return done({ paymentNo, status, amount: yuan(amountFen), paidAt: timeTextOrNull(paidAt) });
}

/** takeout.txt, 6.4: never more than was paid, in one or several refunds. */
function createRefund({ tenant, now }: Call, { orderId, amount, reason }: NewRefund): Reply {
  const { orders, payments, refunds } = tenant.records;
  const order = orders.find(({ id }) => id === orderId);
  if (!order) return missing("订单");
  const payment = payments.find((one) => one.orderId === orderId && one.status === paymentStatus.paid);
  if (!payment) return unprocessable("订单未支付，不能退款");
  if (refundedFen(tenant, order) + amount > payment.amountFen) {
    return unprocessable("退款金额超过实付金额", [{ field: "amount", message: "累计退款不能超过实付金额" }]);
  }
  const refund: Refund = {
    id: tenant.newId("refund"),
    refundNo: `REF${tenant.newNumber("refund", now)}`,
    orderId,
    paymentNo: payment.paymentNo,
    amountFen: amount,
    reason,
    createdAt: now,
  };
  refunds.push(refund);
  if (orderPaymentStatus(tenant, order) === 2) {
    order.timeline.push({ status: "refunded", statusText: "已全额退款", time: now });
  }
  return created(refundAnswer(refund));
}

/** takeout.txt, 6.1; a payment from the balance has nothing left to pay with. */
function paymentReceipt(payment: Payment) {
  const { paymentNo, method } = payment;
  if (method === "balance") return { paymentNo, qrCode: null, deepLink: null };
  const app = method === "alipay" ? "alipays://platformapi/startapp" : "weixin://wxpay/bizpayurl";
  return { paymentNo, qrCode: qrCode(payment), deepLink: `${app}?pr=${sixDigitsOf(paymentNo)}` };
}

function refundAnswer({ id, refundNo, orderId, paymentNo, amountFen, reason, createdAt }: Refund) {
  return {
    id,
    refundNo,
    orderId,
    paymentNo,
    amount: yuan(amountFen),
    reason,
    createdAt: timeText(createdAt),
  };
}
