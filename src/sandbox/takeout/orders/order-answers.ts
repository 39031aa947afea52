import { yuan } from "../money.ts";
import { orderPaymentStatus, qrCode } from "../payments/payments.ts";
import type { Order, OrderLine, Payment } from "../records.ts";
import type { Tenant } from "../tenant.ts";
import { timeText, timeTextOrNull } from "../time.ts";
import { grossFen, payableFen } from "./amounts.ts";
import { orderStates } from "./states.ts";

/** takeout.txt, 5.1: the total is the dishes alone. */
export function orderReceipt(order: Order, payment: Payment) {
  return {
    orderId: order.id,
    orderNo: order.orderNo,
    totalAmount: yuan(order.dishFen),
    deliveryFee: yuan(order.deliveryFeeFen),
    discountAmount: yuan(order.discountFen),
    actualAmount: yuan(payableFen(order)),
    paymentInfo: { paymentNo: payment.paymentNo, qrCode: qrCode(payment) },
  };
}

/** takeout.txt, 5.2: here too the total is the dishes alone, as in the document's sample. */
export function orderSummary({ records }: Tenant, order: Order) {
  const merchant = records.merchants.find(({ id }) => id === order.merchantId);
  return {
    id: order.id,
    orderNo: order.orderNo,
    merchantName: merchant?.name ?? null,
    totalAmount: yuan(order.dishFen),
    actualAmount: yuan(payableFen(order)),
    ...statusOf(order),
    createdAt: timeText(order.createdAt),
    items: order.lines.map(({ dishName, specName, quantity, priceFen }) => ({
      dishName,
      specName,
      quantity,
      price: yuan(priceFen),
    })),
  };
}

/** takeout.txt, 5.3: the total holds every fee. */
export function orderDetail(tenant: Tenant, order: Order) {
  return {
    id: order.id,
    orderNo: order.orderNo,
    merchant: merchantOf(tenant, order),
    items: order.lines.map(lineAnswer),
    deliveryAddress: order.deliveryAddress,
    dishAmount: yuan(order.dishFen),
    deliveryFee: yuan(order.deliveryFeeFen),
    packageFee: yuan(order.packageFeeFen),
    discountAmount: yuan(order.discountFen),
    totalAmount: yuan(grossFen(order)),
    actualAmount: yuan(payableFen(order)),
    ...statusOf(order),
    paymentStatus: orderPaymentStatus(tenant, order),
    paymentMethod: order.paymentMethod,
    estimatedDeliveryTime: timeTextOrNull(order.estimatedDeliveryAt),
    createdAt: timeText(order.createdAt),
    paidAt: timeTextOrNull(order.paidAt),
    remark: order.remark,
    timeline: order.timeline.map(({ time, ...entry }) => ({ ...entry, time: timeText(time) })),
  };
}

function statusOf({ state }: Order) {
  const { status, statusText } = orderStates[state];
  return { status, statusText };
}

function merchantOf({ records }: Tenant, { merchantId }: Order) {
  const merchant = records.merchants.find(({ id }) => id === merchantId);
  return merchant ? { id: merchant.id, name: merchant.name, phone: merchant.contactPhone } : null;
}

function lineAnswer({ dishName, dishImage, specName, quantity, priceFen }: OrderLine) {
  return {
    dishName,
    dishImage,
    specName,
    quantity,
    price: yuan(priceFen),
    amount: yuan(priceFen * quantity),
  };
}
