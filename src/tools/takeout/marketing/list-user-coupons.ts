import * as z from "zod";
import { Failure } from "../../../domain/failure.ts";
import type { TakeoutCoupons, UserCoupon } from "../../../domain/takeout/marketing.ts";
import type { TakeoutPage, TakeoutPageRequest } from "../../../domain/takeout/page.ts";
import { oneLine, quote } from "../../../domain/vendor-text.ts";
import { page, pageAnswer, yuan } from "../../fields.ts";
import { defineTool } from "../../tool.ts";
import { takeoutMerchantId } from "../catalog/catalog-fields.ts";
import { headline, listEntries } from "../list-entries.ts";
import { stateNumber } from "../takeout-fields.ts";
import { fromUserCoupon, userCouponAnswer } from "./marketing-fields.ts";

const filterFields = {
  status: stateNumber.optional(),
  merchant_id: takeoutMerchantId.optional(),
  amount_yuan: yuan.optional().describe("What the order comes to"),
};

export const listUserCoupons = defineTool({
  name: "list_user_coupons",
  title: "List the account's coupons",
  description:
    "Lists the coupons of the account that Waybill signs in with; with merchant_id and amount_yuan together only those that " +
    "an order of this amount there may use. Their id is the coupon_id of an order. 我的优惠券",
  access: "read",
  vendor: "takeout",
  input: z.strictObject({ ...filterFields, ...page }),
  output: z.object({ coupons: z.array(userCouponAnswer), ...pageAnswer }),
  async run({ limit, cursor, ...filter }, app, { signal }) {
    const { coupons } = await app.takeout();
    const readPage = await pagesOf(coupons, filter, signal);
    const { items, entries, paging } = await listEntries({ limit, cursor }, readPage, fromUserCoupon);
    return {
      data: { coupons: entries, ...paging },
      text: [headline(items.length, paging, "coupons"), ...items.map(describe)].join("\n"),
    };
  },
});

type Filter = z.output<z.ZodObject<typeof filterFields>>;

/** The list that the arguments mean: the account's coupons, or those that an order may use, which come all at once. */
async function pagesOf(
  coupons: TakeoutCoupons,
  { status, merchant_id: merchantId, amount_yuan: amountYuan }: Filter,
  signal: AbortSignal,
): Promise<(page: TakeoutPageRequest) => Promise<TakeoutPage<UserCoupon>>> {
  if (merchantId === undefined && amountYuan === undefined) {
    const wanted = status === undefined ? {} : { status };
    return (pages) => coupons.listOwn({ ...wanted, ...pages }, { signal });
  }
  if (merchantId === undefined || amountYuan === undefined || status !== undefined) {
    throw new Failure(
      "invalid_input",
      "list_user_coupons takes either `status`, or `merchant_id` and `amount_yuan` together.",
      {
        hint: "Leave all three out to list every coupon of the account.",
        fields: ["status", "merchant_id", "amount_yuan"],
      },
    );
  }
  const { items } = await coupons.listAvailable({ merchantId, amountYuan }, { signal });
  return async ({ pageIndex, pageSize }) => ({
    items: items.slice((pageIndex - 1) * pageSize, pageIndex * pageSize),
    total: items.length,
  });
}

function describe({ id, couponName, discountValueYuan, minOrderAmountYuan, expiredAt }: UserCoupon): string {
  const discount = `${discountValueYuan ?? "-"} yuan off from ${minOrderAmountYuan ?? "-"} yuan`;
  return `${oneLine(id)} ${quote(couponName)}: ${discount}, until ${oneLine(expiredAt ?? "-")}`;
}
