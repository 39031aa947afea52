import * as z from "zod";
import { Failure } from "../../../domain/failure.ts";
import type { TakeoutCoupons, UserCoupon } from "../../../domain/takeout/marketing.ts";
import type { TakeoutPage, TakeoutPageRequest } from "../../../domain/takeout/page.ts";
import { oneLine, quote } from "../../../domain/vendor-text.ts";
import { pageAnswer, yuan } from "../../fields.ts";
import { headline } from "../../headline.ts";
import { defineTool } from "../../tool.ts";
import { listEntries } from "../list-entries.ts";
import { sortedPage, stateNumber, takeoutMerchantId } from "../takeout-fields.ts";
import { describeTerms, fromUserCoupon, userCouponAnswer } from "./marketing-fields.ts";

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
  input: z.strictObject({ ...filterFields, ...sortedPage }),
  output: z.object({ coupons: z.array(userCouponAnswer), ...pageAnswer }),
  async run({ limit, cursor, sort_by, sort_order, ...filter }, app, { signal }) {
    const { coupons } = await app.takeout();
    const isSorted = sort_by !== undefined || sort_order !== undefined;
    const readPage = await pagesOf(coupons, { ...filter, isSorted }, signal);
    const wanted = { limit, cursor, sort_by, sort_order };
    const { items, entries, paging } = await listEntries(wanted, readPage, fromUserCoupon);
    return {
      data: { coupons: entries, ...paging },
      text: [headline(items.length, paging, "coupons"), ...items.map(describe)].join("\n"),
    };
  },
});

type Filter = z.output<z.ZodObject<typeof filterFields>> & { isSorted: boolean };

/** The list that the arguments mean: the account's coupons, or those that an order may use, which come all at once. */
async function pagesOf(
  coupons: TakeoutCoupons,
  { status, merchant_id: merchantId, amount_yuan: amountYuan, isSorted }: Filter,
  signal: AbortSignal,
): Promise<(page: TakeoutPageRequest) => Promise<TakeoutPage<UserCoupon>>> {
  if (merchantId === undefined && amountYuan === undefined) {
    const wanted = status === undefined ? {} : { status };
    return (pages) => coupons.listOwn({ ...wanted, ...pages }, { signal });
  }
  if (merchantId === undefined || amountYuan === undefined || status !== undefined || isSorted) {
    throw new Failure(
      "invalid_input",
      "list_user_coupons takes either `status` and a sorting, or `merchant_id` and `amount_yuan` together.",
      {
        hint: "Leave all of them out to list every coupon of the account.",
        fields: ["status", "merchant_id", "amount_yuan", "sort_by", "sort_order"],
      },
    );
  }
  const { items } = await coupons.listAvailable({ merchantId, amountYuan }, { signal });
  return async ({ pageIndex, pageSize }) => ({
    items: items.slice((pageIndex - 1) * pageSize, pageIndex * pageSize),
    total: items.length,
  });
}

function describe({ id, couponName, ...terms }: UserCoupon): string {
  return `${oneLine(id)} ${quote(couponName)}: ${describeTerms(terms)}`;
}
