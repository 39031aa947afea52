import { beforeEach, describe, expect, test } from "vitest";
import { claimCoupon } from "../../../../src/tools/takeout/marketing/claim-coupon.ts";
import { createReview } from "../../../../src/tools/takeout/marketing/create-review.ts";
import { replyReview } from "../../../../src/tools/takeout/marketing/reply-review.ts";
import type { Tool } from "../../../../src/tools/tool.ts";
import { type CatalogDesk, openCatalogDesk } from "../../../support/catalog-desk.ts";
import { type CatalogVendor, lossyReactions, startCatalogVendor } from "../../../support/catalog-vendor.ts";
import { failureOf } from "../../../support/failures.ts";
import { compact } from "../../../support/takeout-vendor.ts";

const review = { order_id: "O1", rating: 5, content: "非常好吃" };
const reply = { review_id: "R1", content: "感谢您的支持" };

let vendor: CatalogVendor;
let desk: CatalogDesk;
beforeEach(async () => {
  vendor = await startCatalogVendor();
  vendor.reviews.push(
    ...Array.from({ length: 47 }, (_, index) => ({ id: `R${46 - index}`, rating: 5, replyContent: null })),
  );
  desk = await openCatalogDesk(vendor.environment);
});

const bodyOfWrite = () => vendor.server.requests.findLast(({ url }) => !url.includes("/auth/"))?.body;

describe("what is sent", () => {
  test("a review with the document's members", async () => {
    const args = {
      order_id: "uuid",
      rating: 5,
      taste_rating: 5,
      package_rating: 5,
      delivery_rating: 5,
      content: "非常好吃",
      images: ["https://...", "https://..."],
      is_anonymous: false,
    };
    const { data, text } = await desk.call(createReview, args);
    expect(bodyOfWrite()).toBe(compact("takeout/create-review-request.json"));
    expect(data).toMatchObject({ review_id: "reviews-48", order_id: "uuid" });
    expect(text).toBe("Reviewed order uuid with 5 of 5.");
  });

  test("a reply", async () => {
    const { data } = await desk.call(replyReview, reply);
    expect(bodyOfWrite()).toBe(compact("takeout/reply-request.json"));
    expect(data).toEqual({ review_id: "R1" });
    expect(vendor.writes()).toEqual(["POST /reviews/R1/reply"]);
  });

  test("a claim", async () => {
    const { data } = await desk.call(claimCoupon, { coupon_id: "C 1" });
    expect(data).toMatchObject({ coupon_id: "C 1", user_coupon_id: "claim-1" });
    expect(vendor.writes()).toEqual(["POST /coupons/C%201/receive"]);
  });
});

const unprovable: [what: string, tool: Tool, args: Record<string, unknown>, read: string][] = [
  ["a review", createReview, review, "list_reviews"],
  ["a claimed coupon", claimCoupon, { coupon_id: "C1" }, "list_user_coupons"],
  ["a reply to a review of nobody knows whom", replyReview, reply, "list_reviews"],
];

describe.each(lossyReactions)("a vendor that does it, but means to %s", (reaction) => {
  test.each(unprovable)(
    "leaves open whether there is %s, and is asked once",
    async (_what, tool, args, read) => {
      vendor.nextWrite = reaction;
      for (const _call of ["first", "second"]) {
        const failure = await failureOf(desk.call(tool, args));
        expect(failure.code).toBe("outcome_unknown");
        expect(failure.details.hint).toContain(read);
      }
      expect(vendor.writes()).toHaveLength(1);
    },
  );

  test.each(unprovable)("does %s again where another request_id wants it", async (_what, tool, args) => {
    vendor.nextWrite = reaction;
    await failureOf(desk.call(tool, args));
    const again = await desk.call(tool, { ...args, request_id: "again" });
    expect(again.data["repeated"]).toBeUndefined();
    expect(vendor.writes()).toHaveLength(2);
  });

  test("tells of a reply by the reviews of a merchant that is named", async () => {
    vendor.nextWrite = reaction;
    const first = await desk.call(replyReview, { ...reply, merchant_id: "M1" });
    expect(first.data).toEqual({ review_id: "R1" });
    expect((await desk.call(replyReview, reply)).data).toEqual({ review_id: "R1", repeated: true });
    expect(vendor.writes()).toHaveLength(1);
  });

  test("has its reply settled by a repeat that names the merchant", async () => {
    vendor.nextWrite = reaction;
    await failureOf(desk.call(replyReview, reply));
    const settled = await desk.call(replyReview, { ...reply, merchant_id: "M1" });
    expect(settled.data).toEqual({ review_id: "R1", repeated: true });
    expect(vendor.writes()).toHaveLength(1);
  });
});

describe("a reply that did not arrive", () => {
  const known = { ...reply, merchant_id: "M1" };

  test("is sent again by the same call, for the review has none", async () => {
    vendor.nextWrite = "fail before";
    expect((await failureOf(desk.call(replyReview, known))).code).toBe("unavailable");
    expect((await desk.call(replyReview, known)).data["repeated"]).toBeUndefined();
    expect(vendor.writes()).toHaveLength(2);
  });

  test("is not sent over another one", async () => {
    vendor.nextWrite = "fail before";
    Object.assign(vendor.reviews.find(({ id }) => id === "R1") ?? {}, { replyContent: "别的" });
    for (const _call of ["first", "second"]) {
      expect((await failureOf(desk.call(replyReview, known))).code).toBe("outcome_unknown");
    }
    expect(vendor.writes()).toHaveLength(1);
  });

  test("stays unknown where the merchant has no such review", async () => {
    vendor.nextWrite = "fail before";
    const failure = await failureOf(desk.call(replyReview, { ...known, review_id: "R99" }));
    expect(failure.code).toBe("outcome_unknown");
  });
});

test.each([
  [createReview, { ...review, rating: 0 }, "rating"],
  [createReview, { ...review, rating: 6 }, "rating"],
  [createReview, { ...review, taste_rating: 4.5 }, "taste_rating"],
  [createReview, { ...review, images: [""] }, "images[0]"],
  [createReview, { ...review, content: "x".repeat(2001) }, "content"],
  [createReview, { ...review, is_anonymous: "no" }, "is_anonymous"],
  [replyReview, { ...reply, content: " \n" }, "content"],
  [replyReview, { ...reply, review_id: ".." }, "review_id"],
  [claimCoupon, { coupon_id: "../orders" }, "coupon_id"],
])("refuses what cannot be meant before anything is written (%#)", async (tool, args, field) => {
  const failure = await failureOf(desk.call(tool, args));
  expect(failure.code).toBe("invalid_input");
  expect(failure.details.fields).toEqual([field]);
  expect(vendor.writes()).toEqual([]);
});
