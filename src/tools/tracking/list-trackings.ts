import * as z from "zod";
import { Failure } from "../../domain/failure.ts";
import type { TrackingsOf } from "../../domain/freight.ts";
import { countThatFits } from "../answer-size.ts";
import { page, pageAnswer, textIdentifier } from "../fields.ts";
import { decodeOffset, encodeOffset } from "../offset-cursor.ts";
import { defineTool } from "../tool.ts";
import { describeTracking, fromSummary, trackingSummaryAnswer } from "./tracking-fields.ts";

const party = z.union([z.number().int().min(0), textIdentifier]).transform(String);

export const listTrackings = defineTool({
  name: "list_trackings",
  title: "List tracked loads",
  description:
    "Lists tracked freight loads of exactly one broker or one carrier, with the metres covered and left. " +
    "create_tracking's and get_tracking's answers tell both ids. 货运跟踪列表",
  access: "read",
  vendor: "transmit",
  input: z.strictObject({
    broker_id: party.optional().describe("Who ordered the loads"),
    carrier_id: party.optional().describe("Who drives them"),
    ...page,
  }),
  output: z.object({ trackings: z.array(trackingSummaryAnswer), ...pageAnswer }),
  async run({ broker_id, carrier_id, limit = 50, cursor }, app, { signal }) {
    const offset = decodeOffset(cursor);
    const transmit = await app.transmit();
    const found = await transmit.listTrackings(oneOwner(broker_id, carrier_id), { signal });
    const wanted = found.trackings.slice(offset, offset + limit);
    const answered = wanted.map(fromSummary);
    const shown = countThatFits(answered);
    const hasMore = offset + shown < found.trackings.length;
    return {
      data: {
        trackings: answered.slice(0, shown),
        total: found.total,
        ...(hasMore && { next_cursor: encodeOffset(offset + shown) }),
      },
      text: [`${shown} of ${found.total} trackings.`, ...wanted.slice(0, shown).map(describeTracking)].join(
        "\n",
      ),
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
