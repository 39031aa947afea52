import { amountText, oneOfDigits, optional, type Shape, uuid } from "../formats.ts";
import { yuan } from "../money.ts";
import { answerPage, type PageQuery, pageShape, type SortKeys } from "../pages.ts";
import type { Coupon, UserCoupon } from "../records.ts";
import { conflict, done, missing, type Reply, unprocessable } from "../reply.ts";
import { type Call, type Route, signedIn, withQuery } from "../routes.ts";
import { timeText, timeTextOrNull } from "../time.ts";
import {
  type CouponUse,
  couponStatus,
  couponStatuses,
  couponsOf,
  usableCoupons,
  userCouponStatus,
  userCouponStatuses,
} from "./coupon-rules.ts";

const couponKeys: SortKeys<Coupon> = { createdAt: (coupon) => coupon.createdAt };

const useKeys: SortKeys<CouponUse> = {
  createdAt: ({ userCoupon }) => userCoupon.createdAt,
  expiredAt: ({ coupon }) => coupon.expiresAt,
};

type CouponQuery = PageQuery & { merchantId: string | undefined; status: number | undefined };

const couponShape: Shape<CouponQuery> = {
  ...pageShape(couponKeys),
  merchantId: optional(uuid),
  status: optional(oneOfDigits(couponStatuses)),
};

type UseQuery = PageQuery & { status: number | undefined };

const useShape: Shape<UseQuery> = {
  ...pageShape(useKeys),
  status: optional(oneOfDigits(userCouponStatuses)),
};

type AvailableQuery = { merchantId: string; amount: number };

const availableShape: Shape<AvailableQuery> = { merchantId: uuid, amount: amountText };

/** Coupons (takeout.txt, 8). */
export const couponRoutes: Route[] = [
  signedIn("GET /api/v1/coupons", withQuery(couponShape, listCoupons)),
  signedIn("POST /api/v1/coupons/{id}/receive", receiveCoupon),
  signedIn("GET /api/v1/user-coupons", withQuery(useShape, listOwn)),
  signedIn("GET /api/v1/user-coupons/available", withQuery(availableShape, listAvailable)),
];

/** Those of a merchant and, as it takes them too, those of the platform. */
function listCoupons({ tenant, now }: Call, query: CouponQuery): Reply {
  const { merchantId, status } = query;
  const entries = tenant.records.coupons
    .filter((coupon) => merchantId === undefined || [null, merchantId].includes(coupon.merchantId))
    .filter((coupon) => status === undefined || couponStatus(coupon, now) === status);
  return answerPage(query, { entries, sortKeys: couponKeys, show: (coupon) => couponAnswer(coupon, now) });
}

function receiveCoupon({ tenant, user, request, now }: Call): Reply {
  const { coupons, userCoupons } = tenant.records;
  const coupon = coupons.find(({ id }) => id === request.parameters["id"]);
  if (!coupon) return missing("优惠券");
  if (userCoupons.some(({ couponId, userId }) => couponId === coupon.id && userId === user.id)) {
    return conflict("已领取过该优惠券");
  }
  if (couponStatus(coupon, now) !== 1) return unprocessable("优惠券不在领取期内");
  if (coupon.receivedCount >= coupon.totalCount) return unprocessable("优惠券已领完");
  coupon.receivedCount += 1;
  const id = tenant.newId("user coupon");
  const userCoupon: UserCoupon = { id, couponId: coupon.id, userId: user.id, usedAt: null, createdAt: now };
  userCoupons.push(userCoupon);
  return done(useAnswer({ userCoupon, coupon }, now));
}

function listOwn({ tenant, user, now }: Call, query: UseQuery): Reply {
  const { status } = query;
  const entries = couponsOf(tenant, user.id).filter(
    (use) => status === undefined || userCouponStatus(use, now) === status,
  );
  return answerPage(query, { entries, sortKeys: useKeys, show: (use) => useAnswer(use, now) });
}

/** takeout.txt, 8.4: without pages. */
function listAvailable({ tenant, user, now }: Call, { merchantId, amount }: AvailableQuery): Reply {
  const uses = usableCoupons(tenant, { userId: user.id, merchantId, amountFen: amount, at: now });
  return done({ items: uses.map((use) => useAnswer(use, now)), totalCount: uses.length });
}

/** The document shows no answer: the names are those of a user's coupon. */
function couponAnswer(coupon: Coupon, now: number) {
  const { id, merchantId, name, totalCount, receivedCount } = coupon;
  return {
    id,
    merchantId,
    name,
    discountValue: yuan(coupon.discountFen),
    minOrderAmount: yuan(coupon.minOrderFen),
    totalCount,
    remainingCount: totalCount - receivedCount,
    status: couponStatus(coupon, now),
    startAt: timeText(coupon.startsAt),
    expiredAt: timeText(coupon.expiresAt),
  };
}

/** takeout.txt, 8.3 */
function useAnswer(use: CouponUse, now: number) {
  const { userCoupon, coupon } = use;
  return {
    id: userCoupon.id,
    couponId: coupon.id,
    merchantId: coupon.merchantId,
    couponName: coupon.name,
    discountValue: yuan(coupon.discountFen),
    minOrderAmount: yuan(coupon.minOrderFen),
    status: userCouponStatus(use, now),
    expiredAt: timeText(coupon.expiresAt),
    receivedAt: timeText(userCoupon.createdAt),
    usedAt: timeTextOrNull(userCoupon.usedAt),
  };
}
