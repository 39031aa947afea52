import * as z from "zod";
import { day, pageAnswer } from "../../fields.ts";
import { headline } from "../../headline.ts";
import { defineTool } from "../../tool.ts";
import { listEntries } from "../list-entries.ts";
import { daysInOrder, sortedPage, stateNumber } from "../takeout-fields.ts";
import { describeOrder, fromOrderSummary, orderSummaryAnswer } from "./order-fields.ts";

export const listTakeoutOrders = defineTool({
  name: "list_takeout_orders",
  title: "List takeout orders",
  description:
    "Lists the takeout orders that the signed-in account may see, with their dishes. States are the vendor's numbers: " +
    "read status_text, and take a number for `status` from an order that has it. 外卖订单列表",
  access: "read",
  vendor: "takeout",
  input: z
    .strictObject({
      status: stateNumber.optional(),
      start_date: day.optional().describe("First day, e.g. 2026-11-23"),
      end_date: day.optional().describe("Last day"),
      ...sortedPage,
    })
    .refine(...daysInOrder),
  output: z.object({ orders: z.array(orderSummaryAnswer), ...pageAnswer }),
  async run({ status, start_date: startDate, end_date: endDate, limit = 20, ...wanted }, app, { signal }) {
    const takeout = await app.takeout();
    const filter = {
      ...(status !== undefined && { status }),
      ...(startDate !== undefined && { startDate }),
      ...(endDate !== undefined && { endDate }),
    };
    const { items, entries, paging } = await listEntries(
      { limit, ...wanted },
      (part) => takeout.orders.list({ ...filter, ...part }, { signal }),
      fromOrderSummary,
    );
    return {
      data: { orders: entries, ...paging },
      text: [headline(items.length, paging, "takeout orders"), ...items.map(describeOrder)].join("\n"),
    };
  },
});
