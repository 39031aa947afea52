import * as z from "zod";
import type { NewReview } from "../../../domain/takeout/marketing.ts";
import type { TakeoutCreated } from "../../../domain/takeout/page.ts";
import { oneLine } from "../../../domain/vendor-text.ts";
import { requestId } from "../../fields.ts";
import { repeatedAnswer, repeatedNote } from "../../repeated.ts";
import { defineTool } from "../../tool.ts";
import { imageUrl, prose, takeoutOrderId } from "../takeout-fields.ts";
import { shortDetails } from "../vendor-details.ts";

const rating = z.number().int().min(1).max(5);

const reviewFields = z.strictObject({
  order_id: takeoutOrderId,
  rating: rating.describe("1 (worst) to 5"),
  taste_rating: rating.optional(),
  package_rating: rating.optional(),
  delivery_rating: rating.optional(),
  content: prose(2000).optional(),
  images: z.array(imageUrl).max(20).optional().describe("urls of upload_image, type review_image"),
  is_anonymous: z.boolean().optional(),
});

export const createReview = defineTool({
  name: "create_review",
  title: "Review an order",
  description:
    "Publishes a review of one order in the name of the account that Waybill signs in with; nothing takes it back, so ask the " +
    "person for the words first. 创建评价",
  access: "write",
  vendor: "takeout",
  input: z.strictObject({ ...reviewFields.shape, request_id: requestId.optional() }),
  output: z.object({
    review_id: z.string().nullable().describe("Null where the vendor tells none: list_reviews has it"),
    order_id: z.string(),
    details: z.record(z.string(), z.unknown()).describe("What else the vendor answered"),
    ...repeatedAnswer,
  }),
  async run({ request_id, ...given }, app, { signal }) {
    const [store, { reviews }] = await Promise.all([app.store(), app.takeout()]);
    const review = toReview(given);
    // Listed reviews name no order, and two customers may well say the same: no look-up can prove this one.
    const { outcome, repeated } = await store.writes.once<TakeoutCreated>(
      {
        tool: "create_review",
        vendor: "takeout",
        requestId: request_id,
        arguments: review,
        naturalKey: review.orderId,
        signal,
      },
      {
        send: () => reviews.create(review, { signal }),
        settleHint:
          "list_reviews of the order's merchant shows whether it is there; if it is not, a new request_id publishes it.",
      },
    );
    return {
      data: {
        review_id: outcome.id,
        order_id: review.orderId,
        details: shortDetails(outcome.details),
        ...(repeated && { repeated }),
      },
      text: `Reviewed order ${oneLine(review.orderId)} with ${review.rating} of 5${repeatedNote(repeated)}.`,
    };
  },
});

function toReview(given: z.output<typeof reviewFields>): NewReview {
  return {
    orderId: given.order_id,
    rating: given.rating,
    ...(given.taste_rating !== undefined && { tasteRating: given.taste_rating }),
    ...(given.package_rating !== undefined && { packageRating: given.package_rating }),
    ...(given.delivery_rating !== undefined && { deliveryRating: given.delivery_rating }),
    ...(given.content !== undefined && { content: given.content }),
    ...(given.images !== undefined && { images: given.images }),
    ...(given.is_anonymous !== undefined && { isAnonymous: given.is_anonymous }),
  };
}
