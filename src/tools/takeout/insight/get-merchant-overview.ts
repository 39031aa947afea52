import * as z from "zod";
import type { MerchantOverview } from "../../../domain/takeout/insight.ts";
import { oneLine, quote } from "../../../domain/vendor-text.ts";
import { countThatFits, dataTokenBudget, estimateDataTokens } from "../../answer-size.ts";
import { day } from "../../fields.ts";
import { defineTool } from "../../tool.ts";
import { daysInOrder, takeoutMerchantId } from "../takeout-fields.ts";

const overviewAnswer = z.object({
  total_orders: z.number(),
  total_revenue_yuan: z.string(),
  avg_order_amount_yuan: z.string().nullable(),
  completion_rate: z.number().nullable().describe("0 to 1"),
  today_orders: z.number().nullable(),
  today_revenue_yuan: z.string().nullable(),
  order_trend: z.array(z.object({ date: z.string(), orders: z.number(), revenue_yuan: z.string() })),
  top_dishes: z.array(
    z.object({
      dish_id: z.string(),
      dish_name: z.string(),
      sales_count: z.number(),
      revenue_yuan: z.string(),
    }),
  ),
});

export const getMerchantOverview = defineTool({
  name: "get_merchant_overview",
  title: "Get a merchant's figures",
  description:
    "Gives one merchant's orders, revenue in yuan, completion rate (0 to 1), daily trend and best-selling dishes for a range of " +
    "days. The today figures are of the vendor's today. 商家数据概览、营业额、销量 sales",
  access: "read",
  vendor: "takeout",
  input: z
    .strictObject({
      merchant_id: takeoutMerchantId,
      start_date: day.describe("First day, e.g. 2026-11-01"),
      end_date: day.describe("Last day"),
    })
    .refine(...daysInOrder),
  output: z.object({
    overview: overviewAnswer,
    top_dishes_omitted: z.number().int().optional().describe("Dishes cut for length"),
    order_trend_omitted: z
      .number()
      .int()
      .optional()
      .describe("Days cut for length: a shorter range gives them"),
  }),
  async run({ merchant_id, start_date, end_date }, app, { signal }) {
    const { statistics } = await app.takeout();
    const query = { merchantId: merchant_id, startDate: start_date, endDate: end_date };
    const overview = await statistics.merchantOverview(query, { signal });
    return { data: cutToSize(fromOverview(overview)), text: describe(overview, { start_date, end_date }) };
  },
});

function fromOverview(overview: MerchantOverview): z.input<typeof overviewAnswer> {
  return {
    total_orders: overview.totalOrders,
    total_revenue_yuan: overview.totalRevenueYuan,
    avg_order_amount_yuan: overview.avgOrderAmountYuan,
    completion_rate: overview.completionRate,
    today_orders: overview.todayOrders,
    today_revenue_yuan: overview.todayRevenueYuan,
    order_trend: overview.orderTrend.map(({ date, orders, revenueYuan }) => ({
      date,
      orders,
      revenue_yuan: revenueYuan,
    })),
    top_dishes: overview.topDishes.map(({ dishId, dishName, salesCount, revenueYuan }) => ({
      dish_id: dishId,
      dish_name: dishName,
      sales_count: salesCount,
      revenue_yuan: revenueYuan,
    })),
  };
}

/** Cuts the two lists to the size of an answer: the dishes to a third, the days to what is left. */
function cutToSize({ order_trend, top_dishes, ...figures }: z.input<typeof overviewAnswer>) {
  const room = dataTokenBudget - estimateDataTokens(figures);
  const dishes = top_dishes.slice(0, countThatFits(top_dishes, room / 3));
  const days = order_trend.slice(0, countThatFits(order_trend, room - estimateDataTokens(dishes)));
  return {
    overview: { ...figures, order_trend: days, top_dishes: dishes },
    ...(dishes.length < top_dishes.length && { top_dishes_omitted: top_dishes.length - dishes.length }),
    ...(days.length < order_trend.length && { order_trend_omitted: order_trend.length - days.length }),
  };
}

function describe(
  overview: MerchantOverview,
  { start_date, end_date }: { start_date: string; end_date: string },
): string {
  const { totalOrders, totalRevenueYuan, completionRate, todayOrders, todayRevenueYuan } = overview;
  const completed = completionRate === null ? "" : `, ${(completionRate * 100).toFixed(1)} % completed`;
  const best = overview.topDishes
    .slice(0, 5)
    .map(({ dishId, dishName, salesCount }) => `${oneLine(dishId)} ${quote(dishName)}: ${salesCount} sold`);
  return [
    `${start_date} to ${end_date}: ${totalOrders} orders, ${totalRevenueYuan} yuan${completed}.`,
    `Today: ${todayOrders ?? "-"} orders, ${todayRevenueYuan ?? "-"} yuan.`,
    ...best,
  ].join("\n");
}
