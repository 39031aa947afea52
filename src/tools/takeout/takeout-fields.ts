import * as z from "zod";
import { sortOrders } from "../../domain/takeout/page.ts";
import { page, plainText, textIdentifier } from "../fields.ts";

/** A merchant of the takeout platform, which is none of the ERP's. */
export const takeoutMerchantId = textIdentifier.describe("Merchant as list_merchants gives it");

/** A store of one merchant. */
export const takeoutStoreId = textIdentifier.describe(
  "One of the merchant's stores as get_merchant gives it",
);

/** A dish of one merchant. */
export const dishId = textIdentifier.describe("Dish as list_dishes gives it");

/** A coupon that the account has received. */
export const userCouponId = textIdentifier.describe("id as list_user_coupons gives it");

/** A takeout order's identifier, not the orderNo that people read. */
export const takeoutOrderId = textIdentifier.describe("id as list_takeout_orders gives it, not order_no");

/** A delivery task, which is not the order that it delivers. */
export const deliveryTaskId = textIdentifier.describe("id as list_delivery_tasks gives it");

/** A driver; the document shows no list of them, only tasks that have one. */
export const driverId = textIdentifier.describe("driver_id as list_delivery_tasks gives it");

/** A numbered state, of which the document names few. */
export const stateNumber = z.number().int().min(0).max(1_000_000).describe("The vendor's own number");

/** The arguments of a list that pages: which part, and sorted by what (takeout.txt, 1.6). */
export const sortedPage = {
  ...page,
  sort_by: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9_.]{0,63}$/, { error: "takes a field's name such as createdAt" })
    .optional()
    .describe("A field in the vendor's spelling, e.g. createdAt; the same for every page"),
  sort_order: z.enum(sortOrders).optional(),
};

/** Text without spaces around it, which a vendor would cut off so that nobody finds it again. */
export function trimmedText(maximumLength: number) {
  return plainText(maximumLength).refine((value) => value.trim() === value, {
    error: "takes text without spaces around it",
  });
}

/** Text of several lines. */
export function prose(maximumLength: number) {
  return z
    .string()
    .max(maximumLength)
    .refine((value) => value.isWellFormed() && !/(?![\n\t])\p{Cc}/u.test(value), {
      error: "takes text without control characters other than line breaks",
    });
}

/** Where a picture is. */
export const imageUrl = trimmedText(1000);

type Days = { start_date?: string | undefined; end_date?: string | undefined };

/** For `refine`: the days of a range, where both are given, in their order. */
export const daysInOrder: [check: (days: Days) => boolean, problem: { path: string[]; error: string }] = [
  ({ start_date, end_date }) => start_date === undefined || end_date === undefined || start_date <= end_date,
  { path: ["start_date"], error: "must not be after `end_date`" },
];
