import { describe, expect, test } from "vitest";
import { advanceDeliveryTask } from "../../../../src/tools/takeout/delivery/advance-delivery-task.ts";
import { assignDeliveryTask } from "../../../../src/tools/takeout/delivery/assign-delivery-task.ts";
import { listDeliveryTasks } from "../../../../src/tools/takeout/delivery/list-delivery-tasks.ts";
import { reportDriverLocation } from "../../../../src/tools/takeout/delivery/report-driver-location.ts";
import { fromTask } from "../../../../src/tools/takeout/delivery/task-fields.ts";
import { failureOf } from "../../../support/failures.ts";
import { openTakeoutDesk } from "../../../support/takeout-desk.ts";
import { lostEndings } from "../../../support/takeout-shop.ts";

/** A desk whose shop has 25 tasks, the first of them without a driver. */
async function deskWithTasks() {
  const desk = await openTakeoutDesk();
  for (let number = 1; number <= 25; number++) {
    const driverId = number === 1 ? null : "driver-2";
    desk.shop.tasks.push({ id: `task-${number}`, orderId: `order-${number}`, driverId, status: 1 });
  }
  return desk;
}

const assignment = { task_id: "task-1", driver_id: "driver-1" };
const writesOf = (asked: string[]) => asked.filter((request) => request.startsWith("POST")).length;

describe("list_delivery_tasks", () => {
  test("gives tasks with what the vendor tells of them, page by page", async () => {
    const { call, shop } = await deskWithTasks();
    const first = await call(listDeliveryTasks, { limit: 22 });
    expect(first.data).toMatchObject({ total: 25, tasks: expect.objectContaining({ length: 22 }) });
    expect(first.data["tasks"]).toContainEqual({
      id: "task-2",
      order_id: "order-2",
      driver_id: "driver-2",
      status: 1,
      status_text: null,
      details: {},
    });
    const second = await call(listDeliveryTasks, { limit: 22, cursor: first.data["next_cursor"] });
    expect(second.data["tasks"]).toMatchObject([{ id: "task-23" }, { id: "task-24" }, { id: "task-25" }]);
    expect(second.data["next_cursor"]).toBeUndefined();
    expect(shop.asked[0]).toBe("GET /delivery-tasks?pageIndex=1&pageSize=20");
  });

  test("asks for one driver's tasks in one state", async () => {
    const { call, shop } = await deskWithTasks();
    const { data } = await call(listDeliveryTasks, { status: 1, driver_id: "driver-1" });
    expect(data["tasks"]).toEqual([]);
    expect(shop.asked).toEqual(["GET /delivery-tasks?status=1&driverId=driver-1&pageIndex=1&pageSize=20"]);
  });
});

test("list_delivery_tasks finds the tasks of one order on whatever page they are", async () => {
  const { call, shop } = await deskWithTasks();
  const { data, text } = await call(listDeliveryTasks, { order_id: "order-24" });
  expect(data).toMatchObject({ tasks: [{ id: "task-24" }], total: 1 });
  expect(data).not.toHaveProperty("search_incomplete");
  expect(text).not.toContain("Only the first");
  for (let number = 26; number <= 600; number++)
    shop.tasks.push({ id: `task-${number}`, orderId: `order-${number}`, driverId: null, status: 1 });
  const missed = await call(listDeliveryTasks, { order_id: "order-600" });
  expect(missed.data).toEqual({ tasks: [], total: 0, search_incomplete: true });
  expect(missed.text).toContain("Only the first 500 tasks were searched.");
});

test("a task tells its driver and where it goes, where the vendor does", () => {
  const details = { driverName: "陈志强", driverPhone: null, deliveryAddress: { address: "x", floor: 3 } };
  const task = { id: "t", orderId: "o", driverId: "d", status: 1, statusText: null };
  expect(fromTask({ ...task, details })).toEqual({
    id: "t",
    order_id: "o",
    driver_id: "d",
    driver_name: "陈志强",
    delivery_address: "x",
    status: 1,
    status_text: null,
    details: { delivery_address: { address: "x", floor: 3 } },
  });
  expect(fromTask({ ...task, details: { deliveryAddress: "体育西路 1 号" } })).toMatchObject({
    delivery_address: "体育西路 1 号",
    details: {},
  });
});

describe("assign_delivery_task", () => {
  test("gives the task to the driver", async () => {
    const { call, shop } = await deskWithTasks();
    const { data } = await call(assignDeliveryTask, assignment);
    expect(data).toEqual({ task_id: "task-1", driver_id: "driver-1" });
    expect(shop.done).toEqual([{ name: "/delivery-tasks/task-1/assign", body: { driverId: "driver-1" } }]);
  });

  test.each(lostEndings)("assigns once and finds the task among the driver's after %s", async (ending) => {
    const { call, shop } = await deskWithTasks();
    shop.ending = ending;
    const first = await call(assignDeliveryTask, assignment);
    expect((await call(assignDeliveryTask, assignment)).data).toEqual({ ...first.data, repeated: true });
    expect(shop.done).toHaveLength(1);
  });

  test("fails plainly when the driver does not have the task, and the same call again assigns it", async () => {
    const { call, shop } = await deskWithTasks();
    shop.ending = "500 before";
    expect((await failureOf(call(assignDeliveryTask, assignment))).code).toBe("unavailable");
    const { data } = await call(assignDeliveryTask, assignment);
    expect(data["repeated"]).toBeUndefined();
    expect(shop.done).toHaveLength(1);
  });

  test("gives it back to the first driver at once, and takes only that call's repeat for one", async () => {
    const { call, shop } = await deskWithTasks();
    await call(assignDeliveryTask, assignment);
    await call(assignDeliveryTask, { ...assignment, driver_id: "driver-3" });
    expect((await call(assignDeliveryTask, assignment)).data["repeated"]).toBeUndefined();
    expect(shop.tasks[0]?.driverId).toBe("driver-1");
    expect((await call(assignDeliveryTask, assignment)).data["repeated"]).toBe(true);
    expect(shop.done).toHaveLength(3);
  });
});

describe("advance_delivery_task", () => {
  test("takes the three steps at their endpoints, the code with the last alone", async () => {
    const { call, shop } = await deskWithTasks();
    await call(advanceDeliveryTask, { task_id: "task-1", action: "accept" });
    await call(advanceDeliveryTask, { task_id: "task-1", action: "pickup" });
    const { text } = await call(advanceDeliveryTask, {
      task_id: "task-1",
      action: "deliver",
      delivery_code: "123456",
    });
    expect(shop.done).toEqual([
      { name: "/delivery-tasks/task-1/accept", body: {} },
      { name: "/delivery-tasks/task-1/pickup", body: {} },
      { name: "/delivery-tasks/task-1/deliver", body: { deliveryCode: "123456" } },
    ]);
    expect(text).toBe("deliver done for delivery task-1.");
  });

  test("delivers nothing without the code, and says who tells it", async () => {
    const { call, shop } = await deskWithTasks();
    const failure = await failureOf(call(advanceDeliveryTask, { task_id: "task-1", action: "deliver" }));
    expect(failure).toMatchObject({
      code: "invalid_input",
      details: { fields: ["delivery_code"], hint: expect.stringContaining("customer") },
    });
    expect(shop.asked).toEqual([]);
  });

  test("takes no code with another step", async () => {
    const { call, shop } = await deskWithTasks();
    const args = { task_id: "task-1", action: "pickup", delivery_code: "123456" };
    const failure = await failureOf(call(advanceDeliveryTask, args));
    expect(failure).toMatchObject({ code: "invalid_input", details: { fields: ["delivery_code"] } });
    expect(shop.asked).toEqual([]);
  });

  test.each([...lostEndings, "500 before"] as const)(
    "is never sent a second time after %s, for no state of a task has a name",
    async (ending) => {
      const { call, shop } = await deskWithTasks();
      shop.ending = ending;
      const args = { task_id: "task-1", action: "pickup" };
      expect(await failureOf(call(advanceDeliveryTask, args))).toMatchObject({
        code: "outcome_unknown",
        details: { hint: expect.stringContaining("list_delivery_tasks") },
      });
      expect((await failureOf(call(advanceDeliveryTask, args))).code).toBe("outcome_unknown");
      expect(writesOf(shop.asked)).toBe(1);
    },
  );
});

describe("report_driver_location", () => {
  test("sends a position every time, also the same one under the same request_id", async () => {
    const { call, shop, ledger } = await openTakeoutDesk();
    const here = { lat: 39.9042, lng: 116.4074, request_id: "here" };
    await call(reportDriverLocation, here);
    await call(reportDriverLocation, here);
    const sent = { name: "/delivery-drivers/location", body: { latitude: 39.9042, longitude: 116.4074 } };
    expect(shop.done).toEqual([sent, sent]);
    expect(await ledger()).not.toContain("report_driver_location");
  });

  test("is not sent again by itself when its answer is lost", async () => {
    const { call, shop } = await openTakeoutDesk();
    shop.ending = "answer lost";
    const failure = await failureOf(call(reportDriverLocation, { lat: 39.9, lng: 116.4 }));
    expect(failure.code).toBe("outcome_unknown");
    expect(shop.done).toHaveLength(1);
  });

  test.each([
    ["lat", { lat: 90.1, lng: 0 }],
    ["lng", { lat: 0, lng: 180.1 }],
  ])("refuses a wrong %s and sends nothing", async (field, args) => {
    const { call, shop } = await openTakeoutDesk();
    const failure = await failureOf(call(reportDriverLocation, args));
    expect(failure).toMatchObject({ code: "invalid_input", details: { fields: [field] } });
    expect(shop.asked).toEqual([]);
  });
});
