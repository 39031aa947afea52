import fc from "fast-check";
import { expect, test } from "vitest";
import { readMessage } from "../../../src/providers/takeout/socket-message.ts";
import { fixture } from "../../support/fixture.ts";

const read = (message: unknown) =>
  readMessage(Buffer.from(typeof message === "string" ? message : JSON.stringify(message)));
const timestamp = "2024-01-01T12:00:00Z";

test("order.new is an event about the document's order", () => {
  expect(read(fixture("takeout/order-new-message.json"))).toEqual({
    vendor: "takeout",
    kind: "order.new",
    occurredAt: "2024-01-01T12:00:00Z",
    subject: { takeoutOrderId: "uuid", orderNo: "202401010001", merchantId: "uuid" },
    data: {},
  });
});

test("order.status keeps what it tells beside the order", () => {
  const data = { orderId: "o-1", status: 3, statusText: "制作中" };
  expect(read({ topic: "order.status", data, timestamp })).toMatchObject({
    kind: "order.status",
    subject: { takeoutOrderId: "o-1" },
    data: { status: 3, statusText: "制作中" },
  });
});

test("delivery.location is about task and driver, by either name of the task", () => {
  const data = { taskId: "t-1", driverId: "d-1", latitude: 39.9042, longitude: 116.4074 };
  expect(read({ topic: "delivery.location", data, timestamp })).toMatchObject({
    subject: { deliveryTaskId: "t-1", driverId: "d-1" },
    data: { latitude: 39.9042, longitude: 116.4074 },
  });
  const both = { taskId: "t-1", deliveryTaskId: "t-2" };
  expect(read({ topic: "delivery.location", data: both, timestamp })).toMatchObject({
    subject: { deliveryTaskId: "t-2" },
    data: { taskId: "t-1" },
  });
});

test("payment.success keeps 64-bit numbers and money exactly", () => {
  const message = `{"topic":"payment.success","data":{"paymentNo":9007199254740993,"amount":71.00},"timestamp":"${timestamp}"}`;
  expect(read(message)).toMatchObject({
    subject: { paymentNo: "9007199254740993" },
    data: { amountYuan: "71.00" },
  });
});

test.each([
  ["2024-01-01T20:00:00+08:00", "2024-01-01T20:00:00+08:00"],
  ["2024-01-01T12:00:00.1234567Z", "2024-01-01T12:00:00.1234567Z"],
  ["2024-01-01T12:00:00", "2024-01-01T12:00:00Z"],
])("the time %s comes as %s", (given, told) => {
  expect(read({ topic: "order.new", data: {}, timestamp: given })).toMatchObject({ occurredAt: told });
});

test("the data of a message have units and offsets as every answer has", () => {
  const data = { paidAt: "2024-01-01T12:05:00", order: { actualAmount: 71 } };
  expect(read({ topic: "payment.success", data, timestamp })).toMatchObject({
    data: { paidAt: "2024-01-01T12:05:00Z", order: { actualAmountYuan: "71" } },
  });
});

test("what is in an identifier's place and names nothing stays in the data", () => {
  const data = { orderId: { id: 1 }, orderNo: "", merchantId: null };
  expect(read({ topic: "order.new", data, timestamp })).toMatchObject({ subject: {}, data });
});

test.each([
  ["no JSON", "order.new"],
  ["a list", "[]"],
  ["null", "null"],
  ["without data", { topic: "order.new", timestamp }],
  ["with data that is a list", { topic: "order.new", data: [1], timestamp }],
  ["without a time", { topic: "order.new", data: {} }],
  ["with a time that is none", { topic: "order.new", data: {}, timestamp: "gestern" }],
  ["with a thirteenth month", { topic: "order.new", data: {}, timestamp: "2024-13-01T12:00:00Z" }],
  ["on a day that its month has not", { topic: "order.new", data: {}, timestamp: "2024-02-30T12:00:00Z" }],
  ["of the year 10000", { topic: "order.new", data: {}, timestamp: "9999-12-31T23:59:59-01:00" }],
  ["about a broken identifier", { topic: "order.new", data: { orderId: "a\u0000b" }, timestamp }],
  ["about a line break", { topic: "order.new", data: { taskId: "a\nb" }, timestamp }],
  ["about an identifier too long", { topic: "order.new", data: { driverId: "x".repeat(201) }, timestamp }],
  ["without a topic", { data: {}, timestamp }],
])("a message that is %s is malformed", (_name, message) => {
  expect(read(message)).toBe("malformed");
});

test("broken UTF-8 is malformed, and a topic that nobody asked for is unknown", () => {
  expect(readMessage(new Uint8Array([0x7b, 0xff, 0x7d]))).toBe("malformed");
  expect(read({ topic: "order.gone", data: {}, timestamp })).toBe("unknown_topic");
});

const isIdLength = (length: number) => length >= 1 && length <= 200;

test("no message brings the reading to fall, and every event is about something of ours", () => {
  const bent = fc.record(
    {
      topic: fc.oneof(fc.constant("order.new"), fc.json()),
      data: fc.jsonValue(),
      timestamp: fc.constant(timestamp),
    },
    { requiredKeys: [] },
  );
  const anyBytes = fc.oneof(
    fc.uint8Array(),
    bent.map((message) => new Uint8Array(Buffer.from(JSON.stringify(message)))),
  );
  fc.assert(
    fc.property(anyBytes, (bytes) => {
      const event = readMessage(bytes);
      if (typeof event === "string") return;
      expect(event.kind).toBe("order.new");
      for (const id of Object.values(event.subject)) expect(id.length).toSatisfy(isIdLength);
    }),
  );
});
