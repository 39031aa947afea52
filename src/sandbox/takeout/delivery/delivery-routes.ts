import { degrees, oneOfDigits, optional, type Shape, sixDigits, uuid } from "../formats.ts";
import { canMove } from "../orders/states.ts";
import { answerPage, type PageQuery, pageShape, type SortKeys } from "../pages.ts";
import type { DeliveryState, DeliveryTask, Driver, Order } from "../records.ts";
import { done, forbidden, missing, type Reply, unprocessable } from "../reply.ts";
import { type Call, type Route, signedIn, withBody, withQuery } from "../routes.ts";
import { publish } from "../tenant.ts";
import { timeText } from "../time.ts";
import { taskAnswer } from "./delivery-answers.ts";
import { acceptTask, assignTask, deliver, pickUp } from "./delivery-steps.ts";
import { deliveryStates, deliveryStatuses, isUnderWay } from "./states.ts";

const sortKeys: SortKeys<DeliveryTask> = { createdAt: (task) => task.createdAt };

type TaskQuery = PageQuery & { status: number | undefined; driverId: string | undefined };

const listShape: Shape<TaskQuery> = {
  ...pageShape(sortKeys),
  status: optional(oneOfDigits(deliveryStatuses)),
  driverId: optional(uuid),
};

type Position = { latitude: number; longitude: number };

const positionShape: Shape<Position> = { latitude: degrees(90), longitude: degrees(180) };

/** The way to the door (takeout.txt, 7). */
export const deliveryRoutes: Route[] = [
  signedIn("GET /api/v1/delivery-tasks", withQuery(listShape, listTasks)),
  signedIn("POST /api/v1/delivery-tasks/{id}/assign", (call) =>
    withTask(call, (task) => withBody({ driverId: uuid }, assign(task))(call)),
  ),
  signedIn("POST /api/v1/delivery-tasks/{id}/accept", (call) =>
    withTask(call, (task) =>
      step(call, task, { from: ["assigned"], take: () => acceptTask(task, call.now) }),
    ),
  ),
  signedIn("POST /api/v1/delivery-tasks/{id}/pickup", (call) =>
    withTask(call, (task, order) => {
      if (task.state === "accepted" && !canMove(order, "completed")) {
        return unprocessable("餐品尚未开始制作，不能取餐");
      }
      return step(call, task, { from: ["accepted"], take: () => pickUp(task, order, call.now) });
    }),
  ),
  signedIn("POST /api/v1/delivery-tasks/{id}/deliver", (call) =>
    withTask(call, (task, order) => withBody({ deliveryCode: sixDigits }, handOver(task, order))(call)),
  ),
  signedIn("POST /api/v1/delivery-drivers/location", withBody(positionShape, reportLocation)),
];

function listTasks({ tenant }: Call, query: TaskQuery): Reply {
  const { status, driverId } = query;
  const entries = tenant.records.deliveryTasks
    .filter(({ state }) => status === undefined || deliveryStates[state].status === status)
    .filter((task) => driverId === undefined || task.driverId === driverId);
  return answerPage(query, { entries, sortKeys, show: (task) => taskAnswer(tenant, task) });
}

function withTask({ tenant, request }: Call, answer: (task: DeliveryTask, order: Order) => Reply): Reply {
  const task = tenant.records.deliveryTasks.find(({ id }) => id === request.parameters["id"]);
  const order = tenant.records.orders.find(({ id }) => id === task?.orderId);
  return task && order ? answer(task, order) : missing("配送任务");
}

type TaskStep = { from: readonly DeliveryState[]; take: () => void };

/** Takes a step that the task's state allows: 422 for any other. */
function step({ tenant }: Call, task: DeliveryTask, { from, take }: TaskStep): Reply {
  if (!from.includes(task.state)) {
    return unprocessable(`配送任务状态为${deliveryStates[task.state].statusText}，不能执行该操作`);
  }
  take();
  return done(taskAnswer(tenant, task));
}

function assign(task: DeliveryTask) {
  return (call: Call, { driverId }: { driverId: string }): Reply => {
    const driver = call.tenant.records.drivers.find(({ id }) => id === driverId);
    if (!driver?.isOnDuty) {
      const message = driver ? "配送员已下班" : "配送员不存在";
      return unprocessable("不能分配给该配送员", [{ field: "driverId", message }]);
    }
    const take = () => assignTask(task, driver, call.now);
    return step(call, task, { from: ["waiting", "assigned"], take });
  };
}

function handOver(task: DeliveryTask, order: Order) {
  return (call: Call, { deliveryCode }: { deliveryCode: string }): Reply => {
    const { tenant, now: at } = call;
    if (task.state === "picked_up" && task.deliveryCode !== deliveryCode) {
      return unprocessable("取餐码错误", [{ field: "deliveryCode", message: "取餐码错误" }]);
    }
    return step(call, task, { from: ["picked_up"], take: () => deliver(tenant, { task, order, at }) });
  };
}

/** Of the driver who is signed in: everyone who follows one of the driver's tasks is told. */
function reportLocation({ tenant, user, now }: Call, position: Position): Reply {
  const driver = tenant.records.drivers.find(({ userId }) => userId === user.id);
  if (!driver) return forbidden("当前账号不是配送员");
  driver.location = { ...position, reportedAt: now };
  const tasks = tenant.records.deliveryTasks.filter(
    (task) => task.driverId === driver.id && isUnderWay(task),
  );
  const notices = tasks.length === 0 ? [{}] : tasks.map(({ id: taskId, orderId }) => ({ taskId, orderId }));
  for (const subject of notices) {
    publish(tenant, {
      topic: "delivery.location",
      data: { ...subject, ...whereabouts(driver, position) },
      at: now,
    });
  }
  return done({ ...whereabouts(driver, position), updatedAt: timeText(now) });
}

function whereabouts({ id, name }: Driver, { latitude, longitude }: Position) {
  return { driverId: id, driverName: name, latitude, longitude };
}
