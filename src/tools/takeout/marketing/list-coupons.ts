import * as z from "zod";
import type { Coupon } from "../../../domain/takeout/marketing.ts";
import { oneLine, quote } from "../../../domain/vendor-text.ts";
import { pageAnswer } from "../../fields.ts";
import { headline } from "../../headline.ts";
import { defineTool } from "../../tool.ts";
import { listEntries } from "../list-entries.ts";
import { sortedPage, stateNumber, takeoutMerchantId } from "../takeout-fields.ts";
import { couponAnswer, describeTerms, fromCoupon } from "./marketing-fields.ts";

export const listCoupons = defineTool({
  name: "list_coupons",
  title: "List a merchant's coupons",
  description:
    "Lists the coupons that a merchant offers, to be taken with claim_coupon. Those the account has already are in " +
    "list_user_coupons. 优惠券列表",
  access: "read",
  vendor: "takeout",
  input: z.strictObject({ merchant_id: takeoutMerchantId, status: stateNumber.optional(), ...sortedPage }),
  output: z.object({ coupons: z.array(couponAnswer), ...pageAnswer }),
  async run({ merchant_id, status, ...wanted }, app, { signal }) {
    const { coupons } = await app.takeout();
    const filter = { merchantId: merchant_id, ...(status !== undefined && { status }) };
    const { items, entries, paging } = await listEntries(
      wanted,
      (pages) => coupons.list({ ...filter, ...pages }, { signal }),
      fromCoupon,
    );
    return {
      data: { coupons: entries, ...paging },
      text: [headline(items.length, paging, "coupons"), ...items.map(describe)].join("\n"),
    };
  },
});

function describe({ id, name, status, ...terms }: Coupon): string {
  return `${oneLine(id)} ${quote(name)}: ${describeTerms(terms)}, status ${status ?? "-"}`;
}
