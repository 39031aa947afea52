import { yuan } from "../money.ts";
import { payableFen } from "../orders/amounts.ts";
import { moveOrder } from "../orders/move-order.ts";
import type { Order, Payment, PaymentMethod } from "../records.ts";
import { publish, type Tenant } from "../tenant.ts";

/** What a payment's number means (takeout.txt, 6.2). */
export const paymentStatus = { toPay: 0, paying: 1, paid: 2, failed: 3 } as const;

/** A payment of all of an order, for which nobody has chosen a method yet. */
export function openPayment(tenant: Tenant, order: Order, at: number): Payment {
  const payment: Payment = {
    paymentNo: `PAY${tenant.newNumber("payment", at)}`,
    orderId: order.id,
    amountFen: payableFen(order),
    method: null,
    status: paymentStatus.toPay,
    transactionId: null,
    createdAt: at,
    paidAt: null,
  };
  tenant.records.payments.push(payment);
  return payment;
}

/** The payment that came with the order takes the method, a further one is a payment of its own. */
export function choosePayment(
  tenant: Tenant,
  order: Order,
  { method, at }: { method: PaymentMethod; at: number },
): Payment {
  const waiting = paymentsOf(tenant, order).find((one) => one.method === null && isOpen(one));
  const payment = waiting ?? openPayment(tenant, order, at);
  payment.method = method;
  return payment;
}

/** The money is there: the order is paid, and what else was open for it is not wanted any more. */
export function settlePayment(
  tenant: Tenant,
  payment: Payment,
  { transactionId, at }: { transactionId: string; at: number },
): void {
  const order = orderOf(tenant, payment);
  const method = payment.method ?? "wechat";
  Object.assign(payment, { method, status: paymentStatus.paid, transactionId, paidAt: at });
  closePayments(tenant, order);
  order.paidAt = at;
  order.paymentMethod = method;
  moveOrder(tenant, order, { to: "paid", at });
  const { paymentNo, amountFen } = payment;
  const data = { orderId: order.id, orderNo: order.orderNo, paymentNo, amount: yuan(amountFen) };
  publish(tenant, { topic: "payment.success", data, at });
}

/** Fails every payment of an order that is still open. */
export function closePayments(tenant: Tenant, order: Order): void {
  for (const payment of paymentsOf(tenant, order)) {
    if (isOpen(payment)) payment.status = paymentStatus.failed;
  }
}

/** Whether a payment can still succeed. */
export function isOpen({ status }: Payment): boolean {
  return status === paymentStatus.toPay || status === paymentStatus.paying;
}

/** What was paid back of an order, in fen. */
export function refundedFen({ records }: Tenant, { id }: Order): number {
  const refunds = records.refunds.filter(({ orderId }) => orderId === id);
  return refunds.reduce((sum, { amountFen }) => sum + amountFen, 0);
}

/** 0 not paid, 1 paid (the document's sample), 2 paid back in full. */
export function orderPaymentStatus(tenant: Tenant, order: Order): 0 | 1 | 2 {
  if (order.paidAt === null) return 0;
  return refundedFen(tenant, order) === payableFen(order) ? 2 : 1;
}

/** The code that a customer's phone reads. */
export function qrCode({ paymentNo }: Payment): string {
  return `https://pay.example.com/qr/${paymentNo}`;
}

function paymentsOf({ records }: Tenant, { id }: Order): Payment[] {
  return records.payments.filter(({ orderId }) => orderId === id);
}

function orderOf({ records }: Tenant, { orderId }: Payment): Order {
  const order = records.orders.find(({ id }) => id === orderId);
  if (!order) throw new Error("a payment has no order");
  return order;
}
