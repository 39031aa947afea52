import { afterEach, beforeEach, expect, test } from "vitest";
import { failureOf } from "../../support/failures.ts";
import { compact, startTakeoutVendor, type TakeoutVendor } from "../../support/takeout-vendor.ts";
import { json } from "../../support/vendor-server.ts";

let vendor: TakeoutVendor;

beforeEach(async () => {
  vendor = await startTakeoutVendor();
});

afterEach(() => vendor.close());

const sent = () => vendor.calls().map(({ method, url, body }) => [method, url, body]);

test("GET /api/v1/delivery-tasks reads what tasks have in common and keeps the rest", async () => {
  const items = [
    { id: 1, orderId: "o-1", driverId: null, status: 0, statusText: "待分配", deliveryFee: 5.5 },
    { id: "t-2", status: "assigned", pickedUpAt: "2024-01-01T12:30:00Z" },
  ];
  vendor.answer(json(200, { success: true, data: { items, totalCount: 2 } }));
  const query = { status: 0, driverId: "d-1", pageIndex: 1, pageSize: 20 };
  expect(await vendor.takeout.delivery.list(query)).toEqual({
    items: [
      {
        id: "1",
        orderId: "o-1",
        driverId: null,
        status: 0,
        statusText: "待分配",
        details: { deliveryFeeYuan: "5.5" },
      },
      {
        id: "t-2",
        orderId: null,
        driverId: null,
        status: null,
        statusText: null,
        details: { status: "assigned", pickedUpAt: "2024-01-01T12:30:00Z" },
      },
    ],
    total: 2,
  });
  expect(sent()).toEqual([
    ["GET", "/api/v1/delivery-tasks?status=0&driverId=d-1&pageIndex=1&pageSize=20", ""],
  ]);
});

test("GET /api/v1/delivery-tasks reads a list without pages too", async () => {
  vendor.answer(json(200, { success: true, data: [{ id: "t-1" }] }));
  const page = await vendor.takeout.delivery.list({ pageIndex: 1, pageSize: 20 });
  expect(page.items.map(({ id }) => id)).toEqual(["t-1"]);
  expect(page).not.toHaveProperty("total");
});

test("GET /api/v1/delivery-tasks gives money its unit and times their offset, however deep they are", async () => {
  const order = {
    totalAmount: 71.0,
    createdAt: "2024-01-01T12:00:00",
    lines: [{ price: "38.00", name: "createdAt" }],
  };
  const task = {
    id: "t-1",
    order,
    deliveredAt: "bald",
    notes: ["2024-01-01T12:00:00"],
    amount: { value: 1 },
  };
  vendor.answer(json(200, { success: true, data: [task] }));
  const { items } = await vendor.takeout.delivery.list({ pageIndex: 1, pageSize: 20 });
  expect(items[0]?.details).toEqual({
    order: {
      totalAmountYuan: "71",
      createdAt: "2024-01-01T12:00:00Z",
      lines: [{ priceYuan: "38.00", name: "createdAt" }],
    },
    deliveredAt: "bald",
    notes: ["2024-01-01T12:00:00"],
    amount: { value: 1 },
  });
});

test("POST /api/v1/delivery-tasks/{id}/assign names the driver", async () => {
  await vendor.takeout.delivery.assign("t-1", "uuid");
  expect(sent()).toEqual([
    ["POST", "/api/v1/delivery-tasks/t-1/assign", compact("takeout/assign-request.json")],
  ]);
});

test("POST /api/v1/delivery-tasks/{id}/accept has no body", async () => {
  await vendor.takeout.delivery.accept("t-1");
  expect(sent()).toEqual([["POST", "/api/v1/delivery-tasks/t-1/accept", ""]]);
});

test("POST /api/v1/delivery-tasks/{id}/pickup has no body", async () => {
  await vendor.takeout.delivery.pickUp("t-1");
  expect(sent()).toEqual([["POST", "/api/v1/delivery-tasks/t-1/pickup", ""]]);
});

test("POST /api/v1/delivery-tasks/{id}/deliver sends the code where there is one", async () => {
  await vendor.takeout.delivery.deliver("t-1", "123456");
  await vendor.takeout.delivery.deliver("t-2", undefined);
  expect(sent()).toEqual([
    ["POST", "/api/v1/delivery-tasks/t-1/deliver", compact("takeout/deliver-request.json")],
    ["POST", "/api/v1/delivery-tasks/t-2/deliver", "{}"],
  ]);
});

test("POST /api/v1/delivery-drivers/location is sent every time", async () => {
  await vendor.takeout.delivery.reportLocation({ lat: 39.9042, lng: 116.4074 });
  await vendor.takeout.delivery.reportLocation({ lat: 39.9042, lng: 116.4074 });
  const once = ["POST", "/api/v1/delivery-drivers/location", compact("takeout/location-request.json")];
  expect(sent()).toEqual([once, once]);
});

test("positions off the globe, an empty driver and an empty code are refused before anything is sent", async () => {
  const { delivery } = vendor.takeout;
  const failures = await Promise.all([
    failureOf(delivery.reportLocation({ lat: -90.5, lng: 0 })),
    failureOf(delivery.reportLocation({ lat: 0, lng: 180.5 })),
    failureOf(delivery.assign("t-1", "")),
    failureOf(delivery.deliver("t-1", " ")),
  ]);
  expect(failures.map(({ code, details }) => [code, details.fields])).toEqual([
    ["invalid_input", ["lat"]],
    ["invalid_input", ["lng"]],
    ["invalid_input", ["driver_id"]],
    ["invalid_input", ["delivery_code"]],
  ]);
  expect(vendor.server.requests).toEqual([]);
});
