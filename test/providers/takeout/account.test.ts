import { afterEach, beforeEach, expect, test } from "vitest";
import { failureOf } from "../../support/failures.ts";
import {
  account,
  compact,
  sample,
  startTakeoutVendor,
  type TakeoutVendor,
} from "../../support/takeout-vendor.ts";
import { json } from "../../support/vendor-server.ts";

let vendor: TakeoutVendor;

beforeEach(async () => {
  vendor = await startTakeoutVendor();
});

afterEach(() => vendor.close());

const documentedUser = {
  phone: "13800138000",
  password: "password123",
  verificationCode: "123456",
  nickname: "张三",
};

test("POST /api/v1/auth/login sends the account and check needs nothing else", async () => {
  const check = await vendor.takeout.check();
  expect(vendor.server.requests).toMatchObject([
    {
      method: "POST",
      url: "/api/v1/auth/login",
      headers: { "Content-Type": "application/json" },
      body: compact("takeout/login-request.json"),
    },
  ]);
  expect(check).toMatchObject({ vendor: "takeout", clockSkewSeconds: expect.any(Number) });
});

test.each([
  ["refuses it", json(401, { success: false, code: 401, message: "x" }), "unauthorized"],
  ["refuses it in an envelope", json(200, { success: false, code: 400, message: "x" }), "unauthorized"],
  ["is elsewhere", json(404, {}), "not_found"],
  ["gives no token", json(200, { success: true, data: { expiresIn: 7200 } }), "bad_response"],
])(
  "POST /api/v1/auth/login that %s fails as %3$s and names no argument of a tool",
  async (_name, answer, code) => {
    vendor.server.answer(answer);
    const failure = await failureOf(vendor.takeout.orders.get("1"));
    expect([failure.code, failure.details.isUnsent]).toEqual([code, true]);
    expect(vendor.calls()).toEqual([]);
  },
);

test("POST /api/v1/auth/register sends the document's user and needs no token", async () => {
  vendor.answer(json(201, { success: true, code: 201, data: { id: "u-1", phone: "13800138000" } }));
  const created = await vendor.takeout.account.register(documentedUser);
  expect(created).toEqual({ id: "u-1", details: { id: "u-1", phone: "13800138000" } });
  expect(vendor.server.requests).toHaveLength(1);
  expect(vendor.calls()).toMatchObject([
    { method: "POST", url: "/api/v1/auth/register", body: compact("takeout/register-request.json") },
  ]);
  expect(Object.keys(vendor.calls()[0]?.headers ?? {})).not.toContain("Authorization");
});

test("POST /api/v1/auth/register that finds the phone taken is a conflict", async () => {
  vendor.answer(json(409, { success: false, code: 409, message: "手机号已注册" }));
  const failure = await failureOf(vendor.takeout.account.register(documentedUser));
  expect([failure.code, failure.details.vendorCode]).toEqual(["conflict", "409"]);
});

test("POST /api/v1/auth/send-code sends phone and type, needs no token and takes any success", async () => {
  await vendor.takeout.account.sendVerificationCode({ phone: account.phone, type: "register" });
  expect(vendor.server.requests).toMatchObject([
    { method: "POST", url: "/api/v1/auth/send-code", body: compact("takeout/send-code-request.json") },
  ]);
  expect(Object.keys(vendor.calls()[0]?.headers ?? {})).not.toContain("Authorization");
});

test("POST /api/v1/auth/send-code names the refused field and repeats nothing that the vendor says", async () => {
  vendor.answer((request, response) => sample("takeout/error.json")(request, response));
  const failure = await failureOf(
    vendor.takeout.account.sendVerificationCode({ phone: "1", type: "register" }),
  );
  expect(failure.code).toBe("invalid_input");
  expect(failure.details.fields).toEqual(["phone"]);
  expect(JSON.stringify([failure.message, failure.details])).not.toMatch(/手机号|参数错误/);
});

test("a user without a nickname or code is refused before anything is sent", async () => {
  const failure = await failureOf(
    vendor.takeout.account.register({ ...documentedUser, nickname: " ", verificationCode: "" }),
  );
  expect([failure.code, failure.details.fields]).toEqual([
    "invalid_input",
    ["verification_code", "nickname"],
  ]);
  expect(vendor.server.requests).toEqual([]);
});
