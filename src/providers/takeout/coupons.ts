import { z } from "zod";
import type { Coupon, TakeoutCoupons, UserCoupon } from "../../domain/takeout/marketing.ts";
import { identifierRule, wholeNumberRule, yuanRule } from "../argument-rules.ts";
import type { VendorLine } from "../provider.ts";
import { pathSegment, refuseWrong } from "./argument-rules.ts";
import { pageQuery, read, writeStep } from "./calls.ts";
import { takeOut, toDetails } from "./details.ts";
import { anyListOf, pageOf, toCreated } from "./envelope.ts";
import { idText, optionalText, optionalTime, optionalWholeNumber, optionalYuan } from "./wire-fields.ts";

/** The document shows no coupon of this list: what is as in 8.3 is taken out, the rest stays in `details`. */
const coupon = z.looseObject({ id: idText }).transform(({ id, ...rest }): Coupon => {
  const known = {
    id,
    name: takeOut(rest, "name", optionalText) ?? takeOut(rest, "couponName", optionalText),
    discountValueYuan: takeOut(rest, "discountValue", optionalYuan),
    minOrderAmountYuan: takeOut(rest, "minOrderAmount", optionalYuan),
    status: takeOut(rest, "status", optionalWholeNumber),
    expiredAt: takeOut(rest, "expiredAt", optionalTime),
  };
  return { ...known, details: toDetails(rest) };
});

/** takeout.txt, 8.3 */
const userCoupon = z
  .object({
    id: idText,
    couponName: optionalText,
    discountValue: optionalYuan,
    minOrderAmount: optionalYuan,
    status: optionalWholeNumber,
    expiredAt: optionalTime,
  })
  .transform(
    ({ discountValue, minOrderAmount, ...rest }): UserCoupon => ({
      ...rest,
      discountValueYuan: discountValue,
      minOrderAmountYuan: minOrderAmount,
    }),
  );

/** Coupons (takeout.txt, 8). */
export function createCoupons(line: VendorLine): TakeoutCoupons {
  return {
    list: async ({ merchantId, status, ...page }, { signal } = {}) => {
      const query = { merchantId, status, ...pageQuery(page) };
      refuseWrong(identifierRule("merchant_id", merchantId), wholeNumberRule("status", status, { from: 0 }));
      return read(line, { path: "/coupons", query, signal }, anyListOf(coupon));
    },
    claim: async (couponId, { signal } = {}) => {
      const path = `/coupons/${pathSegment("coupon_id", couponId)}/receive`;
      const settledBy = "list_user_coupons tells whether the coupon is the user's.";
      const answered = await writeStep(line, { method: "POST", path, settledBy, signal });
      return toCreated(answered, ["id", "userCouponId"]);
    },
    listOwn: async ({ status, ...page }, { signal } = {}) => {
      const query = { status, ...pageQuery(page) };
      refuseWrong(wholeNumberRule("status", status, { from: 0 }));
      return read(line, { path: "/user-coupons", query, signal }, pageOf(userCoupon));
    },
    listAvailable: async ({ merchantId, amountYuan }, { signal } = {}) => {
      refuseWrong(identifierRule("merchant_id", merchantId), yuanRule("amount_yuan", amountYuan));
      const query = { merchantId, amount: amountYuan };
      return read(line, { path: "/user-coupons/available", query, signal }, anyListOf(userCoupon));
    },
  };
}
