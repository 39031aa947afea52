import { beforeEach, describe, expect, test } from "vitest";
import { type Client, holdings, runningTakeout, signIn } from "./running-takeout.ts";
import { completedOrder, findMerchant, paidOrder } from "./shopping.ts";

const takeout = runningTakeout();
let client: Client;
beforeEach(async () => {
  client = await signIn(takeout());
});

type HeldOrder = {
  merchantId: string;
  dishFen: number;
  deliveryFeeFen: number;
  packageFeeFen: number;
  discountFen: number;
  state: string;
  paidAt: number | null;
  createdAt: number;
};

/** The orders of a merchant that were made on these days of UTC+8. */
async function heldOrders(merchantId: string, from: string, to: string): Promise<HeldOrder[]> {
  const { orders } = await holdings(takeout());
  const dayOf = (at: number) => new Date(at + 8 * 3600 * 1000).toISOString().slice(0, 10);
  return orders.filter(
    (order: HeldOrder) =>
      order.merchantId === merchantId && dayOf(order.createdAt) >= from && dayOf(order.createdAt) <= to,
  );
}

function paidFen(orders: HeldOrder[]): number {
  return orders
    .filter(({ paidAt }) => paidAt !== null)
    .reduce((sum, one) => sum + one.dishFen + one.deliveryFeeFen + one.packageFeeFen - one.discountFen, 0);
}

async function overview(query: string) {
  const { merchant } = await findMerchant(client);
  return {
    merchant,
    answer: await client.send(`GET /statistics/merchant/overview?merchantId=${merchant.id}&${query}`),
  };
}

describe("GET /api/v1/statistics/merchant/overview", () => {
  test("is computed from the orders that are held", async () => {
    const { merchant, answer } = await overview("startDate=2026-04-10&endDate=2026-04-13");
    const held = await heldOrders(merchant.id, "2026-04-10", "2026-04-13");
    const paid = held.filter(({ paidAt }) => paidAt !== null);
    expect(answer.data).toMatchObject({
      totalOrders: held.length,
      totalRevenue: paidFen(held) / 100,
      avgOrderAmount: Math.round(paidFen(held) / paid.length) / 100,
      completionRate: Number(
        (held.filter(({ state }) => state === "completed").length / held.length).toFixed(4),
      ),
    });
    expect(answer.text).toMatch(/"totalRevenue":\d+\.\d\d,"avgOrderAmount":\d+\.\d\d/);
  });

  test("has each day in its trend, which adds up to the totals", async () => {
    const { answer } = await overview("startDate=2026-04-10&endDate=2026-04-14");
    const { orderTrend, totalOrders, totalRevenue } = answer.data;
    expect(orderTrend.map(({ date }: { date: string }) => date)).toEqual([
      "2026-04-10",
      "2026-04-11",
      "2026-04-12",
      "2026-04-13",
      "2026-04-14",
    ]);
    const sum = (name: string) =>
      orderTrend.reduce((total: number, day: Record<string, number>) => total + (day[name] ?? 0), 0);
    expect(sum("orders")).toBe(totalOrders);
    expect(sum("revenue")).toBeCloseTo(totalRevenue, 6);
  });

  test("shows the best dishes first", async () => {
    const { answer } = await overview("");
    const counts = answer.data.topDishes.map(({ salesCount }: { salesCount: number }) => salesCount);
    expect(counts.length).toBeGreaterThan(2);
    expect(counts).toEqual(counts.toSorted((a: number, b: number) => b - a));
    expect(answer.data.topDishes[0]).toEqual({
      dishId: expect.any(String),
      dishName: expect.any(String),
      salesCount: expect.any(Number),
      revenue: expect.any(Number),
    });
  });

  test("counts today's orders as they come, and takes off what is paid back", async () => {
    const before = (await overview("")).answer.data;
    const { orderId } = await completedOrder(client);
    const after = (await overview("")).answer.data;
    expect(after.todayOrders).toBe(before.todayOrders + 1);
    expect(after.todayRevenue).toBeCloseTo(before.todayRevenue + 81, 6);
    await client.send("POST /refunds", { orderId, amount: 30.5, reason: "少了一份" });
    expect((await overview("")).answer.data.todayRevenue).toBeCloseTo(before.todayRevenue + 50.5, 6);
  });

  test("of a day without orders is all zeros", async () => {
    const { answer } = await overview("startDate=2026-01-01&endDate=2026-01-01");
    expect(answer.data).toMatchObject({ totalOrders: 0, completionRate: 0, topDishes: [] });
    expect(answer.text).toContain('"totalRevenue":0.00,"avgOrderAmount":0.00');
  });

  test.each([
    ["startDate=2026-04-14&endDate=2026-04-13", 400, "startDate"],
    ["startDate=2026-13-01", 400, "startDate"],
    ["startDate=2024-01-01&endDate=2026-01-01", 400, "endDate"],
  ])("refuses %s", async (query, status, field) => {
    expect((await overview(query)).answer).toMatchObject({ status, body: { errors: [{ field }] } });
  });

  test("wants a merchant that there is", async () => {
    expect((await client.send("GET /statistics/merchant/overview")).status).toBe(400);
    const id = "00000000-0000-4000-8000-000000000000";
    expect((await client.send(`GET /statistics/merchant/overview?merchantId=${id}`)).status).toBe(404);
  });
});

test("GET /api/v1/statistics/platform/dashboard counts the whole tenant", async () => {
  const path = "GET /statistics/platform/dashboard?startDate=2026-04-13&endDate=2026-04-14";
  const before = await client.send(path);
  expect(before.data).toEqual({
    totalMerchants: 3,
    totalUsers: 13,
    totalOrders: 10,
    totalRevenue: expect.any(Number),
    activeMerchants: expect.any(Number),
    activeUsers: expect.any(Number),
    todayOrders: 3,
    todayRevenue: expect.any(Number),
  });
  expect(before.text).toMatch(/"totalRevenue":\d+\.\d\d,/);
  await paidOrder(client);
  const { data } = await client.send(path);
  expect(data.totalRevenue).toBeCloseTo(before.data.totalRevenue + 81, 6);
  expect(data).toMatchObject({ totalOrders: 11, todayOrders: 4, activeUsers: before.data.activeUsers + 1 });
  const backwards = "GET /statistics/platform/dashboard?startDate=2026-04-14&endDate=2026-04-13";
  expect((await client.send(backwards)).status).toBe(400);
});
