import { beforeEach, describe, expect, test } from "vitest";
import { estimateDataTokens } from "../../../../src/tools/answer-size.ts";
import { getMerchantOverview } from "../../../../src/tools/takeout/insight/get-merchant-overview.ts";
import { getPlatformDashboard } from "../../../../src/tools/takeout/insight/get-platform-dashboard.ts";
import { type CatalogDesk, openDocumentDesk } from "../../../support/catalog-desk.ts";
import { failureOf } from "../../../support/failures.ts";
import { sample, type TakeoutVendor } from "../../../support/takeout-vendor.ts";
import { json } from "../../../support/vendor-server.ts";

const days = { start_date: "2024-01-01", end_date: "2024-01-31" };

let vendor: TakeoutVendor;
let desk: CatalogDesk;
beforeEach(async () => {
  ({ vendor, desk } = await openDocumentDesk());
});

const addresses = () => vendor.calls().map(({ url }) => url);

describe("get_merchant_overview", () => {
  test("gives the document's figures, money with all its digits", async () => {
    vendor.answer(sample("takeout/merchant-overview.json"));
    const { data, text } = await desk.call(getMerchantOverview, { merchant_id: "M1", ...days });
    expect(data).toEqual({
      overview: {
        total_orders: 1000,
        total_revenue_yuan: "50000.00",
        avg_order_amount_yuan: "50.00",
        completion_rate: 0.95,
        today_orders: 50,
        today_revenue_yuan: "2500.00",
        order_trend: [{ date: "2024-01-01", orders: 50, revenue_yuan: "2500.00" }],
        top_dishes: [{ dish_id: "uuid", dish_name: "宫保鸡丁", sales_count: 200, revenue_yuan: "7600.00" }],
      },
    });
    expect(text).toContain("1000 orders, 50000.00 yuan, 95.0 % completed.");
    expect(addresses()).toEqual([
      "/api/v1/statistics/merchant/overview?merchantId=M1&startDate=2024-01-01&endDate=2024-01-31",
    ]);
  });

  test("cuts years of days and very many dishes to the size of an answer, and counts what it cut", async () => {
    const orderTrend = Array.from({ length: 2_000 }, (_, index) => ({
      date: `day ${index}`,
      orders: index,
      revenue: 12345678901234.56,
    }));
    const topDishes = Array.from({ length: 500 }, (_, index) => ({
      dishId: `D${index}`,
      dishName: "宫保鸡丁",
      salesCount: 1,
      revenue: 0.1,
    }));
    const figures = { totalOrders: 1, totalRevenue: 1, orderTrend, topDishes };
    vendor.answer(json(200, { success: true, data: figures }));
    const { data } = await desk.call(getMerchantOverview, { merchant_id: "M1", ...days });
    const { order_trend, top_dishes } = Object(data["overview"]);
    expect(order_trend.length).toBeGreaterThan(100);
    expect(top_dishes.length).toBeGreaterThan(50);
    expect(order_trend.length + Number(data["order_trend_omitted"])).toBe(2_000);
    expect(top_dishes.length + Number(data["top_dishes_omitted"])).toBe(500);
    expect(order_trend[0].revenue_yuan).toBe("12345678901234.56");
    expect(estimateDataTokens(data)).toBeLessThan(9_000);
  });
});

describe("get_platform_dashboard", () => {
  test("gives the document's figures", async () => {
    vendor.answer(sample("takeout/platform-dashboard.json"));
    const { data, text } = await desk.call(getPlatformDashboard, days);
    expect(data).toEqual({
      total_merchants: 100,
      total_users: 10000,
      total_orders: 50000,
      total_revenue_yuan: "2500000.00",
      active_merchants: 80,
      active_users: 5000,
      today_orders: 500,
      today_revenue_yuan: "25000.00",
    });
    expect(text).toContain("50000 orders, 2500000.00 yuan, 100 merchants (80 active)");
    expect(addresses()).toEqual([
      "/api/v1/statistics/platform/dashboard?startDate=2024-01-01&endDate=2024-01-31",
    ]);
  });
});

describe.each([
  [getMerchantOverview, { merchant_id: "M1" }],
  [getPlatformDashboard, {}],
])("a range of days (%#)", (tool, rest) => {
  test("may be one day", async () => {
    vendor.answer(
      json(200, {
        success: true,
        data: { totalMerchants: 0, totalUsers: 0, totalOrders: 0, totalRevenue: 0 },
      }),
    );
    const { text } = await desk.call(tool, { ...rest, start_date: "2024-02-29", end_date: "2024-02-29" });
    expect(text).toContain("2024-02-29 to 2024-02-29: 0 orders");
  });

  test.each([
    ["start_date", { start_date: "2024-02-01", end_date: "2024-01-31" }],
    ["start_date", { start_date: "2023-02-29", end_date: "2024-01-31" }],
    ["start_date", { end_date: "2024-01-31" }],
    ["end_date", { start_date: "2024-01-01", end_date: "2024-1-31" }],
    ["end_date", { start_date: "2024-01-01", end_date: "2024-01-31T00:00:00Z" }],
  ])("is refused by its %s: %j", async (field, range) => {
    const failure = await failureOf(desk.call(tool, { ...rest, ...range }));
    expect(failure.code).toBe("invalid_input");
    expect(failure.details.fields).toEqual([field]);
    expect(vendor.server.requests).toEqual([]);
  });
});
