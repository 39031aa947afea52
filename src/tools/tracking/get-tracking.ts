import * as z from "zod";
import { dataTokenBudget, estimateDataTokens } from "../answer-size.ts";
import { page, pageAnswer } from "../fields.ts";
import { decodeOffset } from "../offset-cursor.ts";
import { defineTool } from "../tool.ts";
import { sliceOf } from "../whole-list.ts";
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
    const budgetTokens = dataTokenBudget - estimateDataTokens(tracking);
    const { shown, paging } = sliceOf(found.tracks, {
      offset,
      limit,
      toAnswer: (track) => track,
      budgetTokens,
    });
    return { data: { tracking, tracks: shown, ...paging }, text: describeTracking(found) };
  },
});
