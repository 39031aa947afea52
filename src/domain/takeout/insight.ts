import type { CallOptions } from "../call-options.ts";

/** takeout.txt, 10.1; money in yuan as decimal text. */
export type MerchantOverview = {
  totalOrders: number;
  totalRevenueYuan: string;
  avgOrderAmountYuan: string | null;
  /** 0 to 1. */
  completionRate: number | null;
  todayOrders: number | null;
  todayRevenueYuan: string | null;
  orderTrend: { date: string; orders: number; revenueYuan: string }[];
  topDishes: { dishId: string; dishName: string; salesCount: number; revenueYuan: string }[];
};

/** takeout.txt, 10.2 */
export type PlatformDashboard = {
  totalMerchants: number;
  totalUsers: number;
  totalOrders: number;
  totalRevenueYuan: string;
  activeMerchants: number | null;
  activeUsers: number | null;
  todayOrders: number | null;
  todayRevenueYuan: string | null;
};

/** Days as YYYY-MM-DD, both included. */
type DateRange = { startDate: string; endDate: string };

/** Statistics (takeout.txt, 10). */
export type TakeoutStatistics = {
  merchantOverview: (
    query: DateRange & { merchantId: string },
    options?: CallOptions,
  ) => Promise<MerchantOverview>;
  platformDashboard: (query: DateRange, options?: CallOptions) => Promise<PlatformDashboard>;
};
