import * as z from "zod";
import { Failure } from "../../domain/failure.ts";
import { oneLine } from "../../domain/vendor-text.ts";
import { textIdentifier } from "../fields.ts";
import { defineTool } from "../tool.ts";
import { storeId } from "./robot-fields.ts";

export const estimateRobotTask = defineTool({
  name: "estimate_robot_task",
  title: "Estimate a robot's delivery",
  description:
    "Tells in how many seconds a delivery task will be done, as the vendor reckons. " +
    "It takes a task's task_id (from get_robot_order), not an order_sn. 预计送达时间",
  access: "read",
  vendor: "yunji",
  input: z.strictObject({ task_id: textIdentifier, store_id: storeId.optional() }),
  output: z.object({ task_id: z.string(), estimated_seconds: z.number() }),
  async run({ task_id, store_id }, app, { signal }) {
    const yunji = await app.yunji();
    const seconds = await yunji
      .estimateTask({ taskId: task_id, storeId: store_id, signal })
      .catch(noEstimate);
    return {
      data: { task_id, estimated_seconds: seconds },
      text: `Task ${oneLine(task_id)} takes about ${seconds} seconds.`,
    };
  },
});

/** A vendor's refusal of a task that it may well know: it has no code for one that does not move. */
function noEstimate(thrown: unknown): never {
  const isRefusal =
    thrown instanceof Failure &&
    (thrown.code === "rejected" || thrown.code === "invalid_input") &&
    thrown.details.httpStatus !== undefined;
  if (!isRefusal) throw thrown;
  const hint =
    "A task in exception has no estimate, nor one that failed or is cancelled: get_robot_order shows its state.";
  throw new Failure(thrown.code, thrown.message, { ...thrown.details, hint }, thrown);
}
