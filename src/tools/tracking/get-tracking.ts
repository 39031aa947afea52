import * as z from "zod";
import { countThatFits, dataTokenBudget, estimateDataTokens } from "../answer-size.ts";
import { page, pageAnswer } from "../fields.ts";
import { decodeOffset, encodeOffset } from "../offset-cursor.ts";
import { defineTool } from "../tool.ts";
import { describeTracking, fromTracking, trackingAnswer, trackingId } from "./tracking-fields.ts";

export const getTracking = defineTool({
  name: "get_tracking",
  title: "Get one tracked load",
  description:
    "Tells how one tracked freight load stands: metres covered and left, its carrier, and the vendor's track points. " +
    "Status completed says only that to_date has passed: never report it as delivered. 货运跟踪详情",
  access: "read",
  vendor: "transmit",
  input: z.strictObject({ tracking_id: trackingId, ...page }),
  output: z.object({
    tracking: trackingAnswer,
    tracks: z
      .array(z.unknown())
      .describe("Track points as the vendor gives them; limit and cursor page them"),
    ...pageAnswer,
  }),
  async run({ tracking_id, limit = 100, cursor }, app, { signal }) {
    const offset = decodeOffset(cursor);
    const transmit = await app.transmit();
    const found = await transmit.getTracking(tracking_id, { signal });
    const tracking = fromTracking(found);
    const tracks = found.tracks.slice(offset, offset + limit);
    const shown = countThatFits(tracks, dataTokenBudget - estimateDataTokens(tracking));
    const hasMore = offset + shown < found.tracks.length;
    return {
      data: {
        tracking,
        tracks: tracks.slice(0, shown),
        total: found.tracks.length,
        ...(hasMore && { next_cursor: encodeOffset(offset + shown) }),
      },
      text: describeTracking(found),
    };
  },
});
