import * as z from "zod";
import type { Tracking } from "../../domain/freight.ts";
import { inItsTurn } from "../earlier-writes.ts";
import { requestId } from "../fields.ts";
import { repeatedAnswer, repeatedNote } from "../repeated.ts";
import { defineTool } from "../tool.ts";
import { describeTracking, fromTracking, trackingAnswer, trackingId } from "./tracking-fields.ts";

export const updateTracking = defineTool({
  name: "update_tracking",
  title: "Pause or resume a tracking",
  description:
    "Pauses a tracked load (enabled: false) or takes it up again (enabled: true); nothing else of a tracking can be " +
    "changed. 启用或暂停货运跟踪",
  access: "write",
  vendor: "transmit",
  input: z.strictObject({ tracking_id: trackingId, enabled: z.boolean(), request_id: requestId.optional() }),
  output: z.object({
    tracking_id: z.string(),
    tracking: trackingAnswer,
    ...repeatedAnswer,
  }),
  async run({ tracking_id, enabled, request_id }, app, { signal }) {
    const [store, transmit] = await Promise.all([app.store(), app.transmit()]);
    const request = {
      tool: "update_tracking",
      vendor: "transmit",
      requestId: request_id,
      arguments: { trackingId: tracking_id, enabled },
      naturalKey: tracking_id,
    } as const;
    const { outcome, repeated } = await store.writes.once<Tracking>(
      { ...request, arguments: await inItsTurn(app, request), signal },
      {
        send: () => transmit.setEnabled(tracking_id, enabled, { signal }),
        lookUp: async () => {
          const found = await transmit.getTracking(tracking_id, { signal });
          return found.enabled === enabled
            ? { found: true, outcome: found }
            : { found: false, isFinal: true };
        },
        settleHint: "get_tracking tells whether it is enabled.",
      },
    );
    return {
      data: {
        tracking_id: outcome.id,
        tracking: fromTracking(outcome),
        ...(repeated && { repeated }),
      },
      text: describeTracking(outcome) + repeatedNote(repeated),
    };
  },
});
