import { z } from "zod";
import type { NewReview, Review, ReviewStatistics, TakeoutReviews } from "../../domain/takeout/marketing.ts";
import { identifierRule, type Rule, wholeNumberRule } from "../argument-rules.ts";
import type { VendorLine } from "../provider.ts";
import { looseNumber } from "../wire.ts";
import { looseTextRule, pathSegment, refuseWrong, textRule } from "./argument-rules.ts";
import { pageQuery, read, writeStep } from "./calls.ts";
import { pageOf, toCreated } from "./envelope.ts";
import { idText, optionalText, optionalTime, orNull, texts, wholeNumber } from "./wire-fields.ts";

/** takeout.txt, 9.2 */
const review: z.ZodType<Review> = z.object({
  id: idText,
  userName: optionalText,
  userAvatar: optionalText,
  rating: looseNumber,
  content: optionalText,
  images: texts,
  createdAt: optionalTime,
  replyContent: optionalText,
  replyAt: optionalTime,
});

const statistics: z.ZodType<ReviewStatistics> = z.object({
  avgRating: looseNumber,
  totalReviews: wholeNumber,
  rating5Count: wholeNumber,
  rating4Count: wholeNumber,
  rating3Count: wholeNumber,
  rating2Count: wholeNumber,
  rating1Count: wholeNumber,
});

/** A page that also counts all reviews of the merchant. */
const reviewPage = z.intersection(
  pageOf(review),
  z.object({ statistics: statistics.nullish().transform(orNull) }),
);

const stars = { from: 1, to: 5 };

/** Reviews (takeout.txt, 9). */
export function createReviews(line: VendorLine): TakeoutReviews {
  return {
    list: async ({ merchantId, rating, ...page }, { signal } = {}) => {
      const query = { merchantId, rating, ...pageQuery(page) };
      refuseWrong(identifierRule("merchant_id", merchantId), wholeNumberRule("rating", rating, stars));
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
