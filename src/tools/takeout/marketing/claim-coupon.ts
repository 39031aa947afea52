import * as z from "zod";
import type { TakeoutCreated } from "../../../domain/takeout/page.ts";
import { oneLine } from "../../../domain/vendor-text.ts";
import { requestId, textIdentifier } from "../../fields.ts";
import { repeatedAnswer, repeatedNote } from "../../repeated.ts";
import { defineTool } from "../../tool.ts";
import { shortDetails } from "../vendor-details.ts";

export const claimCoupon = defineTool({
  name: "claim_coupon",
  title: "Claim a coupon",
  description:
    "Takes a coupon of list_coupons for the account that Waybill signs in with, not for a customer. An order uses the id " +
    "that list_user_coupons gives afterwards. 领取优惠券",
  access: "write",
  vendor: "takeout",
  input: z.strictObject({
    coupon_id: textIdentifier.describe("id as list_coupons gives it"),
    request_id: requestId.optional(),
  }),
  output: z.object({
    coupon_id: z.string(),
    user_coupon_id: z
      .string()
      .nullable()
      .describe("Null where the vendor tells none: list_user_coupons has it"),
    details: z.record(z.string(), z.unknown()).describe("What else the vendor answered"),
    ...repeatedAnswer,
  }),
  async run({ coupon_id, request_id }, app, { signal }) {
    const [store, { coupons }] = await Promise.all([app.store(), app.takeout()]);
    // The account's coupons don't say which coupon they were claimed from, so no look-up can prove a claim.
    const { outcome, repeated } = await store.writes.once<TakeoutCreated>(
      {
        tool: "claim_coupon",
        vendor: "takeout",
        requestId: request_id,
        arguments: { couponId: coupon_id },
        naturalKey: coupon_id,
        signal,
      },
      {
        send: () => coupons.claim(coupon_id, { signal }),
        settleHint:
          "list_user_coupons shows whether the account has it by now; if not, a new request_id claims it.",
      },
    );
    return {
      data: {
        coupon_id,
        user_coupon_id: outcome.id,
        details: shortDetails(outcome.details),
        ...(repeated && { repeated }),
      },
      text: `Claimed coupon ${oneLine(coupon_id)}${repeatedNote(repeated)}.`,
    };
  },
});
