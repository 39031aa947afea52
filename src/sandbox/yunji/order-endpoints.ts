import type { Clock } from "../clock.ts";
import type { Answer } from "../message.ts";
import { taskStatuses } from "./delivery-script.ts";
import type { Order } from "./order.ts";
import { createdOrder, orderByNumber, orderOfUser } from "./order-answers.ts";
import type { OrderBook } from "./order-book.ts";
import { checkOrder } from "./order-request.ts";
import { answerWith, refuseAs, refuseParameter, refuseStore } from "./refusals.ts";
import { readText, readWhole, type SentParameters } from "./sent-parameters.ts";
import type { Shop } from "./shop.ts";
import type { Users } from "./users.ts";

/** What the answers on orders draw from. */
export type OrderDesk = { clock: Clock; storeId: string; shop: Shop; users: Users; orders: OrderBook };

/** yunji.txt, 创建商品订单 */
export function answerCreate(desk: OrderDesk, parameters: SentParameters): Answer {
  const checked = checkOrder(parameters, { ...desk, at: desk.clock.now() });
  if ("refusal" in checked) return checked.refusal;
  return answerWith({ orderInfo: createdOrder(desk.orders.create(checked.request)) });
}

/** yunji.txt, 根据订单号查询订单 */
export function answerByNumber({ orders }: OrderDesk, parameters: SentParameters): Answer {
  const found = findOrder(orders, parameters);
  return "refusal" in found ? found.refusal : answerWith({ orderInfo: orderByNumber(found.order) });
}

/** yunji.txt, 根据用户id查询订单详情; newest first, and nothing for a user that is not known. */
export function answerOfUser({ orders }: OrderDesk, parameters: SentParameters): Answer {
  const userId = readText(parameters, "userId");
  if (userId === undefined) return refuseParameter("userId");
  const ofUser = orders.list().filter((order) => order.userId === userId);
  return answerWith({ orderInfoList: ofUser.toReversed().map(orderOfUser) });
}

/**
 * yunji.txt, 取消订单. Its `code` and `message` tell how the operation went: one that cannot be done has been called
 * all right, and is a 200 with another code. Good ones are 200 by the table and 0 by the sample: both are given.
 */
export function answerCancel({ orders }: OrderDesk, parameters: SentParameters): Answer {
  const found = findOrder(orders, parameters);
  if ("refusal" in found) return found.refusal;
  const reason = readText(parameters, "reason");
  if (reason === undefined) return refuseParameter("reason");
  const isDone = orders.cancel(found.order, reason);
  if (!isDone) return refuseAs("invalidAction", { status: 200, message: "订单已结束，不能取消" });
  return answerWith({ code: found.order.sequence % 2 === 0 ? 200 : 0, message: "SUCCESS" });
}

/** POST /v1/task/estimatedTime of the vendor's current document: seconds until a task is at the door. */
export function answerEstimate({ clock, storeId, orders }: OrderDesk, parameters: SentParameters): Answer {
  const sentStoreId = readText(parameters, "storeId");
  if (sentStoreId === undefined) return refuseParameter("storeId");
  if (sentStoreId !== storeId) return refuseStore();
  const taskId = readText(parameters, "taskId");
  if (taskId === undefined) return refuseParameter("taskId");
  const task = orders.findTask(taskId);
  if (!task) return refuseAs("invalidAction", { status: 404, message: "任务不存在" });
  const { queued, delivering, beingTaken, taken } = taskStatuses;
  if (task.status === beingTaken || task.status === taken) return answerWith({ data: 0 });
  if (task.status !== queued && task.status !== delivering) return refuseAs("invalidAction");
  return answerWith({ data: Math.max(0, Math.ceil((task.expectedAt - clock.now()) / 1000)) });
}

function findOrder(orders: OrderBook, parameters: SentParameters): { order: Order } | { refusal: Answer } {
  const text = readWhole(parameters, "orderSN");
  if (text === undefined) return { refusal: refuseParameter("orderSN") };
  const order = orders.find(BigInt(text));
  return order ? { order } : { refusal: refuseAs("invalidAction", { status: 404, message: "订单不存在" }) };
}
