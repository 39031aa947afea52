import * as z from "zod";
import { inSnakeCase } from "../../../domain/snake-case.ts";
import type { Coupon, Review, ReviewStatistics, UserCoupon } from "../../../domain/takeout/marketing.ts";
import { oneLine } from "../../../domain/vendor-text.ts";

/** A coupon to claim; the document shows no answer of this list. */
export const couponAnswer = z.object({
  id: z.string(),
  name: z.string().nullable(),
  discount_value_yuan: z.string().nullable(),
  min_order_amount_yuan: z.string().nullable(),
  status: z.number().nullable().describe("The vendor's number: its document names none"),
  expired_at: z.string().nullable(),
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
  avg_rating: z.number().describe("1 to 5"),
  total_reviews: z.number(),
  rating5_count: z.number().describe("Reviews with 5 of 5"),
  rating4_count: z.number(),
  rating3_count: z.number(),
  rating2_count: z.number(),
  rating1_count: z.number(),
});

/** The coupon in the tools' spelling. */
export function fromCoupon(coupon: Coupon): z.input<typeof couponAnswer> {
  return {
    id: coupon.id,
    name: coupon.name,
    discount_value_yuan: coupon.discountValueYuan,
    min_order_amount_yuan: coupon.minOrderAmountYuan,
    status: coupon.status,
    expired_at: coupon.expiredAt,
    details: inSnakeCase(coupon.details),
  };
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

/** What a coupon is worth, where and until when: "10.00 yuan off from 50.00 yuan, until 2024-12-31T23:59:59Z". */
export function describeTerms({ discountValueYuan, minOrderAmountYuan, expiredAt }: Terms): string {
  const discount = `${discountValueYuan ?? "-"} yuan off from ${minOrderAmountYuan ?? "-"} yuan`;
  return `${discount}, until ${oneLine(expiredAt ?? "-")}`;
}

type Terms = Pick<UserCoupon, "discountValueYuan" | "minOrderAmountYuan" | "expiredAt">;

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
    avg_rating: statistics.avgRating,
    total_reviews: statistics.totalReviews,
    rating5_count: statistics.rating5Count,
    rating4_count: statistics.rating4Count,
    rating3_count: statistics.rating3Count,
    rating2_count: statistics.rating2Count,
    rating1_count: statistics.rating1Count,
  };
}
