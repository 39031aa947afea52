import { z } from "zod";
import type { MerchantOverview, PlatformDashboard, TakeoutStatistics } from "../../domain/takeout/insight.ts";
import { identifierRule } from "../argument-rules.ts";
import type { VendorLine } from "../provider.ts";
import { dayRules, refuseWrong } from "./argument-rules.ts";
import { read } from "./calls.ts";
import {
  idText,
  optionalNumber,
  optionalWholeNumber,
  optionalYuan,
  wholeNumber,
  yuan,
} from "./wire-fields.ts";

const dayOfTrend = z
  .object({ date: z.string(), orders: wholeNumber, revenue: yuan })
  .transform(({ revenue, ...rest }) => ({ ...rest, revenueYuan: revenue }));

const topDish = z
  .object({ dishId: idText, dishName: z.string(), salesCount: wholeNumber, revenue: yuan })
  .transform(({ revenue, ...rest }) => ({ ...rest, revenueYuan: revenue }));

/** takeout.txt, 10.1 */
const overview = z
  .object({
    totalOrders: wholeNumber,
    totalRevenue: yuan,
    avgOrderAmount: optionalYuan,
    completionRate: optionalNumber,
    todayOrders: optionalWholeNumber,
    todayRevenue: optionalYuan,
    orderTrend: z.array(dayOfTrend).nullish(),
    topDishes: z.array(topDish).nullish(),
  })
  .transform(
    (wire): MerchantOverview => ({
      totalOrders: wire.totalOrders,
      totalRevenueYuan: wire.totalRevenue,
      avgOrderAmountYuan: wire.avgOrderAmount,
      completionRate: wire.completionRate,
      todayOrders: wire.todayOrders,
      todayRevenueYuan: wire.todayRevenue,
      orderTrend: wire.orderTrend ?? [],
      topDishes: wire.topDishes ?? [],
    }),
  );

/** takeout.txt, 10.2 */
const dashboard = z
  .object({
    totalMerchants: wholeNumber,
    totalUsers: wholeNumber,
    totalOrders: wholeNumber,
    totalRevenue: yuan,
    activeMerchants: optionalWholeNumber,
    activeUsers: optionalWholeNumber,
    todayOrders: optionalWholeNumber,
    todayRevenue: optionalYuan,
  })
  .transform(
    ({ totalRevenue, todayRevenue, ...rest }): PlatformDashboard => ({
      ...rest,
      totalRevenueYuan: totalRevenue,
      todayRevenueYuan: todayRevenue,
    }),
  );

/** Statistics (takeout.txt, 10). */
export function createStatistics(line: VendorLine): TakeoutStatistics {
  return {
    merchantOverview: async ({ merchantId, startDate, endDate }, { signal } = {}) => {
      refuseWrong(identifierRule("merchant_id", merchantId), ...dayRules({ startDate, endDate }));
      const query = { merchantId, startDate, endDate };
      return read(line, { path: "/statistics/merchant/overview", query, signal }, overview);
    },
    platformDashboard: async ({ startDate, endDate }, { signal } = {}) => {
      refuseWrong(...dayRules({ startDate, endDate }));
      const query = { startDate, endDate };
      return read(line, { path: "/statistics/platform/dashboard", query, signal }, dashboard);
    },
  };
}
