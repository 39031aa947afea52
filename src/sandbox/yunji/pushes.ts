import type { Callbacks } from "../callbacks.ts";
import type { PushKind, TaskError } from "./delivery-script.ts";
import type { Order, Task } from "./order.ts";

/** Something about a task that the hotel is told. */
export type TaskEvent = {
  kind: PushKind;
  /** Simulated time, milliseconds since the epoch. */
  at: number;
  error?: TaskError;
};

/** Tells the hotel's callback address. */
export type PushTask = (order: Order, task: Task, event: TaskEvent) => void;

/** The form posts of yunji.txt, 消息推送. */
export function createPushTask(callbacks: Callbacks): PushTask {
  return (order, task, { kind, at, error }) => {
    const fields = {
      storeId: order.storeId,
      orderSN: String(order.orderSn),
      taskId: task.taskId,
      ...(error && { errorCode: String(error.code), errorMsg: error.message }),
      createTime: String(Math.round(at)),
    };
    void callbacks.push({ vendor: "yunji", kind, fields });
  };
}
