import * as z from "zod";
import type { NewTracking } from "../../domain/freight.ts";
import { quote } from "../../domain/vendor-text.ts";
import { instant, plainText, requestId } from "../fields.ts";
import { repeatedAnswer, repeatedNote } from "../repeated.ts";
import { defineTool } from "../tool.ts";
import { createTrackingOnce } from "./create-tracking-once.ts";
import { describeTracking, freightPlace, fromTracking, trackingAnswer } from "./tracking-fields.ts";

const invitation =
  "The vendor does not know this e-mail address: no tracking was created, and an invitation was sent to it. " +
  "Once the carrier has accepted, create it with a new request_id.";

const input = z.strictObject({
  carrier_email: plainText(254).describe(
    "The carrier's account; an unknown address gets an invitation by e-mail and no tracking",
  ),
  from_date: instant,
  to_date: instant.describe("After from_date; then the tracking ends by itself"),
  from_location: freightPlace,
  to_location: freightPlace,
  request_id: requestId.optional(),
});

export const createTracking = defineTool({
  name: "create_tracking",
  title: "Track a freight load",
  description:
    "Starts tracking a freight load by its carrier's telephone. A carrier has one unfinished tracking at a time: a " +
    "second one is a conflict. created: false is no error: the carrier is unknown and was invited. " +
    "After a lost answer make the same call again: it never makes a second tracking. 创建货运跟踪、货运跟踪 freight load",
  access: "write",
  vendor: "transmit",
  input,
  output: z.object({
    created: z.boolean(),
    message: z.string().optional().describe("Why nothing was created"),
    tracking_id: z.string().optional(),
    tracking: trackingAnswer.optional(),
    ...repeatedAnswer,
  }),
  async run({ request_id, ...fields }, app, { signal }) {
    const request = { tracking: toNewTracking(fields), requestId: request_id, signal };
    const { outcome, repeated } = await createTrackingOnce(app, request);
    const again = repeatedNote(repeated);
    if (!outcome.created) {
      return {
        data: { created: false, message: invitation, ...(repeated && { repeated }) },
        text: `Nothing was created for ${quote(fields.carrier_email, 60)}. ${invitation}${again}`,
      };
    }
    const { tracking } = outcome;
    return {
      data: {
        created: true,
        tracking_id: tracking.id,
        tracking: fromTracking(tracking),
        ...(repeated && { repeated }),
      },
      text: describeTracking(tracking) + again,
    };
  },
});

function toNewTracking(fields: Omit<z.output<typeof input>, "request_id">): NewTracking {
  return {
    carrierEmail: fields.carrier_email,
    fromDate: fields.from_date,
    toDate: fields.to_date,
    fromLocation: fields.from_location,
    toLocation: fields.to_location,
  };
}
