import { moveOrder } from "../orders/move-order.ts";
import type { DeliveryTask, Driver, Order } from "../records.ts";
import { sixDigitsOf, type Tenant } from "../tenant.ts";
import { isUnderWay } from "./states.ts";

/** A task for an order that the merchant has accepted; `at` is simulated time, milliseconds since the epoch. */
export function openDeliveryTask(tenant: Tenant, { id: orderId }: Order, at: number): DeliveryTask {
  const id = tenant.newId("delivery task");
  const task: DeliveryTask = {
    id,
    orderId,
    driverId: null,
    state: "waiting",
    deliveryCode: sixDigitsOf(`delivery code ${id}`),
    createdAt: at,
    assignedAt: null,
    acceptedAt: null,
    pickedUpAt: null,
    deliveredAt: null,
  };
  tenant.records.deliveryTasks.push(task);
  return task;
}

/** Gives a task to a driver, also another one while none has accepted (takeout.txt, 7.2). */
export function assignTask(task: DeliveryTask, driver: Driver, at: number): void {
  Object.assign(task, {
    driverId: driver.id,
    state: "assigned",
    assignedAt: at,
  } satisfies Partial<DeliveryTask>);
}

/** takeout.txt, 7.3 */
export function acceptTask(task: DeliveryTask, at: number): void {
  Object.assign(task, { state: "accepted", acceptedAt: at } satisfies Partial<DeliveryTask>);
}

/** takeout.txt, 7.4: the order's timeline shows it. */
export function pickUp(task: DeliveryTask, order: Order, at: number): void {
  Object.assign(task, { state: "picked_up", pickedUpAt: at } satisfies Partial<DeliveryTask>);
  order.timeline.push({ status: "picked_up", statusText: "配送员已取餐", time: at });
}

/** takeout.txt, 7.5: at the door the order is complete. */
export function deliver(
  tenant: Tenant,
  { task, order, at }: { task: DeliveryTask; order: Order; at: number },
): void {
  Object.assign(task, { state: "delivered", deliveredAt: at } satisfies Partial<DeliveryTask>);
  order.timeline.push({ status: "delivered", statusText: "已送达", time: at });
  moveOrder(tenant, order, { to: "completed", at });
}

/** Ends the task of an order that has ended: as delivered where the food was on its way to a customer who got it. */
export function closeDeliveryTask({ records }: Tenant, order: Order, at: number): void {
  const task = records.deliveryTasks.find(({ orderId }) => orderId === order.id);
  if (!task || !isUnderWay(task)) return;
  const hasArrived = order.state === "completed" && task.state === "picked_up";
  task.state = hasArrived ? "delivered" : "cancelled";
  if (hasArrived) task.deliveredAt = at;
}
