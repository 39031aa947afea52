import { beforeEach, describe, expect, test } from "vitest";
import { type Client, holdings, login, runningTakeout, send, signIn } from "./running-takeout.ts";
import { cookingOrder, paidOrder } from "./shopping.ts";

const takeout = runningTakeout();
let client: Client;
beforeEach(async () => {
  client = await signIn(takeout());
});

const unknownId = "00000000-0000-4000-8000-000000000000";

/** The driver of a task of the days before: that is where an agent finds one. */
async function someDriver(): Promise<string> {
  const { items } = (await client.send("GET /delivery-tasks?status=5&pageSize=100")).data;
  return items.find(({ driverName }: { driverName: string }) => driverName === "陈志强").driverId;
}

async function drivers(): Promise<{ id: string; name: string; isOnDuty: boolean }[]> {
  return (await holdings(takeout())).drivers;
}

async function readTask(taskId: string) {
  const { items } = (await client.send("GET /delivery-tasks?pageSize=100")).data;
  return items.find(({ id }: { id: string }) => id === taskId);
}

describe("GET /api/v1/delivery-tasks", () => {
  test("shows a task from the moment the merchant has accepted, with its code", async () => {
    const { orderId, orderNo } = await paidOrder(client);
    const before = (await client.send("GET /delivery-tasks")).data.totalCount;
    await client.send(`POST /orders/${orderId}/accept`, { estimatedTime: 30 });
    const { data } = await client.send("GET /delivery-tasks?status=&driverId=&pageIndex=1&pageSize=20");
    expect(data.totalCount).toBe(before + 1);
    expect(data.items[0]).toMatchObject({
      orderId,
      orderNo,
      merchantName: "美味餐厅",
      pickupAddress: "广州市天河区体育东路88号",
      deliveryAddress: { address: "广州市天河区体育东路1号" },
      driverId: null,
      status: 1,
      statusText: "待分配",
      deliveryCode: expect.stringMatching(/^\d{6}$/),
      createdAt: "2026-04-14T02:00:00Z",
    });
  });

  test("filters by status and driver", async () => {
    const driverId = await someDriver();
    const of = async (query: string) => (await client.send(`GET /delivery-tasks?pageSize=100&${query}`)).data;
    const mine = await of(`driverId=${driverId}`);
    expect(mine.totalCount).toBeGreaterThan(0);
    expect(new Set(mine.items.map((task: { driverId: string }) => task.driverId))).toEqual(
      new Set([driverId]),
    );
    expect((await of("status=1")).items).toMatchObject([{ statusText: "待分配" }]);
    expect((await client.send("GET /delivery-tasks?driverId=me")).status).toBe(400);
    expect((await client.send("GET /delivery-tasks?status=0")).status).toBe(400);
  });
});

describe("the way to the door", () => {
  test("goes assign, accept, pickup, deliver, and completes the order", async () => {
    const { orderId, task } = await cookingOrder(client);
    const steps: [string, unknown?][] = [
      ["assign", { driverId: await someDriver() }],
      ["accept"],
      ["pickup"],
      ["deliver", { deliveryCode: task.deliveryCode }],
    ];
    const statuses = [];
    for (const [step, body] of steps) {
      takeout().clock.advance(60);
      const { status, data } = await client.send(`POST /delivery-tasks/${task.id}/${step}`, body);
      statuses.push([status, data.status, data.driverName]);
    }
    expect(statuses).toEqual([
      [200, 2, "陈志强"],
      [200, 3, "陈志强"],
      [200, 4, "陈志强"],
      [200, 5, "陈志强"],
    ]);
    expect(await readTask(task.id)).toMatchObject({
      assignedAt: "2026-04-14T02:01:00Z",
      acceptedAt: "2026-04-14T02:02:00Z",
      pickedUpAt: "2026-04-14T02:03:00Z",
      deliveredAt: "2026-04-14T02:04:00Z",
    });
    const { status, timeline } = (await client.send(`GET /orders/${orderId}`)).data;
    expect(status).toBe(5);
    expect(timeline.map((entry: { status: string }) => entry.status).slice(-3)).toEqual([
      "picked_up",
      "delivered",
      "completed",
    ]);
  });

  test("a wrong code is a 422 that names it, a malformed or missing one a 400, and nothing moves", async () => {
    const { orderId, task } = await cookingOrder(client);
    await client.send(`POST /delivery-tasks/${task.id}/assign`, { driverId: await someDriver() });
    await client.send(`POST /delivery-tasks/${task.id}/accept`);
    await client.send(`POST /delivery-tasks/${task.id}/pickup`);
    const deliver = (body: unknown) => client.send(`POST /delivery-tasks/${task.id}/deliver`, body);
    const wrong = String((Number(task.deliveryCode) + 1) % 1_000_000).padStart(6, "0");
    for (const [deliveryCode, status] of [
      [wrong, 422],
      ["12345", 400],
      [Number(task.deliveryCode), 400],
      [undefined, 400],
    ] as const) {
      expect(await deliver({ deliveryCode })).toMatchObject({
        status,
        body: { errors: [{ field: "deliveryCode" }] },
      });
    }
    expect((await readTask(task.id)).status).toBe(4);
    expect((await client.send(`GET /orders/${orderId}`)).data.status).toBe(4);
  });

  test("no step comes before the one before it", async () => {
    const { task } = await cookingOrder(client);
    const step = async (name: string, body?: unknown) =>
      (await client.send(`POST /delivery-tasks/${task.id}/${name}`, body)).status;
    const code = { deliveryCode: task.deliveryCode };
    const driver = { driverId: await someDriver() };
    expect([await step("accept"), await step("pickup"), await step("deliver", code)]).toEqual([
      422, 422, 422,
    ]);
    await step("assign", driver);
    expect([await step("pickup"), await step("deliver", code), await step("assign", driver)]).toEqual([
      422, 422, 200,
    ]);
    await step("accept");
    expect([await step("accept"), await step("deliver", code), await step("assign", driver)]).toEqual([
      422, 422, 422,
    ]);
    await step("pickup");
    expect([await step("pickup"), await step("deliver", code), await step("deliver", code)]).toEqual([
      422, 200, 422,
    ]);
  });

  test("nothing is picked up before the kitchen has started", async () => {
    const { orderId } = await paidOrder(client);
    await client.send(`POST /orders/${orderId}/accept`, { estimatedTime: 30 });
    const [task] = (await client.send("GET /delivery-tasks")).data.items;
    await client.send(`POST /delivery-tasks/${task.id}/assign`, { driverId: await someDriver() });
    await client.send(`POST /delivery-tasks/${task.id}/accept`);
    expect((await client.send(`POST /delivery-tasks/${task.id}/pickup`)).status).toBe(422);
    await client.send(`POST /orders/${orderId}/cooking`);
    expect((await client.send(`POST /delivery-tasks/${task.id}/pickup`)).status).toBe(200);
  });

  test("an unknown or off-duty driver is a 422 that names it; an unknown task a 404", async () => {
    const { task } = await cookingOrder(client);
    const resting = (await drivers()).find(({ isOnDuty }) => !isOnDuty);
    for (const driverId of [unknownId, resting?.id]) {
      expect(await client.send(`POST /delivery-tasks/${task.id}/assign`, { driverId })).toMatchObject({
        status: 422,
        body: { errors: [{ field: "driverId" }] },
      });
    }
    expect((await client.send(`POST /delivery-tasks/${unknownId}/accept`)).status).toBe(404);
  });

  test.each([
    ["complete", undefined],
    ["cancel", { reason: "用户取消", cancelBy: "customer" }],
  ])("the order's own %s ends a task that nobody has taken", async (step, body) => {
    const { orderId, task } = await cookingOrder(client);
    await client.send(`POST /orders/${orderId}/${step}`, body);
    expect((await readTask(task.id)).statusText).toBe("已取消");
    expect((await client.send(`POST /delivery-tasks/${task.id}/accept`)).status).toBe(422);
  });
});

describe("POST /api/v1/delivery-drivers/location", () => {
  const position = { latitude: 39.9042, longitude: 116.4074 };

  test("keeps where the driver who is signed in is, for all to see", async () => {
    const { task } = await cookingOrder(client);
    const [self] = await drivers();
    await client.send(`POST /delivery-tasks/${task.id}/assign`, { driverId: self?.id });
    expect((await client.send("POST /delivery-drivers/location", position)).status).toBe(200);
    expect(await readTask(task.id)).toMatchObject({
      driverName: "张三",
      driverLocation: { ...position, updatedAt: "2026-04-14T02:00:00Z" },
    });
  });

  test("refuses coordinates that are none by name", async () => {
    expect(
      await client.send("POST /delivery-drivers/location", { latitude: 90.1, longitude: "116" }),
    ).toMatchObject({
      status: 400,
      body: { errors: [{ field: "latitude" }, { field: "longitude" }] },
    });
  });

  test("of someone who is no driver is a 403", async () => {
    const phone = "13800138111";
    await send(takeout(), "POST /auth/send-code", { body: { phone, type: "register" } });
    const { code: verificationCode } = (await holdings(takeout())).verificationCodes.at(-1);
    const user = { phone, password: "password123", nickname: "李四", verificationCode };
    await send(takeout(), "POST /auth/register", { body: user });
    const { accessToken: token } = (await login(takeout(), { ...user, loginType: "customer" })).data;
    expect((await send(takeout(), "POST /delivery-drivers/location", { token, body: position })).status).toBe(
      403,
    );
  });
});
