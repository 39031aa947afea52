import * as z from "zod";
import type { NewTakeoutOrder } from "../../../domain/takeout/order.ts";
import { oneLine, quote } from "../../../domain/vendor-text.ts";
import { latitude, longitude, plainText, requestId, textIdentifier, yuan } from "../../fields.ts";
import { repeatedAnswer, repeatedNote } from "../../repeated.ts";
import { defineTool } from "../../tool.ts";
import { dishId, takeoutMerchantId, takeoutStoreId, userCouponId } from "../takeout-fields.ts";
import { createTakeoutOrderOnce, type PlacedOrder } from "./create-takeout-order-once.ts";

const itemInput = z.strictObject({
  dish_id: dishId,
  spec_id: textIdentifier.optional().describe("Required by dishes that come in sizes"),
  quantity: z.number().int().min(1).max(1_000),
  price_yuan: yuan.describe("Of one, as the menu has it: of the spec where there is one"),
});

const orderInput = z.strictObject({
  merchant_id: takeoutMerchantId,
  store_id: takeoutStoreId,
  items: z.array(itemInput).min(1).max(100),
  delivery_address: z.strictObject({
    contact_name: plainText(60),
    contact_phone: plainText(30),
    address: plainText(300),
    lat: latitude,
    lng: longitude,
  }),
  remark: plainText(300).optional().describe("For the kitchen or the driver, e.g. 少辣"),
  coupon_id: userCouponId.optional(),
});

const money = z.string().nullable();

export const createTakeoutOrder = defineTool({
  name: "create_takeout_order",
  title: "Place a takeout order",
  description:
    "Places a takeout order for a customer: real food and money, so take identifiers and prices from the merchant's " +
    "menu, and ask the person first. It is paid afterwards. After a lost answer make the same call again: it never " +
    "orders twice. 外卖下单、点外卖",
  access: "write",
  vendor: "takeout",
  input: orderInput.extend({ request_id: requestId.optional() }),
  output: z.object({
    order_id: z.string(),
    order_no: z.string().nullable(),
    total_amount_yuan: money.describe("The dishes alone; get_takeout_order's total includes fees"),
    total_includes_fees: z.literal(false),
    delivery_fee_yuan: money,
    discount_amount_yuan: money,
    actual_amount_yuan: money.describe("To be paid"),
    payment_info: z
      .object({ payment_no: z.string(), qr_code: z.string().nullable() })
      .nullable()
      .describe("Null: create_payment opens a payment"),
    read_back: z
      .boolean()
      .optional()
      .describe("True: the vendor's answer was lost, so this is what the order's detail shows"),
    ...repeatedAnswer,
  }),
  async run({ request_id, ...input }, app, { signal }) {
    const { outcome, repeated } = await createTakeoutOrderOnce(app, {
      order: toNewOrder(input),
      requestId: request_id,
      signal,
    });
    return {
      data: { ...fromPlacedOrder(outcome), ...(repeated && { repeated }) },
      text: describe(outcome, repeated),
    };
  },
});

function toNewOrder(input: z.output<typeof orderInput>): NewTakeoutOrder {
  const { delivery_address: address } = input;
  return {
    merchantId: input.merchant_id,
    storeId: input.store_id,
    items: input.items.map(({ dish_id, spec_id, quantity, price_yuan }) => ({
      dishId: dish_id,
      ...(spec_id !== undefined && { specId: spec_id }),
      quantity,
      priceYuan: price_yuan,
    })),
    deliveryAddress: {
      contactName: address.contact_name,
      contactPhone: address.contact_phone,
      address: address.address,
      lat: address.lat,
      lng: address.lng,
    },
    ...(input.remark !== undefined && { remark: input.remark }),
    ...(input.coupon_id !== undefined && { couponId: input.coupon_id }),
  };
}

function fromPlacedOrder(placed: PlacedOrder) {
  const { payment } = placed;
  return {
    order_id: placed.orderId,
    order_no: placed.orderNo,
    total_amount_yuan: placed.totalAmountYuan,
    total_includes_fees: false as const,
    delivery_fee_yuan: placed.deliveryFeeYuan,
    discount_amount_yuan: placed.discountAmountYuan,
    actual_amount_yuan: placed.actualAmountYuan,
    payment_info: payment && { payment_no: payment.paymentNo, qr_code: payment.qrCode },
    ...(placed.isReadBack && { read_back: true }),
  };
}

function describe(placed: PlacedOrder, repeated: boolean): string {
  const amount = placed.actualAmountYuan === null ? "" : `, ${placed.actualAmountYuan} yuan to pay`;
  const number = placed.orderNo === null ? "" : ` ${quote(placed.orderNo)}`;
  const placedLine = `Order ${oneLine(placed.orderId)}${number} is placed${amount}${repeatedNote(repeated)}.`;
  if (placed.payment) return `${placedLine} Its payment is ${quote(placed.payment.paymentNo)}.`;
  return placed.isReadBack
    ? `${placedLine} The vendor's answer was lost and the order found again: create_payment opens its payment.`
    : `${placedLine} create_payment opens its payment.`;
}
