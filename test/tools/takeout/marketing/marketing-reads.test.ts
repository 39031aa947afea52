import { beforeEach, describe, expect, test } from "vitest";
import { listCoupons } from "../../../../src/tools/takeout/marketing/list-coupons.ts";
import { listReviews } from "../../../../src/tools/takeout/marketing/list-reviews.ts";
import { listUserCoupons } from "../../../../src/tools/takeout/marketing/list-user-coupons.ts";
import { type CatalogDesk, openDocumentDesk } from "../../../support/catalog-desk.ts";
import { failureOf } from "../../../support/failures.ts";
import { sample, type TakeoutVendor } from "../../../support/takeout-vendor.ts";
import { json } from "../../../support/vendor-server.ts";

let vendor: TakeoutVendor;
let desk: CatalogDesk;
beforeEach(async () => {
  ({ vendor, desk } = await openDocumentDesk());
});

const addresses = () => vendor.calls().map(({ url }) => url);

describe("list_reviews", () => {
  test("gives the document's review and statistics", async () => {
    vendor.answer(sample("takeout/reviews.json"));
    const { data, text } = await desk.call(listReviews, { merchant_id: "M1", rating: 5, limit: 1 });
    expect(data).toEqual({
      reviews: [
        {
          id: "uuid",
          user_name: "张三",
          user_avatar: "https://...",
          rating: 5,
          content: "非常好吃",
          images: ["https://..."],
          created_at: "2024-01-01T12:00:00Z",
          reply_content: "感谢支持",
          reply_at: "2024-01-01T13:00:00Z",
        },
      ],
      statistics: {
        avg_rating: 4.8,
        total_reviews: 100,
        rating5_count: 80,
        rating4_count: 15,
        rating3_count: 3,
        rating2_count: 1,
        rating1_count: 1,
      },
      total: 100,
      next_cursor: expect.any(String),
    });
    expect(text).toContain("On average 4.8 of 5 in 100 reviews.");
    expect(text).toContain("uuid 「张三」 5 of 5 「非常好吃」: reply 「感谢支持」");
    expect(addresses()[0]).toBe("/api/v1/reviews?merchantId=M1&rating=5&pageIndex=1&pageSize=20");
  });

  test("says so where a vendor counts nothing", async () => {
    vendor.answer(json(200, { success: true, data: { items: [] } }));
    const { data } = await desk.call(listReviews, { merchant_id: "M1" });
    expect(data).toEqual({ reviews: [], statistics: null });
  });

  test.each([0, 6, 4.5, "5"])("takes no rating of %j", async (rating) => {
    const failure = await failureOf(desk.call(listReviews, { merchant_id: "M1", rating }));
    expect(failure.details.fields).toEqual(["rating"]);
    expect(addresses()).toEqual([]);
  });
});

describe("list_coupons", () => {
  test("passes on whatever the vendor tells of a coupon", async () => {
    const terms = { discountValue: 10, minOrderAmount: 50, expiredAt: "2024-12-31T23:59:59" };
    const coupon = { id: "C1", name: "满50减10", status: 1, ...terms, remainingCount: 7 };
    vendor.answer(json(200, { success: true, data: { items: [coupon], totalCount: 1 } }));
    const { data, text } = await desk.call(listCoupons, { merchant_id: "M1", status: 1 });
    expect(data).toEqual({
      coupons: [
        {
          id: "C1",
          name: "满50减10",
          discount_value_yuan: "10",
          min_order_amount_yuan: "50",
          status: 1,
          expired_at: "2024-12-31T23:59:59Z",
          details: { remaining_count: 7 },
        },
      ],
      total: 1,
    });
    expect(text).toContain("「满50减10」: 10 yuan off from 50 yuan, until 2024-12-31T23:59:59Z, status 1");
    expect(addresses()).toEqual(["/api/v1/coupons?merchantId=M1&status=1&pageIndex=1&pageSize=20"]);
  });
});

describe("list_user_coupons", () => {
  const documented = {
    id: "uuid",
    coupon_name: "满50减10",
    discount_value_yuan: "10.00",
    min_order_amount_yuan: "50.00",
    status: 1,
    expired_at: "2024-12-31T23:59:59Z",
  };

  test("gives the account's coupons", async () => {
    vendor.answer(sample("takeout/user-coupons.json"));
    const { data, text } = await desk.call(listUserCoupons, { status: 1 });
    expect(data).toEqual({ coupons: [documented] });
    expect(text).toContain("「满50减10」: 10.00 yuan off from 50.00 yuan, until 2024-12-31T23:59:59Z");
    expect(addresses()).toEqual(["/api/v1/user-coupons?status=1&pageIndex=1&pageSize=20"]);
  });

  test("gives those that an order may use, asked once and shown in parts", async () => {
    const items = Array.from({ length: 45 }, (_, index) => ({ id: `U${index}`, status: 1 }));
    vendor.answer(json(200, { success: true, data: { items } }));
    const order = { merchant_id: "M1", amount_yuan: "71.00" };
    const first = await desk.call(listUserCoupons, { ...order, limit: 30 });
    expect(addresses()).toEqual(["/api/v1/user-coupons/available?merchantId=M1&amount=71.00"]);
    const rest = await desk.call(listUserCoupons, { ...order, cursor: first.data["next_cursor"] });
    const seen = [first, rest].flatMap(({ data }) => (Array.isArray(data["coupons"]) ? data["coupons"] : []));
    expect(seen.map(({ id }) => id)).toEqual(items.map(({ id }) => id));
    expect(rest.data["next_cursor"]).toBeUndefined();
  });

  test.each([
    [{ merchant_id: "M1" }],
    [{ amount_yuan: 71 }],
    [{ merchant_id: "M1", amount_yuan: 71, status: 1 }],
    [{ merchant_id: "M1", status: 1 }],
    [{ merchant_id: "M1", amount_yuan: 71, sort_by: "createdAt" }],
    [{ merchant_id: "M1", amount_yuan: 71, sort_order: "asc" }],
  ])("takes a status, or a merchant with an amount, and not %j", async (args) => {
    const failure = await failureOf(desk.call(listUserCoupons, args));
    expect(failure.code).toBe("invalid_input");
    expect(failure.details.fields).toEqual(["status", "merchant_id", "amount_yuan", "sort_by", "sort_order"]);
    expect(addresses()).toEqual([]);
  });
});
