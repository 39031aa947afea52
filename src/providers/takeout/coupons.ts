import { z } from "zod";
import type { Coupon, TakeoutCoupons, UserCoupon } from "../../domain/takeout/marketing.ts";
import type { VendorLine } from "../provider.ts";
import { identifierRule, pathSegment, refuseWrong, wholeNumberRule, yuanRule } from "./argument-rules.ts";
import { checkPage, read, writeStep } from "./calls.ts";
import { anyListOf, pageOf, toCreated } from "./envelope.ts";
import { idText, optionalText, optionalWholeNumber, optionalYuan } from "./wire-fields.ts";

/** The document shows no coupon of this list: what is as in 8.3 is taken out, the rest stays in `details`. */
const coupon = z
  .looseObject({
    id: idText,
    name: optionalText.catch(null),
    couponName: optionalText.catch(null),
    status: optionalWholeNumber.catch(null),
  })
  .transform(
    ({ id, name, couponName, status, ...details }): Coupon => ({
      id,
      name: name ?? couponName,
      status,
      details,
    }),
  );

/** takeout.txt, 8.3 */
const userCoupon = z
  .object({
    id: idText,
    couponName: optionalText,
    discountValue: optionalYuan,
    minOrderAmount: optionalYuan,
    status: optionalWholeNumber,
    expiredAt: optionalText,
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
    list: async ({ merchantId, status, pageIndex, pageSize }, { signal } = {}) => {
      checkPage({ pageIndex, pageSize });
      refuseWrong(identifierRule("merchant_id", merchantId), wholeNumberRule("status", status, { from: 0 }));
      const query = { merchantId, status, pageIndex, pageSize };
      return read(line, { path: "/coupons", query, signal }, anyListOf(coupon));
    },
    claim: async (couponId, { signal } = {}) => {
      const path = `/coupons/${pathSegment("coupon_id", couponId)}/receive`;
      const settledBy = "list_user_coupons tells whether the coupon is the user's.";
      const answered = await writeStep(line, { method: "POST", path, settledBy, signal });
      return toCreated(answered, ["id", "userCouponId"]);
    },
    listOwn: async ({ status, pageIndex, pageSize }, { signal } = {}) => {
      checkPage({ pageIndex, pageSize });
      refuseWrong(wholeNumberRule("status", status, { from: 0 }));
      const query = { status, pageIndex, pageSize };
      return read(line, { path: "/user-coupons", query, signal }, pageOf(userCoupon));
    },
    listAvailable: async ({ merchantId, amountYuan }, { signal } = {}) => {
      refuseWrong(identifierRule("merchant_id", merchantId), yuanRule("amount_yuan", amountYuan));
      const query = { merchantId, amount: amountYuan };
      return read(line, { path: "/user-coupons/available", query, signal }, anyListOf(userCoupon));
    },
  };
}
