import * as z from "zod";
import type { Review, TakeoutReviews } from "../../../domain/takeout/marketing.ts";
import { oneLine } from "../../../domain/vendor-text.ts";
import type { LookUp } from "../../../state/writes/write-steps.ts";
import { requestId, textIdentifier } from "../../fields.ts";
import { repeatedAnswer, repeatedNote } from "../../repeated.ts";
import { defineTool } from "../../tool.ts";
import { documentedPageSize } from "../list-entries.ts";
import { prose, takeoutMerchantId } from "../takeout-fields.ts";

/** As far as a look-up reads through a merchant's reviews. */
const mostPages = 25;

export const replyReview = defineTool({
  name: "reply_review",
  title: "Reply to a review",
  description:
    "Publishes the merchant's reply to a review of list_reviews; nothing takes it back, so ask the person for the words first. " +
    "With merchant_id a lost answer is settled by reading the review. 回复评价、回复差评",
  access: "write",
  vendor: "takeout",
  input: z.strictObject({
    review_id: textIdentifier.describe("id as list_reviews gives it"),
    content: prose(2000).refine((value) => value.trim() !== "", { error: "takes text that is not empty" }),
    merchant_id: takeoutMerchantId.optional().describe("Whose review it is"),
    request_id: requestId.optional(),
  }),
  output: z.object({ review_id: z.string(), ...repeatedAnswer }),
  async run({ review_id, content, merchant_id, request_id }, app, { signal }) {
    const [store, { reviews }] = await Promise.all([app.store(), app.takeout()]);
    const { repeated } = await store.writes.once<null>(
      {
        tool: "reply_review",
        vendor: "takeout",
        requestId: request_id,
        // Without the merchant, which decides nothing of what is written: a repeat may name it to settle the first call.
        arguments: { reviewId: review_id, content },
        naturalKey: review_id,
        signal,
      },
      {
        send: async () => {
          await reviews.reply(review_id, content, { signal });
          return null;
        },
        ...(merchant_id !== undefined && {
          lookUp: async () => {
            const review = await findReview(reviews, {
              reviewId: review_id,
              merchantId: merchant_id,
              signal,
            });
            return verdictOn(review, content);
          },
        }),
        settleHint:
          "The same call with merchant_id settles it by reading the review; list_reviews shows its reply_content.",
      },
    );
    return {
      data: { review_id, ...(repeated && { repeated }) },
      text: `Replied to review ${oneLine(review_id)}${repeatedNote(repeated)}.`,
    };
  },
});

/** A review has one reply: this one tells that it was written, none that it was not, another one nothing. */
function verdictOn(review: Review | undefined, content: string): LookUp<null> {
  if (review?.replyContent === content) return { found: true, outcome: null };
  return { found: false, isFinal: review !== undefined && (review.replyContent ?? "") === "" };
}

type Wanted = { reviewId: string; merchantId: string; signal: AbortSignal };

async function findReview(
  reviews: TakeoutReviews,
  { reviewId, merchantId, signal }: Wanted,
): Promise<Review | undefined> {
  for (let pageIndex = 1; pageIndex <= mostPages; pageIndex++) {
    const page = { merchantId, pageIndex, pageSize: documentedPageSize };
    const { items } = await reviews.list(page, { signal });
    const found = items.find(({ id }) => id === reviewId);
    if (found || items.length === 0) return found;
  }
  return undefined;
}
