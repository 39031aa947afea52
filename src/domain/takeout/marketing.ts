import type { CallOptions } from "../call-options.ts";
import type { TakeoutCreated, TakeoutPage, TakeoutPageRequest } from "./page.ts";

/** A coupon to claim; the document shows none, so what a user's coupon has (8.3) may be missing and the rest is in `details`. */
export type Coupon = {
  id: string;
  name: string | null;
  discountValueYuan: string | null;
  minOrderAmountYuan: string | null;
  status: number | null;
  expiredAt: string | null;
  details: Record<string, unknown>;
};

/** takeout.txt, 8.3; money in yuan as decimal text. */
export type UserCoupon = {
  id: string;
  couponName: string | null;
  discountValueYuan: string | null;
  minOrderAmountYuan: string | null;
  status: number | null;
  expiredAt: string | null;
};

/** Coupons (takeout.txt, 8). */
export type TakeoutCoupons = {
  list: (
    query: TakeoutPageRequest & { merchantId: string; status?: number },
    options?: CallOptions,
  ) => Promise<TakeoutPage<Coupon>>;
  claim: (couponId: string, options?: CallOptions) => Promise<TakeoutCreated>;
  listOwn: (
    query: TakeoutPageRequest & { status?: number },
    options?: CallOptions,
  ) => Promise<TakeoutPage<UserCoupon>>;
  /** Those of the user that an order of this amount at this merchant may use. */
  listAvailable: (
    query: { merchantId: string; amountYuan: string },
    options?: CallOptions,
  ) => Promise<TakeoutPage<UserCoupon>>;
};

/** takeout.txt, 9.1; ratings are 1 to 5. */
export type NewReview = {
  orderId: string;
  rating: number;
  tasteRating?: number;
  packageRating?: number;
  deliveryRating?: number;
  content?: string;
  images?: string[];
  isAnonymous?: boolean;
};

/** takeout.txt, 9.2 */
export type Review = {
  id: string;
  userName: string | null;
  userAvatar: string | null;
  rating: number;
  content: string | null;
  images: string[];
  createdAt: string | null;
  replyContent: string | null;
  replyAt: string | null;
};

/** Over all reviews of a merchant (takeout.txt, 9.2): `rating5Count` have 5 of 5. */
export type ReviewStatistics = {
  avgRating: number;
  totalReviews: number;
  rating5Count: number;
  rating4Count: number;
  rating3Count: number;
  rating2Count: number;
  rating1Count: number;
};

/** Reviews (takeout.txt, 9). */
export type TakeoutReviews = {
  list: (
    query: TakeoutPageRequest & { merchantId: string; rating?: number },
    options?: CallOptions,
  ) => Promise<TakeoutPage<Review> & { statistics: ReviewStatistics | null }>;
  create: (review: NewReview, options?: CallOptions) => Promise<TakeoutCreated>;
  reply: (reviewId: string, replyContent: string, options?: CallOptions) => Promise<void>;
};
