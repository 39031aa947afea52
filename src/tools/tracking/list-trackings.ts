import * as z from "zod";
import { Failure } from "../../domain/failure.ts";
import type { TrackingsOf } from "../../domain/freight.ts";
import { page, pageAnswer } from "../fields.ts";
import { headline } from "../headline.ts";
import { decodeOffset } from "../offset-cursor.ts";
import { defineTool } from "../tool.ts";
import { sliceOf } from "../whole-list.ts";
import { describeTracking, fromSummary, partyId, trackingSummaryAnswer } from "./tracking-fields.ts";

export const listTrackings = defineTool({
  name: "list_trackings",
  title: "List tracked loads",
  description:
    "Lists tracked freight loads of exactly one broker or one carrier, with the metres covered and left. " +
    "create_tracking's and get_tracking's answers tell both ids. 货运跟踪列表",
  access: "read",
  vendor: "transmit",
  input: z.strictObject({
    broker_id: partyId.optional().describe("Who ordered the loads"),
    carrier_id: partyId.optional().describe("Who drives them"),
    ...page,
  }),
  output: z.object({ trackings: z.array(trackingSummaryAnswer), ...pageAnswer }),
  async run({ broker_id, carrier_id, limit = 50, cursor }, app, { signal }) {
    const offset = decodeOffset(cursor);
    const transmit = await app.transmit();
    const { trackings, total } = await transmit.listTrackings(oneOwner(broker_id, carrier_id), { signal });
    const { shown, items, paging } = sliceOf(trackings, { offset, limit, toAnswer: fromSummary });
    return {
      data: { trackings: shown, ...paging, total },
      text: [headline(shown.length, { total }, "trackings"), ...items.map(describeTracking)].join("\n"),
    };
  },
});

function oneOwner(brokerId: string | undefined, carrierId: string | undefined): TrackingsOf {
  if (brokerId !== undefined && carrierId === undefined) return { brokerId };
  if (brokerId === undefined && carrierId !== undefined) return { carrierId };
  throw new Failure("invalid_input", "list_trackings takes exactly one of `broker_id` and `carrier_id`.", {
    hint: "Your broker_id lists all loads that you ordered.",
    fields: ["broker_id", "carrier_id"],
  });
}
