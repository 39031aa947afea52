import type { Clock } from "../clock.ts";
import { hexOf } from "../random.ts";
import { expectedSeconds, scriptOf, taskStatuses } from "./delivery-script.ts";
import { hasEnded, isUndelivered, type Order, type OrderStatus, orderStatuses, type Task } from "./order.ts";
import type { OrderRequest } from "./order-request.ts";
import type { PushTask } from "./pushes.ts";
import { runScript } from "./run-script.ts";
import type { TaskType } from "./seed/goods.ts";
import type { OrderLine, Shop } from "./shop.ts";

/** The orders, and what can be done to them. */
export type OrderBook = {
  create: (request: OrderRequest) => Order;
  /** Whether it could be: an order that has ended cannot. */
  cancel: (order: Order, reason: string) => boolean;
  find: (orderSn: bigint) => Order | undefined;
  findTask: (taskId: string) => Task | undefined;
  /** Oldest first. */
  list: () => Order[];
};

/** What orders live by. */
type OrderWorld = { clock: Clock; seed: number; shop: Shop; push: PushTask };

const refundStartsAfter = 60_000;
const refundEndsAfter = 5 * 60_000;
const closesAfter = 24 * 3_600_000;

/** An empty book; robots set out as soon as an order is in it. */
export function createOrderBook(world: OrderWorld): OrderBook {
  const orders: Order[] = [];
  return {
    create: (request) => {
      const order = placeOrder(world, request, orders.length + 1);
      orders.push(order);
      return order;
    },
    cancel: (order, reason) => cancelOrder(world, order, reason),
    find: (orderSn) => orders.find((order) => order.orderSn === orderSn),
    findTask: (taskId) => orders.flatMap(({ tasks }) => tasks).find((task) => task.taskId === taskId),
    list: () => [...orders],
  };
}

function placeOrder(world: OrderWorld, request: OrderRequest, sequence: number): Order {
  const { clock, seed, shop } = world;
  const order: Order = {
    ...request,
    orderSn: orderSnOf(seed, sequence),
    sequence,
    createdAt: Math.round(clock.now()),
    tasks: [],
    ending: null,
  };
  shop.take(request.lines);
  for (const [taskType, lines] of Map.groupBy(request.lines, ({ good }) => good.taskType)) {
    order.tasks.push(startTask(world, order, { taskType, lines }));
  }
  clock.at(order.createdAt + closesAfter, () => closeUnlessEnded(order));
  return order;
}

type TaskDraft = { taskType: TaskType; lines: OrderLine[] };

function startTask({ clock, seed, push }: OrderWorld, order: Order, { taskType, lines }: TaskDraft): Task {
  const taskId = hexOf(`yunji task ${seed} ${order.sequence} ${taskType}`, 24);
  const jams = lines.some(({ good }) => good.jams);
  const script = scriptOf({ taskType, room: order.recipientAddress, jams, key: taskId });
  const task: Task = {
    taskId,
    taskType,
    status: taskStatuses.queued,
    lines,
    certificate: taskType === 2 ? certificateOf(taskId) : null,
    expectedAt: order.createdAt + expectedSeconds(script) * 1000,
    callOff: () => undefined,
  };
  runScript({ clock, task, script, startedAt: order.createdAt, push: (event) => push(order, task, event) });
  return task;
}

/** What was paid goes back after a while (6 退款中, 7 已退款); what cost nothing stays cancelled. */
function cancelOrder({ clock, shop }: OrderWorld, order: Order, reason: string): boolean {
  if (hasEnded(order)) return false;
  for (const task of order.tasks.filter(isUndelivered)) {
    task.callOff();
    task.status = taskStatuses.cancelled;
    shop.giveBack(task.lines);
  }
  const end = (status: OrderStatus) => {
    order.ending = { status, reason };
  };
  end(orderStatuses.cancelled);
  if (order.amountFen === 0n) return true;
  const at = clock.now();
  clock.at(at + refundStartsAfter, () => end(orderStatuses.refunding));
  clock.at(at + refundEndsAfter, () => end(orderStatuses.refunded));
  return true;
}

/** What nobody received or cancelled within a day is closed. */
function closeUnlessEnded(order: Order): void {
  if (!hasEnded(order)) order.ending = { status: orderStatuses.closed, reason: "超时关闭" };
}

const spread = 104_729n;

/** Always odd, so that no float holds it. */
function orderSnOf(seed: number, sequence: number): bigint {
  const start = sequence % 2 === 0 ? 2n ** 60n : 2n ** 53n;
  const salt = BigInt(`0x${hexOf(`yunji order ${seed} ${sequence}`, 12)}`) % spread;
  return (start + BigInt(sequence) * spread + salt) | 1n;
}

/** Four digits, the first of them no zero: they are a number as well as a text. */
function certificateOf(taskId: string): string {
  return String(1000 + (Number.parseInt(hexOf(`${taskId} certificate`, 6), 16) % 9000));
}
