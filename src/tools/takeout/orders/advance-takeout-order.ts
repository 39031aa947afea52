import * as z from "zod";
import { Failure } from "../../../domain/failure.ts";
import { oneLine } from "../../../domain/vendor-text.ts";
import { requestId } from "../../fields.ts";
import { repeatedAnswer, repeatedNote } from "../../repeated.ts";
import { defineTool } from "../../tool.ts";
import { takeoutOrderId } from "../takeout-fields.ts";
import { describeState } from "./order-fields.ts";
import type { OrderStep } from "./order-steps.ts";
import { takeoutStepOnce } from "./takeout-step-once.ts";

const actions = ["accept", "start_cooking", "complete"] as const;

export const advanceTakeoutOrder = defineTool({
  name: "advance_takeout_order",
  title: "Take a takeout order one step on",
  description:
    "Takes a takeout order one step on for the merchant: accept (with estimated_minutes of cooking where they are known), then " +
    "start_cooking, then complete. The vendor refuses a step out of turn. 接单/开始制作/完成订单",
  access: "write",
  vendor: "takeout",
  input: z.strictObject({
    order_id: takeoutOrderId,
    action: z.enum(actions),
    estimated_minutes: z.number().int().min(1).max(1_440).optional().describe("With accept alone"),
    request_id: requestId.optional(),
  }),
  output: z.object({
    order_id: z.string(),
    action: z.enum(actions),
    status: z.number().nullable().describe("How the order stood afterwards; null where it could not be read"),
    status_text: z.string().nullable(),
    ...repeatedAnswer,
  }),
  async run({ order_id, action, estimated_minutes, request_id }, app, { signal }) {
    const step = toStep(action, estimated_minutes);
    const { outcome, repeated } = await takeoutStepOnce(app, {
      tool: "advance_takeout_order",
      orderId: order_id,
      step,
      requestId: request_id,
      signal,
    });
    const { status, statusText } = outcome;
    return {
      data: { order_id, action, status, status_text: statusText, ...(repeated && { repeated }) },
      text: `${action} done for order ${oneLine(order_id)}: ${describeState(outcome)}${repeatedNote(repeated)}.`,
    };
  },
});

function toStep(action: (typeof actions)[number], estimatedMinutes: number | undefined): OrderStep {
  if (estimatedMinutes === undefined) return { action };
  if (action === "accept") return { action, estimatedMinutes };
  throw new Failure("invalid_input", `\`estimated_minutes\` goes with accept, not with ${action}.`, {
    hint: "Correct it and call again; nothing was done.",
    fields: ["estimated_minutes"],
  });
}
