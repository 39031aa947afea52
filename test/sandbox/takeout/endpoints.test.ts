import fc from "fast-check";
import { expect, test } from "vitest";
import { createShop } from "./direct-shop.ts";
import { runningTakeout, send } from "./running-takeout.ts";

const takeout = runningTakeout();

/** Every endpoint of the document, in its order; the last value says how it is called without a token. */
const documented = [
  ["POST /api/v1/auth/login", 400],
  ["POST /api/v1/auth/refresh", 400],
  ["POST /api/v1/auth/register", 400],
  ["POST /api/v1/auth/send-code", 400],
  ["GET /api/v1/merchants", 401],
  ["GET /api/v1/merchants/{id}", 401],
  ["POST /api/v1/merchants", 401],
  ["PUT /api/v1/merchants/{id}", 401],
  ["DELETE /api/v1/merchants/{id}", 401],
  ["GET /api/v1/dishes", 401],
  ["GET /api/v1/dishes/{id}", 401],
  ["POST /api/v1/dishes", 401],
  ["PUT /api/v1/dishes/{id}", 401],
  ["PATCH /api/v1/dishes/batch-status", 401],
  ["POST /api/v1/orders", 401],
  ["GET /api/v1/orders", 401],
  ["GET /api/v1/orders/{id}", 401],
  ["POST /api/v1/orders/{id}/accept", 401],
  ["POST /api/v1/orders/{id}/cooking", 401],
  ["POST /api/v1/orders/{id}/complete", 401],
  ["POST /api/v1/orders/{id}/cancel", 401],
  ["POST /api/v1/payments", 401],
  ["GET /api/v1/payments/{paymentNo}", 401],
  ["POST /api/v1/payments/callback/wechat", 400],
  ["POST /api/v1/refunds", 401],
  ["GET /api/v1/delivery-tasks", 401],
  ["POST /api/v1/delivery-tasks/{id}/assign", 401],
  ["POST /api/v1/delivery-tasks/{id}/accept", 401],
  ["POST /api/v1/delivery-tasks/{id}/pickup", 401],
  ["POST /api/v1/delivery-tasks/{id}/deliver", 401],
  ["POST /api/v1/delivery-drivers/location", 401],
  ["GET /api/v1/coupons", 401],
  ["POST /api/v1/coupons/{id}/receive", 401],
  ["GET /api/v1/user-coupons", 401],
  ["GET /api/v1/user-coupons/available", 401],
  ["POST /api/v1/reviews", 401],
  ["GET /api/v1/reviews", 400],
  ["POST /api/v1/reviews/{id}/reply", 401],
  ["GET /api/v1/statistics/merchant/overview", 401],
  ["GET /api/v1/statistics/platform/dashboard", 401],
  ["POST /api/v1/files/upload", 401],
] as const;

test("the vendor serves every endpoint of the document, by its own name, and no other", () => {
  const names = takeout().vendor.endpoints.map(({ name }) => name);
  expect(new Set(names)).toEqual(new Set(documented.map(([name]) => name)));
  expect(names).toHaveLength(documented.length);
  expect(takeout().vendor.socket?.name).toBe("WS /ws");
});

test.each(documented)("%s without token and fields is a %i in the envelope", async (name, status) => {
  const endpoint = name.replace("/api/v1", "").replace(/\{\w+\}/, "00000000-0000-4000-8000-000000000000");
  const answer = await send(takeout(), endpoint, name.startsWith("GET") ? {} : { body: {} });
  expect(answer).toMatchObject({ status, body: { success: false, code: status, errors: expect.any(Array) } });
  expect(takeout().requests.list().at(-1)).toMatchObject({ endpoint: name, status });
});

/** Values that fields of the document take, and worse. */
const value = fc.oneof(
  fc.constantFrom<unknown>(
    "wechat",
    "customer",
    "13800138000",
    38.5,
    1,
    -1,
    1e300,
    "",
    null,
    [],
    {},
    [[]],
    "x".repeat(999),
  ),
  fc.uuid(),
  fc.jsonValue(),
);
const fieldNames = [
  ...[
    "phone",
    "password",
    "loginType",
    "type",
    "refreshToken",
    "verificationCode",
    "nickname",
    "name",
    "logo",
  ],
  ...[
    "contactPhone",
    "merchantId",
    "storeId",
    "items",
    "specs",
    "tags",
    "price",
    "stock",
    "dishIds",
    "status",
  ],
  ...[
    "deliveryAddress",
    "couponId",
    "estimatedTime",
    "reason",
    "cancelBy",
    "orderId",
    "paymentMethod",
    "amount",
  ],
  ...["driverId", "deliveryCode", "latitude", "longitude", "rating", "images", "content", "replyContent"],
  ...["out_trade_no", "transaction_id", "total_fee", "result_code", "__proto__"],
];
const body = fc.oneof(
  fc.dictionary(fc.constantFrom(...fieldNames), value, { maxKeys: fieldNames.length }),
  fc.jsonValue(),
);

test("whatever comes as a body, the answer is one that the document knows", async () => {
  const shop = createShop();
  await shop.signIn();
  const known = [200, 201, 204, 400, 401, 403, 404, 409, 422];
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...shop.names), body, async (name, sent) => {
      expect(known).toContain((await shop.ask(name, "none", sent)).status);
    }),
    { numRuns: 3000 },
  );
});
