import * as z from "zod";
import { Failure } from "../../domain/failure.ts";
import type { Tracking } from "../../domain/freight.ts";
import { quote } from "../../domain/vendor-text.ts";
import { requestId } from "../fields.ts";
import { repeatedAnswer, repeatedNote } from "../repeated.ts";
import { defineTool } from "../tool.ts";
import { unlessNotFound } from "../unless-not-found.ts";
import { describeTracking, fromSummary, trackingId } from "./tracking-fields.ts";

export const deleteTracking = defineTool({
  name: "delete_tracking",
  title: "Delete a tracking",
  description:
    "Ends the tracking of a freight load for good; to stop it for a while, update_tracking pauses it. 删除货运跟踪",
  access: "destroy",
  vendor: "transmit",
  input: z.strictObject({ tracking_id: trackingId, request_id: requestId.optional() }),
  output: z.object({
    tracking_id: z.string(),
    deleted: z.literal(true),
    ...repeatedAnswer,
  }),
  async preview({ tracking_id }, app, { signal }) {
    const transmit = await app.transmit();
    const tracking = await transmit.getTracking(tracking_id, { signal });
    if (tracking.deletedAt !== null) throw alreadyDeleted(tracking);
    return {
      data: { tracking: fromSummary(tracking) },
      text: `Would delete for good: ${describeTracking(tracking)}`,
    };
  },
  async run({ tracking_id, request_id }, app, { signal }) {
    const [store, transmit] = await Promise.all([app.store(), app.transmit()]);
    const { outcome, repeated } = await store.writes.once<{ deleted: true }>(
      {
        tool: "delete_tracking",
        vendor: "transmit",
        requestId: request_id,
        arguments: { trackingId: tracking_id },
        naturalKey: tracking_id,
        signal,
      },
      {
        send: async () => {
          await transmit.deleteTracking(tracking_id, { signal });
          return { deleted: true };
        },
        lookUp: async () => {
          const found = await unlessNotFound(transmit.getTracking(tracking_id, { signal }));
          const isThere = found !== undefined && found.deletedAt === null;
          return isThere ? { found: false, isFinal: true } : { found: true, outcome: { deleted: true } };
        },
        settleHint: "get_tracking tells whether it is still there.",
      },
    );
    return {
      data: { tracking_id, ...outcome, ...(repeated && { repeated }) },
      text: `Tracking ${quote(tracking_id)} is deleted${repeatedNote(repeated)}.`,
    };
  },
});

function alreadyDeleted({ id }: Tracking): Failure {
  return new Failure("not_found", `Tracking ${quote(id)} was deleted already.`, {
    vendor: "transmit",
    hint: "Nothing is left to do; list_trackings shows those there are.",
    fields: ["tracking_id"],
  });
}
