import type { Example } from "./example.ts";
import { placeOrder, placePaidOrder } from "./takeout-orders.ts";

/** A good call of each tool over takeout payments. */
export const takeoutPaymentExamples: Record<string, Example> = {
  create_payment: async (client) => {
    const { order_id, actual_amount_yuan } = await placeOrder(client);
    return { order_id, payment_method: "wechat", amount_yuan: actual_amount_yuan };
  },
  get_payment: async (client) => ({ payment_no: (await placeOrder(client)).payment_info.payment_no }),
  refund_payment: async (client) => {
    const { order_id } = await placePaidOrder(client);
    return { order_id, amount_yuan: "1.00", reason: "不想要了" };
  },
};
