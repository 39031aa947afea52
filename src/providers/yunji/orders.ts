import type { CallOptions } from "../../domain/call-options.ts";
import type { NewRobotOrder, RobotOrder, RobotOrderReceipt } from "../../domain/robot.ts";
import { exactNumber } from "../../pipeline/json.ts";
import { singleWrite, type VendorLine } from "../provider.ts";
import { checkedOrderNumber, checkedReason, checkedText, checkOrder } from "./arguments.ts";
import { toOrder, toReceipt } from "./convert.ts";
import { get, type Named, post, type StoreOf, send, unknownName } from "./request.ts";
import { cancelSchema, orderAnswerSchema, ordersSchema, receiptSchema } from "./schemas.ts";

/** Orders that robots deliver (yunji.txt, 订单). Their numbers are text, for they have 64 bits. */
export type YunjiOrders = {
  /** Makes an order at every call: after a lost answer ask `listOrdersOfUser` first. */
  createOrder: (order: NewRobotOrder, options?: CallOptions) => Promise<RobotOrderReceipt>;
  getOrder: (orderSn: string, options?: CallOptions) => Promise<RobotOrder>;
  listOrdersOfUser: (userId: string, options?: CallOptions) => Promise<RobotOrder[]>;
  /** Cancels the order and those of its tasks that are not delivered yet. */
  cancelOrder: (orderSn: string, reason: string, options?: CallOptions) => Promise<void>;
};

/** The only way of payment that the document names: prepaid. */
const prepaid = 3;

const namedOrder: Named = {
  field: "order_sn",
  what: "order with this number",
  hint: "Check order_sn, digit for digit; list_robot_orders shows a user's orders.",
};

/** The part of a client that makes, reads and cancels orders. */
export function createOrders(line: VendorLine, storeOf: StoreOf): YunjiOrders {
  return {
    createOrder: async (order, { signal } = {}) => {
      checkOrder(order);
      const request = {
        // there is no client order id: sent twice it makes two orders
        ...singleWrite("list_robot_orders with this user_id tells whether the order is there."),
        ...post("/v1/order/createPoiOrder", toWireOrder(order, storeOf(order))),
        signal,
      };
      return toReceipt(await send(line, request, receiptSchema));
    },
    getOrder: async (orderSn, { signal } = {}) => {
      const digits = String(checkedOrderNumber(orderSn));
      const request = {
        ...get("/v1/order/queryByOrderSN", [["orderSN", digits]]),
        named: namedOrder,
        signal,
      };
      const { orderInfo } = await send(line, request, orderAnswerSchema);
      if (orderInfo === null) throw unknownName(namedOrder);
      return toOrder(orderInfo);
    },
    listOrdersOfUser: async (userId, { signal } = {}) => {
      const query: [string, string] = ["userId", checkedText("user_id", userId)];
      const request = { ...get("/v1/order/queryByUserId", [query]), signal };
      const { orderInfoList } = await send(line, request, ordersSchema);
      return (orderInfoList ?? []).map(toOrder);
    },
    cancelOrder: async (orderSn, reason, { signal } = {}) => {
      const body = { orderSN: checkedOrderNumber(orderSn), reason: checkedReason(reason) };
      const request = {
        ...singleWrite("get_robot_order with this order_sn tells whether it is cancelled."),
        ...post("/v1/order/cancel", body),
        named: namedOrder,
        signal,
      };
      await send(line, request, cancelSchema);
    },
  };
}

/** The order's body, its members in the order of the document's sample. */
function toWireOrder(order: NewRobotOrder, storeId: string): Record<string, unknown> {
  return {
    userId: order.userId,
    storeId,
    amount: exactNumber(order.amountYuan),
    orderFormInfo: order.items.map(({ productId, quantity }) => ({ productId, quantity })),
    thirdPayType: prepaid,
    contactInfo: {
      recipientAddress: order.recipientAddress,
      recipientPhone: order.recipientPhone,
      recipientName: order.recipientName,
    },
  };
}
