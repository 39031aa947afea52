import * as z from "zod";
import type { TakeoutDelivery } from "../../../domain/takeout/delivery.ts";
import { oneLine } from "../../../domain/vendor-text.ts";
import type { LookUp } from "../../../state/writes/write-steps.ts";
import { inItsTurn } from "../../earlier-writes.ts";
import { requestId } from "../../fields.ts";
import { repeatedAnswer, repeatedNote } from "../../repeated.ts";
import { defineTool } from "../../tool.ts";
import { wholeList } from "../read-whole-list.ts";
import { deliveryTaskId, driverId } from "../takeout-fields.ts";

type Assignment = { taskId: string; driverId: string };

export const assignDeliveryTask = defineTool({
  name: "assign_delivery_task",
  title: "Assign a takeout delivery",
  description:
    "Gives a delivery task to a driver, who then accepts it (advance_delivery_task). 分配配送员、骑手、司机 courier",
  access: "write",
  vendor: "takeout",
  input: z.strictObject({ task_id: deliveryTaskId, driver_id: driverId, request_id: requestId.optional() }),
  output: z.object({ task_id: z.string(), driver_id: z.string(), ...repeatedAnswer }),
  async run({ task_id, driver_id, request_id }, app, { signal }) {
    const [store, { delivery }] = await Promise.all([app.store(), app.takeout()]);
    const assignment = { taskId: task_id, driverId: driver_id };
    const write = { tool: "assign_delivery_task", requestId: request_id, naturalKey: task_id };
    const inTurn = await inItsTurn(app, { ...write, arguments: assignment });
    const { repeated } = await store.writes.once<Assignment>(
      { ...write, vendor: "takeout", arguments: inTurn, signal },
      {
        send: async () => {
          await delivery.assign(task_id, driver_id, { signal });
          return assignment;
        },
        lookUp: () => findAssignment(delivery, assignment, signal),
        settleHint:
          "list_delivery_tasks with this driver_id shows the task if the driver has it; if not, assign it with a new " +
          "request_id.",
      },
    );
    return {
      data: { task_id, driver_id, ...(repeated && { repeated }) },
      text: `Delivery ${oneLine(task_id)} is with driver ${oneLine(driver_id)}${repeatedNote(repeated)}.`,
    };
  },
});

/** More tasks of one driver than a look-up reads through. */
const mostTasks = 1_000;

/** The driver's own tasks (takeout.txt, 7.1) hold this one or do not: an answer either way, whatever else a task shows. */
async function findAssignment(
  delivery: TakeoutDelivery,
  assignment: Assignment,
  signal: AbortSignal,
): Promise<LookUp<Assignment>> {
  const { taskId, driverId: driver } = assignment;
  const tasks = await wholeList(mostTasks, (part) =>
    delivery.list({ ...part, driverId: driver }, { signal }),
  );
  if (!tasks) return { found: false, isFinal: false };
  const isAssigned = tasks.some(
    (task) => isSame(task.id, taskId) && (task.driverId === null || isSame(task.driverId, driver)),
  );
  return isAssigned ? { found: true, outcome: assignment } : { found: false, isFinal: true };
}

/** Identifiers are UUIDs, which are the same in either case. */
function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
