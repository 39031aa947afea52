import { day, optional, type Shape, uuid } from "../formats.ts";
import { yuan } from "../money.ts";
import type { Order } from "../records.ts";
import { done, invalid, missing, type Reply } from "../reply.ts";
import { type Call, type Route, signedIn, withQuery } from "../routes.ts";
import { businessDay, daysBetween } from "../time.ts";
import { ordersOn, revenueFen, topDishes } from "./figures.ts";

type RangeQuery = { startDate: string | undefined; endDate: string | undefined };

const rangeShape: Shape<RangeQuery> = { startDate: optional(day), endDate: optional(day) };

const overviewShape: Shape<RangeQuery & { merchantId: string }> = { ...rangeShape, merchantId: uuid };

const mostDays = 366;

/** Statistics (takeout.txt, 10), computed from what is held. */
export const statisticsRoutes: Route[] = [
  signedIn("GET /api/v1/statistics/merchant/overview", withQuery(overviewShape, merchantOverview)),
  signedIn("GET /api/v1/statistics/platform/dashboard", withQuery(rangeShape, platformDashboard)),
];

/** takeout.txt, 10.1: all figures but today's are of the days that were asked for. */
function merchantOverview(call: Call, query: RangeQuery & { merchantId: string }): Reply {
  const { tenant } = call;
  const { merchantId } = query;
  if (!tenant.records.merchants.some(({ id }) => id === merchantId)) return missing("商家");
  const all = tenant.records.orders.filter((order) => order.merchantId === merchantId);
  return withRange(query, call, all, (orders, days) => {
    const paid = orders.filter(({ paidAt }) => paidAt !== null);
    const completed = orders.filter(({ state }) => state === "completed");
    const revenue = revenueFen(tenant, orders);
    return {
      totalOrders: orders.length,
      totalRevenue: yuan(revenue),
      avgOrderAmount: yuan(paid.length === 0 ? 0 : Math.round(revenue / paid.length)),
      completionRate: orders.length === 0 ? 0 : Number((completed.length / orders.length).toFixed(4)),
      ...todayFigures(call, all),
      orderTrend: days.map((date) => {
        const ofDay = ordersOn(orders, date);
        return { date, orders: ofDay.length, revenue: yuan(revenueFen(tenant, ofDay)) };
      }),
      topDishes: topDishes(orders).map(({ revenueFen: fen, ...dish }) => ({ ...dish, revenue: yuan(fen) })),
    };
  });
}

/** takeout.txt, 10.2: merchants and users are all there are, the active ones those with an order on these days. */
function platformDashboard(call: Call, query: RangeQuery): Reply {
  const { tenant } = call;
  const { merchants, users, orders: all } = tenant.records;
  return withRange(query, call, all, (orders) => ({
    totalMerchants: merchants.length,
    totalUsers: users.length,
    totalOrders: orders.length,
    totalRevenue: yuan(revenueFen(tenant, orders)),
    activeMerchants: new Set(orders.map(({ merchantId }) => merchantId)).size,
    activeUsers: new Set(orders.map(({ userId }) => userId)).size,
    ...todayFigures(call, all),
  }));
}

type Figures = (orders: readonly Order[], days: readonly string[]) => Record<string, unknown>;

/** The orders of the days that were asked for, by default from the first order's day to today. */
function withRange(
  { startDate, endDate }: RangeQuery,
  { now }: Call,
  all: readonly Order[],
  figures: Figures,
): Reply {
  const today = businessDay(now);
  const from = startDate ?? businessDay(Math.min(now, ...all.map(({ createdAt }) => createdAt)));
  const to = endDate ?? today;
  if (from > to) return invalid([{ field: "startDate", message: "不能晚于endDate" }]);
  const days = daysBetween(from, to);
  if (days.length > mostDays) {
    return invalid([{ field: "endDate", message: `统计区间不能超过${mostDays}天` }]);
  }
  const orders = all.filter(
    ({ createdAt }) => businessDay(createdAt) >= from && businessDay(createdAt) <= to,
  );
  return done(figures(orders, days));
}

function todayFigures({ tenant, now }: Call, all: readonly Order[]) {
  const today = ordersOn(all, businessDay(now));
  return { todayOrders: today.length, todayRevenue: yuan(revenueFen(tenant, today)) };
}
