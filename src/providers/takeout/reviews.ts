import { z } from "zod";
import type { NewReview, Review, ReviewStatistics, TakeoutReviews } from "../../domain/takeout/marketing.ts";
import type { VendorLine } from "../provider.ts";
import { looseNumber } from "../wire.ts";
import {
  identifierRule,
  looseTextRule,
  pathSegment,
  type Rule,
  refuseWrong,
  textRule,
  wholeNumberRule,
} from "./argument-rules.ts";
import { checkPage, read, writeStep } from "./calls.ts";
import { toCreated } from "./envelope.ts";
import { idText, optionalText, texts, wholeNumber } from "./wire-fields.ts";

/** takeout.txt, 9.2 */
const review: z.ZodType<Review> = z.object({
  id: idText,
  userName: optionalText,
  userAvatar: optionalText,
  rating: looseNumber,
  content: optionalText,
  images: texts,
  createdAt: optionalText,
  replyContent: optionalText,
  replyAt: optionalText,
});

const statistics = z
  .object({
    avgRating: looseNumber,
    totalReviews: wholeNumber,
    rating5Count: wholeNumber,
    rating4Count: wholeNumber,
    rating3Count: wholeNumber,
    rating2Count: wholeNumber,
    rating1Count: wholeNumber,
  })
  .transform(
    (wire): ReviewStatistics => ({
      averageRating: wire.avgRating,
      totalReviews: wire.totalReviews,
      countByRating: {
        1: wire.rating1Count,
        2: wire.rating2Count,
        3: wire.rating3Count,
        4: wire.rating4Count,
        5: wire.rating5Count,
      },
    }),
  );

/** A page that also counts all reviews of the merchant. */
const reviewPage = z
  .object({ items: z.array(review), totalCount: wholeNumber.nullish(), statistics: statistics.nullish() })
  .transform(({ items, totalCount, statistics: counted }) => ({
    items,
    ...(typeof totalCount === "number" && { total: totalCount }),
    statistics: counted ?? null,
  }));

const stars = { from: 1, to: 5 };

/** Reviews (takeout.txt, 9). */
export function createReviews(line: VendorLine): TakeoutReviews {
  return {
    list: async ({ merchantId, rating, pageIndex, pageSize }, { signal } = {}) => {
      checkPage({ pageIndex, pageSize });
      refuseWrong(identifierRule("merchant_id", merchantId), wholeNumberRule("rating", rating, stars));
      const query = { merchantId, rating, pageIndex, pageSize };
      return read(line, { path: "/reviews", query, signal }, reviewPage);
    },
    create: async (given, { signal } = {}) => {
      refuseWrong(...reviewRules(given));
      const settledBy = "list_reviews of the order's merchant tells whether the review is there.";
      const request = { method: "POST" as const, path: "/reviews", json: toWire(given), settledBy, signal };
      return toCreated(await writeStep(line, request), ["id", "reviewId"]);
    },
    reply: async (reviewId, replyContent, { signal } = {}) => {
      refuseWrong(textRule("content", replyContent));
      const path = `/reviews/${pathSegment("review_id", reviewId)}/reply`;
      const settledBy = "list_reviews of the merchant tells whether the review has its reply.";
      await writeStep(line, { method: "POST", path, json: { replyContent }, settledBy, signal });
    },
  };
}

function reviewRules(review: NewReview): Rule[] {
  return [
    identifierRule("order_id", review.orderId),
    wholeNumberRule("rating", review.rating, stars),
    wholeNumberRule("taste_rating", review.tasteRating, stars),
    wholeNumberRule("package_rating", review.packageRating, stars),
    wholeNumberRule("delivery_rating", review.deliveryRating, stars),
    looseTextRule("content", review.content),
    ...(review.images ?? []).map((image, index) => textRule(`images[${index}]`, image)),
  ];
}

/** In the document's order; what is left out is not sent. */
function toWire(review: NewReview): Record<string, unknown> {
  const { orderId, rating, tasteRating, packageRating, deliveryRating, content, images, isAnonymous } =
    review;
  return { orderId, rating, tasteRating, packageRating, deliveryRating, content, images, isAnonymous };
}
