import * as z from "zod";
import { Failure } from "../../../domain/failure.ts";
import type { TakeoutDelivery } from "../../../domain/takeout/delivery.ts";
import { oneLine } from "../../../domain/vendor-text.ts";
import { plainText, requestId } from "../../fields.ts";
import { repeatedAnswer, repeatedNote } from "../../repeated.ts";
import { defineTool } from "../../tool.ts";
import { deliveryTaskId } from "../takeout-fields.ts";

const actions = ["accept", "pickup", "deliver"] as const;

type Step = { taskId: string; action: (typeof actions)[number]; deliveryCode?: string };

/**
 * The document shows no task and names no state of one (takeout.txt, 7), so after a lost answer nothing tells which
 * steps were taken, and a step is never sent again.
 */
const settleHint =
  "list_delivery_tasks shows the task's status; if it has not moved on, take the step with a new request_id.";

export const advanceDeliveryTask = defineTool({
  name: "advance_delivery_task",
  title: "Take a takeout delivery one step on",
  description:
    "Takes a delivery task one step on for the driver: accept, then pickup at the shop, then deliver at the door, " +
    "with the delivery_code that the customer tells. deliver says that the food was handed over. 接单/取餐/送达",
  access: "write",
  vendor: "takeout",
  input: z.strictObject({
    task_id: deliveryTaskId,
    action: z.enum(actions),
    delivery_code: plainText(40).optional().describe("With deliver, always and only then"),
    request_id: requestId.optional(),
  }),
  output: z.object({ task_id: z.string(), action: z.enum(actions), ...repeatedAnswer }),
  async run({ task_id, action, delivery_code, request_id }, app, { signal }) {
    if (delivery_code !== undefined && action !== "deliver") throw misplacedCode(action);
    if (delivery_code === undefined && action === "deliver") throw missingCode();
    const [store, { delivery }] = await Promise.all([app.store(), app.takeout()]);
    const step = {
      taskId: task_id,
      action,
      ...(delivery_code !== undefined && { deliveryCode: delivery_code }),
    };
    const { repeated } = await store.writes.once(
      {
        tool: "advance_delivery_task",
        vendor: "takeout",
        requestId: request_id,
        arguments: step,
        naturalKey: task_id,
        signal,
      },
      {
        send: async () => {
          await sendStep(delivery, step, signal);
          return { taskId: task_id, action };
        },
        settleHint,
      },
    );
    return {
      data: { task_id, action, ...(repeated && { repeated }) },
      text: `${action} done for delivery ${oneLine(task_id)}${repeatedNote(repeated)}.`,
    };
  },
});

function sendStep(
  delivery: TakeoutDelivery,
  { taskId, action, deliveryCode }: Step,
  signal: AbortSignal,
): Promise<void> {
  if (action === "accept") return delivery.accept(taskId, { signal });
  if (action === "pickup") return delivery.pickUp(taskId, { signal });
  return delivery.deliver(taskId, deliveryCode, { signal });
}

/** The document's body of this step has it (takeout.txt, 7.5). */
function missingCode(): Failure {
  return new Failure("invalid_input", "`delivery_code` is missing: deliver takes it.", {
    hint: "The customer tells the code at the door; ask the person for it and call again. Nothing was done.",
    fields: ["delivery_code"],
  });
}

function misplacedCode(action: string): Failure {
  return new Failure("invalid_input", `\`delivery_code\` goes with deliver, not with ${action}.`, {
    hint: "Correct it and call again; nothing was done.",
    fields: ["delivery_code"],
  });
}
