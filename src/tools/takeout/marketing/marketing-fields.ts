import * as z from "zod";
import type { Coupon, Review, ReviewStatistics, UserCoupon } from "../../../domain/takeout/marketing.ts";

/** A coupon to claim; the document shows no answer of this list. */
export const couponAnswer = z.object({
  id: z.string(),
  name: z.string().nullable(),
  status: z.number().nullable().describe("The vendor's number: its document names none"),
  details: z.record(z.string(), z.unknown()).describe("Whatever else the vendor tells"),
});

/** A coupon that the account has (takeout.txt, 8.3). */
export const userCouponAnswer = z.object({
  id: z.string(),
  coupon_name: z.string().nullable(),
  discount_value_yuan: z.string().nullable(),
  min_order_amount_yuan: z.string().nullable(),
  status: z.number().nullable().describe("The vendor's number: its document names none"),
  expired_at: z.string().nullable(),
});

/** takeout.txt, 9.2 */
export const reviewAnswer = z.object({
  id: z.string(),
  user_name: z.string().nullable(),
  user_avatar: z.string().nullable(),
  rating: z.number(),
  content: z.string().nullable(),
  images: z.array(z.string()),
  created_at: z.string().nullable(),
  reply_content: z.string().nullable(),
  reply_at: z.string().nullable(),
});

/** Over all reviews of the merchant, not only those listed. */
export const reviewStatisticsAnswer = z.object({
  average_rating: z.number().describe("1 to 5"),
  total_reviews: z.number(),
  count_by_rating: z.object({
    "1": z.number(),
    "2": z.number(),
    "3": z.number(),
    "4": z.number(),
    "5": z.number(),
  }),
});

/** The coupon in the tools' spelling. */
export function fromCoupon({ id, name, status, details }: Coupon): z.input<typeof couponAnswer> {
  return { id, name, status, details };
}

/** The account's coupon in the tools' spelling. */
export function fromUserCoupon(coupon: UserCoupon): z.input<typeof userCouponAnswer> {
  return {
    id: coupon.id,
    coupon_name: coupon.couponName,
    discount_value_yuan: coupon.discountValueYuan,
    min_order_amount_yuan: coupon.minOrderAmountYuan,
    status: coupon.status,
    expired_at: coupon.expiredAt,
  };
}

/** The review in the tools' spelling. */
export function fromReview(review: Review): z.input<typeof reviewAnswer> {
  return {
    id: review.id,
    user_name: review.userName,
    user_avatar: review.userAvatar,
    rating: review.rating,
    content: review.content,
    images: review.images,
    created_at: review.createdAt,
    reply_content: review.replyContent,
    reply_at: review.replyAt,
  };
}

/** The statistics in the tools' spelling. */
export function fromReviewStatistics(statistics: ReviewStatistics): z.input<typeof reviewStatisticsAnswer> {
  return {
    average_rating: statistics.averageRating,
    total_reviews: statistics.totalReviews,
    count_by_rating: statistics.countByRating,
  };
}
