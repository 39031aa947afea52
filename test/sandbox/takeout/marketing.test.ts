import { beforeEach, describe, expect, test } from "vitest";
import { type Client, runningTakeout, send, signIn } from "./running-takeout.ts";
import { completedOrder, findMerchant, placeOrder } from "./shopping.ts";

const takeout = runningTakeout();
let client: Client;
beforeEach(async () => {
  client = await signIn(takeout());
});

const unknownId = "00000000-0000-4000-8000-000000000000";

async function coupons(query = "") {
  return (await client.send(`GET /coupons?${query}`)).data;
}

async function couponNamed(name: string) {
  return (await coupons()).items.find((coupon: { name: string }) => coupon.name === name);
}

describe("coupons", () => {
  test("GET /api/v1/coupons shows a merchant's own and the platform's, by status", async () => {
    const { merchant } = await findMerchant(client, "粤香茶餐厅");
    const { items } = await coupons(`merchantId=${merchant.id}&status=1&pageIndex=1&pageSize=20`);
    expect(items).toMatchObject([
      {
        name: "平台满40减5",
        merchantId: null,
        discountValue: 5,
        minOrderAmount: 40,
        remainingCount: 1000,
        status: 1,
      },
      { name: "满25减3", merchantId: merchant.id, discountValue: 3 },
    ]);
    expect((await coupons("status=2")).items).toMatchObject([{ name: "开业满30减8" }]);
  });

  test("POST /api/v1/coupons/{id}/receive gives each user one", async () => {
    const { id } = await couponNamed("平台满40减5");
    const { status, data } = await client.send(`POST /coupons/${id}/receive`);
    expect(status).toBe(200);
    expect(data).toMatchObject({ couponId: id, couponName: "平台满40减5", status: 1 });
    expect(await client.send(`POST /coupons/${id}/receive`)).toMatchObject({
      status: 409,
      body: { code: 409 },
    });
    expect((await couponNamed("平台满40减5")).remainingCount).toBe(999);
  });

  test("POST /api/v1/coupons/{id}/receive refuses one that is gone, and does not know an unknown one", async () => {
    const { id } = await couponNamed("限量5元券");
    expect((await client.send(`POST /coupons/${id}/receive`)).status).toBe(422);
    expect((await client.send(`POST /coupons/${unknownId}/receive`)).status).toBe(404);
  });

  test("POST /api/v1/coupons/{id}/receive refuses one that is over", async () => {
    const { id } = await couponNamed("平台满40减5");
    takeout().clock.advance(31 * 24 * 3600);
    const fresh = await signIn(takeout());
    expect((await fresh.send(`POST /coupons/${id}/receive`)).status).toBe(422);
  });

  test("GET /api/v1/user-coupons shows the user's by status: to use, used, over", async () => {
    const names = async (status: number) => {
      const { data } = await client.send(`GET /user-coupons?status=${status}&pageIndex=1&pageSize=20`);
      return data.items.map(({ couponName }: { couponName: string }) => couponName);
    };
    expect([await names(1), await names(2), await names(3)]).toEqual([["满50减10"], [], ["开业满30减8"]]);
    const [{ id }] = (await client.send("GET /user-coupons?status=1")).data.items;
    await placeOrder(client, { couponId: id });
    expect([await names(1), await names(2), await names(3)]).toEqual([[], ["满50减10"], ["开业满30减8"]]);
  });

  test("GET /api/v1/user-coupons shows the document's fields", async () => {
    const { text, data } = await client.send("GET /user-coupons?status=1");
    expect(data.items[0]).toMatchObject({
      id: expect.any(String),
      couponName: "满50减10",
      discountValue: 10,
      minOrderAmount: 50,
      status: 1,
      expiredAt: "2026-10-31T02:00:00Z",
    });
    expect(text).toContain('"discountValue":10.00,"minOrderAmount":50.00');
  });

  test.each([
    ["50", 1],
    ["49.99", 0],
    ["50.001", 400],
    ["", 400],
  ])("GET /api/v1/user-coupons/available for %s yuan", async (amount, expected) => {
    const { merchant } = await findMerchant(client);
    const answer = await client.send(
      `GET /user-coupons/available?merchantId=${merchant.id}&amount=${amount}`,
    );
    expect(answer.status === 200 ? answer.data.items.length : answer.status).toBe(expected);
  });

  test("GET /api/v1/user-coupons/available leaves out other merchants' coupons", async () => {
    const { merchant } = await findMerchant(client, "大漠烤肉");
    const { data } = await client.send(`GET /user-coupons/available?merchantId=${merchant.id}&amount=500`);
    expect(data.items).toEqual([]);
  });
});

describe("reviews", () => {
  const fields = {
    rating: 5,
    tasteRating: 5,
    packageRating: 5,
    deliveryRating: 5,
    content: "非常好吃",
    images: ["https://cdn.example.com/1.jpg", "https://cdn.example.com/2.jpg"],
    isAnonymous: false,
  };

  async function reviewed(more: Record<string, unknown> = {}) {
    const { orderId } = await completedOrder(client);
    return client.send("POST /reviews", { orderId, ...fields, ...more });
  }

  async function reviewsOf(merchantId: string, query = "") {
    return (await client.send(`GET /reviews?merchantId=${merchantId}&${query}`)).data;
  }

  test("POST /api/v1/reviews makes one that the list shows and the statistics count", async () => {
    const { merchant } = await findMerchant(client);
    const before = await reviewsOf(merchant.id);
    const { status, data } = await reviewed();
    expect(status).toBe(201);
    const after = await reviewsOf(merchant.id, "rating=&pageIndex=1&pageSize=20");
    expect(after.items[0]).toEqual(data);
    expect(after.items[0]).toMatchObject({
      userName: "张三",
      userAvatar: expect.stringMatching(/^https:/),
      rating: 5,
      content: "非常好吃",
      images: fields.images,
      createdAt: "2026-04-14T02:00:00Z",
      replyContent: null,
      replyAt: null,
    });
    expect(after.statistics.totalReviews).toBe(before.statistics.totalReviews + 1);
    expect(after.statistics.rating5Count).toBe(before.statistics.rating5Count + 1);
  });

  test("GET /api/v1/reviews needs no token, and its statistics fit its entries", async () => {
    const { merchant } = await findMerchant(client);
    const { status, data } = await send(takeout(), `GET /reviews?merchantId=${merchant.id}&pageSize=100`);
    expect(status).toBe(200);
    const ratings: number[] = data.items.map(({ rating }: { rating: number }) => rating);
    const mean = ratings.reduce((sum, rating) => sum + rating, 0) / ratings.length;
    const count = (wanted: number) => ratings.filter((rating) => rating === wanted).length;
    expect(data.statistics).toEqual({
      avgRating: Math.round(mean * 10) / 10,
      totalReviews: data.totalCount,
      rating5Count: count(5),
      rating4Count: count(4),
      rating3Count: count(3),
      rating2Count: count(2),
      rating1Count: count(1),
    });
    const fives = await reviewsOf(merchant.id, "rating=5");
    expect(fives.totalCount).toBe(count(5));
    expect(fives.statistics).toEqual(data.statistics);
    expect(merchant.rating).toBe(data.statistics.avgRating);
  });

  test("GET /api/v1/reviews wants a merchant that there is", async () => {
    expect((await client.send("GET /reviews")).body.errors).toMatchObject([{ field: "merchantId" }]);
    expect((await client.send(`GET /reviews?merchantId=${unknownId}`)).status).toBe(404);
    expect((await client.send(`GET /reviews?merchantId=${unknownId}&rating=6`)).status).toBe(400);
  });

  test("who wants no name gets none", async () => {
    expect((await reviewed({ isAnonymous: true })).data).toMatchObject({
      userName: "匿名用户",
      userAvatar: null,
    });
  });

  test("an order is reviewed once, and only when it is completed", async () => {
    const { orderId } = await completedOrder(client);
    expect((await client.send("POST /reviews", { orderId, rating: 4 })).status).toBe(201);
    expect((await client.send("POST /reviews", { orderId, rating: 4 })).status).toBe(409);
    const { orderId: open } = await placeOrder(client);
    expect((await client.send("POST /reviews", { orderId: open, rating: 4 })).status).toBe(422);
    expect((await client.send("POST /reviews", { orderId: unknownId, rating: 4 })).status).toBe(404);
  });

  test.each([
    [{ rating: 6 }, "rating"],
    [{ tasteRating: 0 }, "tasteRating"],
    [{ images: ["file:///etc/passwd"] }, "images[0]"],
    [{ isAnonymous: "no" }, "isAnonymous"],
  ])("POST /api/v1/reviews refuses %j by name", async (more, field) => {
    expect(await reviewed(more)).toMatchObject({ status: 400, body: { errors: [{ field }] } });
  });

  test("POST /api/v1/reviews/{id}/reply answers once", async () => {
    const { id } = (await reviewed()).data;
    takeout().clock.advance(3600);
    const { status, data } = await client.send(`POST /reviews/${id}/reply`, { replyContent: "感谢您的支持" });
    expect(status).toBe(200);
    expect(data).toMatchObject({ replyContent: "感谢您的支持", replyAt: "2026-04-14T03:00:00Z" });
    expect((await client.send(`POST /reviews/${id}/reply`, { replyContent: "再次感谢" })).status).toBe(409);
    expect((await client.send(`POST /reviews/${id}/reply`, {})).status).toBe(400);
    expect((await client.send(`POST /reviews/${unknownId}/reply`, { replyContent: "谢谢" })).status).toBe(
      404,
    );
  });
});
