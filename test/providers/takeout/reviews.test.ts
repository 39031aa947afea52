import { afterEach, beforeEach, expect, test } from "vitest";
import { failureOf } from "../../support/failures.ts";
import { compact, sample, startTakeoutVendor, type TakeoutVendor } from "../../support/takeout-vendor.ts";
import { json } from "../../support/vendor-server.ts";

let vendor: TakeoutVendor;

beforeEach(async () => {
  vendor = await startTakeoutVendor();
});

afterEach(() => vendor.close());

const documentedReview = {
  orderId: "uuid",
  rating: 5,
  tasteRating: 5,
  packageRating: 5,
  deliveryRating: 5,
  content: "非常好吃",
  images: ["https://...", "https://..."],
  isAnonymous: false,
};

test("POST /api/v1/reviews sends the document's review", async () => {
  vendor.answer(json(201, { success: true, data: { id: "r-1" } }));
  expect((await vendor.takeout.reviews.create(documentedReview)).id).toBe("r-1");
  expect(vendor.calls()).toMatchObject([
    { method: "POST", url: "/api/v1/reviews", body: compact("takeout/create-review-request.json") },
  ]);
});

test("GET /api/v1/reviews reads reviews and what all of them come to", async () => {
  vendor.answer(sample("takeout/reviews.json"));
  const page = await vendor.takeout.reviews.list({
    merchantId: "m-1",
    rating: 5,
    pageIndex: 1,
    pageSize: 20,
  });
  expect(page).toEqual({
    items: [
      {
        id: "uuid",
        userName: "张三",
        userAvatar: "https://...",
        rating: 5,
        content: "非常好吃",
        images: ["https://..."],
        createdAt: "2024-01-01T12:00:00Z",
        replyContent: "感谢支持",
        replyAt: "2024-01-01T13:00:00Z",
      },
    ],
    total: 100,
    statistics: {
      avgRating: 4.8,
      totalReviews: 100,
      rating5Count: 80,
      rating4Count: 15,
      rating3Count: 3,
      rating2Count: 1,
      rating1Count: 1,
    },
  });
  expect(vendor.calls()[0]?.url).toBe("/api/v1/reviews?merchantId=m-1&rating=5&pageIndex=1&pageSize=20");
});

test("GET /api/v1/reviews of a merchant without any has no statistics", async () => {
  vendor.answer(json(200, { success: true, data: { items: [], totalCount: 0 } }));
  const page = await vendor.takeout.reviews.list({ merchantId: "m-1", pageIndex: 1, pageSize: 20 });
  expect(page).toEqual({ items: [], total: 0, statistics: null });
});

test("POST /api/v1/reviews/{id}/reply sends the reply", async () => {
  await vendor.takeout.reviews.reply("r-1", "感谢您的支持");
  expect(vendor.calls()).toMatchObject([
    { method: "POST", url: "/api/v1/reviews/r-1/reply", body: compact("takeout/reply-request.json") },
  ]);
});

test("ratings beyond 1 to 5 and an empty reply are refused before anything is sent", async () => {
  const { reviews } = vendor.takeout;
  const failures = await Promise.all([
    failureOf(reviews.create({ orderId: "uuid", rating: 0, tasteRating: 6, packageRating: 4.5 })),
    failureOf(reviews.reply("r-1", "")),
  ]);
  expect(failures.map(({ code, details }) => [code, details.fields])).toEqual([
    ["invalid_input", ["rating", "taste_rating", "package_rating"]],
    ["invalid_input", ["content"]],
  ]);
  expect(vendor.server.requests).toEqual([]);
});
