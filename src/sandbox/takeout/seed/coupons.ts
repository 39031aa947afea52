import type { Coupon, User } from "../records.ts";
import type { Tenant } from "../tenant.ts";

const dayMs = 24 * 3600 * 1000;

type CouponRow = Pick<Coupon, "name" | "discountFen" | "minOrderFen" | "totalCount"> & {
  /** The place of its merchant; null for one of the platform. */
  merchant: number | null;
  /** Days from the sandbox's start on which it begins and ends. */
  days: readonly [from: number, to: number];
  /** Whether the user of the sandbox's environment has received it, or everyone has. */
  received: "by_user" | "by_all" | "by_nobody";
};

/** One that is over, good ones of merchants and of the platform, and one that is gone. */
const rows: readonly CouponRow[] = [
  {
    name: "开业满30减8",
    discountFen: 800,
    minOrderFen: 3000,
    totalCount: 500,
    merchant: 0,
    days: [-60, -30],
    received: "by_user",
  },
  {
    name: "满50减10",
    discountFen: 1000,
    minOrderFen: 5000,
    totalCount: 100,
    merchant: 0,
    days: [-10, 200],
    received: "by_user",
  },
  {
    name: "满25减3",
    discountFen: 300,
    minOrderFen: 2500,
    totalCount: 300,
    merchant: 1,
    days: [-5, 60],
    received: "by_nobody",
  },
  {
    name: "平台满40减5",
    discountFen: 500,
    minOrderFen: 4000,
    totalCount: 1000,
    merchant: null,
    days: [-3, 30],
    received: "by_nobody",
  },
  {
    name: "限量5元券",
    discountFen: 500,
    minOrderFen: 0,
    totalCount: 20,
    merchant: 0,
    days: [-2, 30],
    received: "by_all",
  },
];

/** Coupons of every sort; `at` is the sandbox's start. */
export function addCoupons(tenant: Tenant, user: User, at: number): void {
  for (const row of rows) {
    const coupon = createCoupon(tenant, row, at);
    tenant.records.coupons.push(coupon);
    if (row.received === "by_all") coupon.receivedCount = coupon.totalCount;
    if (row.received !== "by_user") continue;
    coupon.receivedCount = 1;
    const id = tenant.newId("user coupon");
    const createdAt = coupon.startsAt + dayMs;
    tenant.records.userCoupons.push({ id, couponId: coupon.id, userId: user.id, usedAt: null, createdAt });
  }
}

function createCoupon(tenant: Tenant, row: CouponRow, at: number): Coupon {
  const { name, discountFen, minOrderFen, totalCount, merchant, days } = row;
  const startsAt = at + days[0] * dayMs;
  return {
    id: tenant.newId("coupon"),
    merchantId: merchant === null ? null : (tenant.records.merchants[merchant]?.id ?? null),
    name,
    discountFen,
    minOrderFen,
    totalCount,
    receivedCount: 0,
    startsAt,
    expiresAt: at + days[1] * dayMs,
    createdAt: startsAt,
  };
}
