import * as z from "zod";
import type { TakeoutOrder } from "../../../domain/takeout/order.ts";
import { oneLine, quote } from "../../../domain/vendor-text.ts";
import { countThatFits, dataTokenBudget, estimateDataTokens } from "../../answer-size.ts";
import { defineTool } from "../../tool.ts";
import { takeoutOrderId } from "../takeout-fields.ts";
import { describeOrder, fromOrder, orderAnswer } from "./order-fields.ts";
import { orNoOrderNo } from "./order-no-hint.ts";

export const getTakeoutOrder = defineTool({
  name: "get_takeout_order",
  title: "Get one takeout order",
  description:
    "Gives one takeout order: dishes, address, every amount, and the timeline of what happened to it. " +
    "It settles whether a step or payment of unknown outcome took effect. 外卖订单详情",
  access: "read",
  vendor: "takeout",
  input: z.strictObject({ order_id: takeoutOrderId }),
  output: z.object({
    order: orderAnswer,
    items_omitted: z.number().int().optional().describe("Dishes cut for length"),
  }),
  async run({ order_id }, app, { signal }) {
    const takeout = await app.takeout();
    const order = await orNoOrderNo(order_id, takeout.orders.get(order_id, { signal }));
    const { items, ...rest } = fromOrder(order);
    const shown = countThatFits(items, dataTokenBudget - estimateDataTokens(rest));
    return {
      data: {
        order: { ...rest, items: items.slice(0, shown) },
        ...(shown < items.length && { items_omitted: items.length - shown }),
      },
      text: describe(order),
    };
  },
});

function describe(order: TakeoutOrder): string {
  const dishes = order.items.slice(0, 20).map(({ dishName, specName, quantity, priceYuan }) => {
    const spec = specName === null ? "" : ` ${quote(specName, 20)}`;
    return `${quantity} × ${quote(dishName)}${spec} at ${priceYuan} yuan`;
  });
  if (order.items.length > dishes.length) dishes.push(`${order.items.length - dishes.length} more`);
  const history = order.timeline
    .slice(-10)
    .map(({ status, statusText, time }) => `${oneLine(time)} ${quote(statusText ?? status)}`);
  return [
    `${describeOrder(order)}; ${order.paidAt === null ? "not paid" : `paid at ${oneLine(order.paidAt)}`}.`,
    `${dishes.join(", ")}.`,
    `To ${quote(order.deliveryAddress?.address, 80)}. Remark: ${quote(order.remark, 80)}`,
    ...(history.length > 0 ? [`So far: ${history.join(", ")}.`] : []),
  ].join("\n");
}
