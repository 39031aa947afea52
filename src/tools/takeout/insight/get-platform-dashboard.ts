import * as z from "zod";
import { day } from "../../fields.ts";
import { defineTool } from "../../tool.ts";
import { daysInOrder } from "../takeout-fields.ts";

export const getPlatformDashboard = defineTool({
  name: "get_platform_dashboard",
  title: "Get the platform's figures",
  description:
    "Gives the whole platform's merchants, users, orders and revenue in yuan for a range of days. The today figures are of " +
    "the vendor's today. One merchant's are in get_merchant_overview. 平台数据大盘、营收 sales",
  access: "read",
  vendor: "takeout",
  input: z
    .strictObject({
      start_date: day.describe("First day, e.g. 2026-11-01"),
      end_date: day.describe("Last day"),
    })
    .refine(...daysInOrder),
  output: z.object({
    total_merchants: z.number(),
    total_users: z.number(),
    total_orders: z.number(),
    total_revenue_yuan: z.string(),
    active_merchants: z.number().nullable(),
    active_users: z.number().nullable(),
    today_orders: z.number().nullable(),
    today_revenue_yuan: z.string().nullable(),
  }),
  async run({ start_date, end_date }, app, { signal }) {
    const { statistics } = await app.takeout();
    const found = await statistics.platformDashboard(
      { startDate: start_date, endDate: end_date },
      { signal },
    );
    return {
      data: {
        total_merchants: found.totalMerchants,
        total_users: found.totalUsers,
        total_orders: found.totalOrders,
        total_revenue_yuan: found.totalRevenueYuan,
        active_merchants: found.activeMerchants,
        active_users: found.activeUsers,
        today_orders: found.todayOrders,
        today_revenue_yuan: found.todayRevenueYuan,
      },
      text:
        `${start_date} to ${end_date}: ${found.totalOrders} orders, ${found.totalRevenueYuan} yuan, ` +
        `${found.totalMerchants} merchants (${found.activeMerchants ?? "-"} active), ` +
        `${found.totalUsers} users (${found.activeUsers ?? "-"} active). ` +
        `Today: ${found.todayOrders ?? "-"} orders, ${found.todayRevenueYuan ?? "-"} yuan.`,
    };
  },
});
