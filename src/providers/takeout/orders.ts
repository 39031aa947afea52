import type { CallOptions } from "../../domain/call-options.ts";
import {
  cancellingParties,
  type NewTakeoutOrder,
  type TakeoutOrderQuery,
  type TakeoutOrders,
} from "../../domain/takeout/order.ts";
import {
  choiceRule,
  identifierRule,
  positionRules,
  type Rule,
  wholeNumberRule,
  yuanRule,
} from "../argument-rules.ts";
import type { VendorLine } from "../provider.ts";
import { dayRules, looseTextRule, pathSegment, refuseWrong, textRule } from "./argument-rules.ts";
import { pageQuery, read, wireYuan, write, writeStep } from "./calls.ts";
import { pageOf } from "./envelope.ts";
import { orderSchema, orderSummarySchema, receiptSchema } from "./order-schemas.ts";

/** Orders and the steps of their life (takeout.txt, 5). */
export function createOrders(line: VendorLine): TakeoutOrders {
  const step = async (
    orderId: string,
    name: "accept" | "cooking" | "complete" | "cancel",
    { json, signal }: CallOptions & { json?: Record<string, unknown> },
  ) => {
    const path = `${orderPath(orderId)}/${name}`;
    const settledBy = "get_takeout_order with this order_id tells how far the order is.";
    await writeStep(line, { method: "POST", path, ...(json && { json }), settledBy, signal });
  };
  return {
    create: async (order, { signal } = {}) => {
      refuseWrong(...orderRules(order));
      const settledBy = "list_takeout_orders of today tells whether the order is there.";
      const request = { method: "POST" as const, path: "/orders", json: toWire(order), settledBy, signal };
      return write(line, request, receiptSchema);
    },
    list: async (query, { signal } = {}) => {
      const wire = toWireQuery(query);
      return read(line, { path: "/orders", query: wire, signal }, pageOf(orderSummarySchema));
    },
    get: async (orderId, { signal } = {}) => read(line, { path: orderPath(orderId), signal }, orderSchema),
    accept: async (orderId, estimatedMinutes, { signal } = {}) => {
      refuseWrong(wholeNumberRule("estimated_minutes", estimatedMinutes, { from: 1 }));
      await step(orderId, "accept", { json: { estimatedTime: estimatedMinutes }, signal });
    },
    startCooking: (orderId, options = {}) => step(orderId, "cooking", options),
    complete: (orderId, options = {}) => step(orderId, "complete", options),
    cancel: async (orderId, { reason, cancelBy }, { signal } = {}) => {
      refuseWrong(textRule("reason", reason), choiceRule("cancel_by", cancelBy, cancellingParties));
      await step(orderId, "cancel", { json: { reason, cancelBy }, signal });
    },
  };
}

function orderPath(orderId: string): string {
  return `/orders/${pathSegment("order_id", orderId)}`;
}

function toWireQuery({ status, startDate, endDate, ...page }: TakeoutOrderQuery) {
  const wire = { status, startDate, endDate, ...pageQuery(page) };
  refuseWrong(wholeNumberRule("status", status, { from: 0 }), ...dayRules({ startDate, endDate }));
  return wire;
}

function orderRules({
  merchantId,
  storeId,
  items,
  deliveryAddress,
  remark,
  couponId,
}: NewTakeoutOrder): Rule[] {
  return [
    identifierRule("merchant_id", merchantId),
    identifierRule("store_id", storeId),
    [items.length === 0, "items", "must hold at least one dish"],
    ...items.flatMap((item, index) => [
      identifierRule(`items[${index}].dish_id`, item.dishId),
      identifierRule(`items[${index}].spec_id`, item.specId),
      wholeNumberRule(`items[${index}].quantity`, item.quantity, { from: 1 }),
      yuanRule(`items[${index}].price_yuan`, item.priceYuan),
    ]),
    textRule("delivery_address.contact_name", deliveryAddress.contactName),
    textRule("delivery_address.contact_phone", deliveryAddress.contactPhone),
    textRule("delivery_address.address", deliveryAddress.address),
    ...positionRules("delivery_address.", deliveryAddress),
    looseTextRule("remark", remark),
    identifierRule("coupon_id", couponId),
  ];
}

/** In the document's order; what is left out is not sent. */
function toWire({ merchantId, storeId, items, deliveryAddress, remark, couponId }: NewTakeoutOrder) {
  const { contactName, contactPhone, address, lat, lng } = deliveryAddress;
  return {
    merchantId,
    storeId,
    items: items.map(({ dishId, specId, quantity, priceYuan }) => ({
      dishId,
      specId,
      quantity,
      price: wireYuan(priceYuan),
    })),
    deliveryAddress: { contactName, contactPhone, address, latitude: lat, longitude: lng },
    remark,
    couponId,
  };
}
