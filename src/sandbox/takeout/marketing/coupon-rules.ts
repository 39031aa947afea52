import type { Coupon, UserCoupon } from "../records.ts";
import type { Tenant } from "../tenant.ts";

/** A coupon of a user. */
export type CouponUse = { userCoupon: UserCoupon; coupon: Coupon };

/** What a coupon is to be used for: dishes of this many fen at this merchant. */
export type Purchase = { userId: string; merchantId: string; amountFen: number; at: number };

/** 1 can be used (the document's sample), 2 used, 3 over. */
export const userCouponStatuses = [1, 2, 3] as const;

/** 1 can be received (the document's query), 2 not yet or no more. */
export const couponStatuses = [1, 2] as const;

/** Whether a coupon can be received now. */
export function couponStatus(coupon: Coupon, now: number): (typeof couponStatuses)[number] {
  return coupon.startsAt <= now && now < coupon.expiresAt ? 1 : 2;
}

/** How a received coupon stands now. */
export function userCouponStatus(
  { userCoupon, coupon }: CouponUse,
  now: number,
): (typeof userCouponStatuses)[number] {
  if (userCoupon.usedAt !== null) return 2;
  return coupon.expiresAt <= now ? 3 : 1;
}

/** The coupons that a user has received. */
export function couponsOf({ records }: Tenant, userId: string): CouponUse[] {
  return records.userCoupons
    .filter((userCoupon) => userCoupon.userId === userId)
    .flatMap((userCoupon) => {
      const coupon = records.coupons.find(({ id }) => id === userCoupon.couponId);
      return coupon ? [{ userCoupon, coupon }] : [];
    });
}

/** The coupons of a user that a purchase may use. */
export function usableCoupons(tenant: Tenant, { userId, merchantId, amountFen, at }: Purchase): CouponUse[] {
  return couponsOf(tenant, userId).filter(
    (use) =>
      userCouponStatus(use, at) === 1 &&
      (use.coupon.merchantId === null || use.coupon.merchantId === merchantId) &&
      use.coupon.minOrderFen <= amountFen,
  );
}

/** The one with an identifier: its own or, as the document leaves it open, that of the coupon it was received from. */
export function findUsableCoupon(tenant: Tenant, id: string, purchase: Purchase): CouponUse | undefined {
  return usableCoupons(tenant, purchase).find(({ userCoupon, coupon }) =>
    [userCoupon.id, coupon.id].includes(id),
  );
}
