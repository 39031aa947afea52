import * as z from "zod";
import type { TakeoutOrder, TakeoutOrderItem, TakeoutOrderSummary } from "../../../domain/takeout/order.ts";
import { oneLine, quote } from "../../../domain/vendor-text.ts";

const money = z.string().nullable();

const itemFields = {
  dish_name: z.string(),
  spec_name: z.string().nullable(),
  quantity: z.number(),
  price_yuan: z.string(),
};

const stateFields = {
  status: z.number().describe("The vendor's number; status_text says what it means"),
  status_text: z.string().nullable(),
};

/** An order in a list (takeout.txt, 5.2). */
export const orderSummaryAnswer = z.object({
  id: z.string(),
  order_no: z.string(),
  merchant_name: z.string().nullable(),
  total_amount_yuan: money.describe(
    "Fees left out in the document's sample; get_takeout_order includes them",
  ),
  actual_amount_yuan: money.describe("To be paid, or paid"),
  ...stateFields,
  created_at: z.string().nullable(),
  items: z.array(z.object(itemFields)),
});

/** One order (takeout.txt, 5.3). */
export const orderAnswer = z.object({
  id: z.string(),
  order_no: z.string(),
  merchant: z.object({ id: z.string(), name: z.string(), phone: z.string().nullable() }).nullable(),
  ...stateFields,
  // The sample of a paid order shows 1, which 6.2 calls paying: the two countings need not be one.
  payment_status: z.number().nullable().describe("Unnamed number; paid_at tells whether it is paid"),
  payment_method: z.string().nullable(),
  created_at: z.string().nullable(),
  paid_at: z.string().nullable(),
  estimated_delivery_time: z.string().nullable(),
  delivery_address: z
    .object({
      contact_name: z.string().nullable(),
      contact_phone: z.string().nullable(),
      address: z.string().nullable(),
    })
    .nullable(),
  remark: z.string().nullable(),
  dish_amount_yuan: money,
  delivery_fee_yuan: money,
  package_fee_yuan: money,
  discount_amount_yuan: money,
  total_amount_yuan: money,
  total_includes_fees: z.literal(true),
  actual_amount_yuan: money.describe("To be paid, or paid"),
  items: z.array(z.object({ ...itemFields, dish_image: z.string().nullable(), amount_yuan: money })),
  timeline: z.array(z.object({ status: z.string(), status_text: z.string().nullable(), time: z.string() })),
});

/** The order of a list in the tools' spelling. */
export function fromOrderSummary(order: TakeoutOrderSummary): z.input<typeof orderSummaryAnswer> {
  return {
    id: order.id,
    order_no: order.orderNo,
    merchant_name: order.merchantName,
    total_amount_yuan: order.totalAmountYuan,
    actual_amount_yuan: order.actualAmountYuan,
    status: order.status,
    status_text: order.statusText,
    created_at: order.createdAt,
    items: order.items.map(fromItem),
  };
}

/** The order in the tools' spelling. */
export function fromOrder(order: TakeoutOrder): z.input<typeof orderAnswer> {
  const { deliveryAddress: address } = order;
  return {
    id: order.id,
    order_no: order.orderNo,
    merchant: order.merchant,
    status: order.status,
    status_text: order.statusText,
    payment_status: order.paymentStatus,
    payment_method: order.paymentMethod,
    created_at: order.createdAt,
    paid_at: order.paidAt,
    estimated_delivery_time: order.estimatedDeliveryTime,
    delivery_address: address && {
      contact_name: address.contactName,
      contact_phone: address.contactPhone,
      address: address.address,
    },
    remark: order.remark,
    dish_amount_yuan: order.dishAmountYuan,
    delivery_fee_yuan: order.deliveryFeeYuan,
    package_fee_yuan: order.packageFeeYuan,
    discount_amount_yuan: order.discountAmountYuan,
    total_amount_yuan: order.totalAmountYuan,
    total_includes_fees: true,
    actual_amount_yuan: order.actualAmountYuan,
    items: order.items.map((item) => ({
      ...fromItem(item),
      dish_image: item.dishImage,
      amount_yuan: item.amountYuan,
    })),
    timeline: order.timeline.map(({ status, statusText, time }) => ({
      status,
      status_text: statusText,
      time,
    })),
  };
}

/** What a preview shows of an order. */
export function fromOrderBriefly(order: TakeoutOrder) {
  const { id, order_no, merchant, status, status_text, payment_status, paid_at, actual_amount_yuan } =
    fromOrder(order);
  return { id, order_no, merchant, status, status_text, payment_status, paid_at, actual_amount_yuan };
}

/** One line: identifier, shop, money and state. */
export function describeOrder(order: TakeoutOrderSummary): string {
  const amount = order.actualAmountYuan === null ? "" : `${order.actualAmountYuan} yuan, `;
  return `${oneLine(order.id)} ${quote(order.orderNo)} ${quote(order.merchantName)}: ${amount}${describeState(order)}`;
}

/** `status 2 「待接单」` */
export function describeState({
  status,
  statusText,
}: {
  status: number | null;
  statusText: string | null;
}): string {
  const number = status === null ? "status unknown" : `status ${status}`;
  return statusText === null ? number : `${number} ${quote(statusText)}`;
}

function fromItem({ dishName, specName, quantity, priceYuan }: TakeoutOrderItem) {
  return { dish_name: dishName, spec_name: specName, quantity, price_yuan: priceYuan };
}
