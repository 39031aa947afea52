import { afterEach, beforeEach, expect, test } from "vitest";
import { failureOf } from "../../support/failures.ts";
import { sample, startTakeoutVendor, type TakeoutVendor } from "../../support/takeout-vendor.ts";

let vendor: TakeoutVendor;

beforeEach(async () => {
  vendor = await startTakeoutVendor();
});

afterEach(() => vendor.close());

const january = { startDate: "2024-01-01", endDate: "2024-01-31" };

test("GET /api/v1/statistics/merchant/overview reads revenue exactly", async () => {
  vendor.answer(sample("takeout/merchant-overview.json"));
  expect(await vendor.takeout.statistics.merchantOverview({ merchantId: "m-1", ...january })).toEqual({
    totalOrders: 1000,
    totalRevenueYuan: "50000.00",
    avgOrderAmountYuan: "50.00",
    completionRate: 0.95,
    todayOrders: 50,
    todayRevenueYuan: "2500.00",
    orderTrend: [{ date: "2024-01-01", orders: 50, revenueYuan: "2500.00" }],
    topDishes: [{ dishId: "uuid", dishName: "宫保鸡丁", salesCount: 200, revenueYuan: "7600.00" }],
  });
  expect(vendor.calls()[0]?.url).toBe(
    "/api/v1/statistics/merchant/overview?merchantId=m-1&startDate=2024-01-01&endDate=2024-01-31",
  );
});

test("GET /api/v1/statistics/platform/dashboard reads the platform's counts", async () => {
  vendor.answer(sample("takeout/platform-dashboard.json"));
  expect(await vendor.takeout.statistics.platformDashboard(january)).toEqual({
    totalMerchants: 100,
    totalUsers: 10000,
    totalOrders: 50000,
    totalRevenueYuan: "2500000.00",
    activeMerchants: 80,
    activeUsers: 5000,
    todayOrders: 500,
    todayRevenueYuan: "25000.00",
  });
  expect(vendor.calls()[0]?.url).toBe(
    "/api/v1/statistics/platform/dashboard?startDate=2024-01-01&endDate=2024-01-31",
  );
});

test("days that run backwards are refused before anything is sent", async () => {
  const backwards = { startDate: "2024-01-31", endDate: "2024-01-01" };
  const failures = await Promise.all([
    failureOf(vendor.takeout.statistics.platformDashboard(backwards)),
    failureOf(vendor.takeout.statistics.merchantOverview({ merchantId: "", ...backwards })),
  ]);
  expect(failures.map(({ details }) => details.fields)).toEqual([
    ["start_date"],
    ["merchant_id", "start_date"],
  ]);
  expect(vendor.server.requests).toEqual([]);
});
