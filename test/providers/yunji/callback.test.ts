import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { eventKinds } from "../../../src/domain/event.ts";
import { callbackReader } from "../../../src/providers/yunji/callback.ts";

/** The samples of yunji.txt, 消息推送, as they stand there. */
const storeId = "0139d33c-5204-4a6a-8830-9947c6bee3c0";
const exceptionSample = `{
    "storeId": "0139d33c-5204-4a6a-8830-9947c6bee3c0",
    "orderSN": 223445452233,
    "taskId": "5a38d03a60b6286d9c544f58",
    "errorCode": 10086,
    "errorMsg": "出货失败",
    "createTime":1575629914274
}`;
const arrivedSample = `{
    "storeId": "0139d33c-5204-4a6a-8830-9947c6bee3c0",
    "orderSN": 223445452233,
    "taskId": "5a38d03a60b6286d9c544f58",
    "createTime":1575629914274
}`;

const fields = {
  storeId,
  orderSN: "223445452233",
  taskId: "5a38d03a60b6286d9c544f58",
  createTime: "1575629914274",
};
const told = {
  vendor: "yunji",
  occurredAt: "2019-12-06T10:58:34.274Z",
  subject: { orderSn: "223445452233", taskId: "5a38d03a60b6286d9c544f58", storeId },
};

const bytes = (text: string) => new TextEncoder().encode(text);
const form = (changes: Record<string, string> = {}) =>
  bytes(new URLSearchParams({ ...fields, ...changes }).toString());
const read = (body: Uint8Array, kind = "arrived") => callbackReader(storeId)(kind)?.(body);

describe("a push of the document", () => {
  test("of a failed task holds code and words of the failure", () => {
    const expected = {
      event: { ...told, kind: "task-exception", data: { errorCode: 10086, errorMsg: "出货失败" } },
    };
    expect(read(bytes(exceptionSample), "task-exception")).toEqual(expected);
    const asForm = form({ errorCode: "10086", errorMsg: "出货失败" });
    expect(read(asForm, "task-exception")).toEqual(expected);
  });

  test("of a failed task without code or words is kept all the same", () => {
    const expected = { event: { ...told, kind: "task-exception", data: {} } };
    expect(read(bytes(arrivedSample), "task-exception")).toEqual(expected);
    expect(read(form(), "task-exception")).toEqual(expected);
    const without = form({ errorCode: "", errorMsg: "" });
    expect(read(without, "task-exception")).toMatchObject({ event: { kind: "task-exception" } });
  });

  test.each(eventKinds.yunji)("of the kind %s is the same event as JSON and as a form", (kind) => {
    const expected = { event: { ...told, kind, data: {} } };
    expect(read(bytes(arrivedSample), kind)).toEqual(expected);
    expect(read(form(), kind)).toEqual(expected);
  });
});

test("every order number up to 2^63-1 keeps all its digits, in both forms", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }), (number) => {
      const orderSn = number.toString();
      const json = bytes(arrivedSample.replace("223445452233", orderSn));
      const expected = { event: { subject: { orderSn } } };
      expect(read(json)).toMatchObject(expected);
      expect(read(form({ orderSN: orderSn }))).toMatchObject(expected);
    }),
  );
});

test.each(["constructor", "exception", ""])(
  "a kind %j that the document does not have is not read",
  (kind) => {
    expect(read(form(), kind)).toBeUndefined();
  },
);

test("a push of another hotel is told as that", () => {
  expect(read(form({ storeId: "another" }))).toEqual({ refusal: "wrong_store" });
});

describe("malformed is", () => {
  test.each(Object.keys(fields))("a push without %s", (field) => {
    const rest = Object.fromEntries(Object.entries(fields).filter(([name]) => name !== field));
    expect(read(bytes(new URLSearchParams(rest).toString()))).toEqual({ refusal: "malformed" });
    expect(read(bytes(JSON.stringify(rest)))).toEqual({ refusal: "malformed" });
  });

  test.each([
    ["orderSN", "9223372036854775808"],
    ["orderSN", "99999999999999999999"],
    ["orderSN", "0"],
    ["orderSN", "-1"],
    ["orderSN", "1.5"],
    ["orderSN", "12a"],
    ["orderSN", ""],
    ["taskId", ""],
    ["taskId", "a\u0000b"],
    ["taskId", "x".repeat(201)],
    ["createTime", ""],
    ["createTime", "yesterday"],
    ["createTime", "-5"],
    ["createTime", "253402300800000"],
    ["createTime", "1e12"],
  ])("%s %j", (field, value) => {
    expect(read(form({ [field]: value }))).toEqual({ refusal: "malformed" });
    expect(read(bytes(JSON.stringify({ ...fields, [field]: value })))).toEqual({ refusal: "malformed" });
  });

  test("a field that comes twice", () => {
    expect(read(bytes(`${new TextDecoder().decode(form())}&orderSN=1`))).toEqual({ refusal: "malformed" });
  });

  test.each([
    ["in one form", "storeId"],
    ["in another spelling", "store\\u0049d"],
  ])("a member of JSON that comes twice, %s", (_, name) => {
    const [first = ""] = JSON.stringify(fields).split(/}$/);
    expect(read(bytes(`${first}}`))).toHaveProperty("event");
    expect(read(bytes(`${first},"${name}":"${fields.storeId}"}`))).toEqual({ refusal: "malformed" });
  });

  test.each([
    "",
    "{",
    "[]",
    "null",
    "{}",
    "hello",
    '{"orderSN":',
    "\u0000",
    "[".repeat(60_000),
    `{"a":${"[".repeat(60_000)}`,
  ])("a body such as %.20j", (body) => {
    expect(read(bytes(body))).toEqual({ refusal: "malformed" });
  });

  test("any bytes that no field is in, and none of them is a crash", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (body) => {
        expect(read(body)).toEqual({ refusal: "malformed" });
      }),
    );
  });
});

test("other plain fields come along as data, and no name becomes a prototype", () => {
  const body = bytes(`${new TextDecoder().decode(form())}&robotName=R2&__proto__=x&constructor=y`);
  expect(read(body)).toEqual({
    event: { ...told, kind: "arrived", data: { robotName: "R2", constructor: "y" } },
  });
});
