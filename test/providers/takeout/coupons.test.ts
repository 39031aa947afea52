import { afterEach, beforeEach, expect, test } from "vitest";
import { failureOf } from "../../support/failures.ts";
import { sample, startTakeoutVendor, type TakeoutVendor } from "../../support/takeout-vendor.ts";
import { json } from "../../support/vendor-server.ts";

let vendor: TakeoutVendor;

beforeEach(async () => {
  vendor = await startTakeoutVendor();
});

afterEach(() => vendor.close());

const documentedCoupon = {
  id: "uuid",
  couponName: "满50减10",
  discountValueYuan: "10.00",
  minOrderAmountYuan: "50.00",
  status: 1,
  expiredAt: "2024-12-31T23:59:59Z",
};

test("GET /api/v1/coupons reads what coupons have in common and keeps the rest, money with its digits", async () => {
  const data =
    '{"items":[{"id":"c-1","name":"满50减10","status":1,"discountValue":10.00,"minOrderAmount":50,' +
    '"expiredAt":"2024-12-31T23:59:59","totalCount":9},{"id":2,"couponName":"B","discountValue":"八折"}]}';
  vendor.answer(json(200, `{"success":true,"data":${data}}`));
  const query = { merchantId: "m-1", status: 1, pageIndex: 1, pageSize: 20 };
  expect(await vendor.takeout.coupons.list(query)).toEqual({
    items: [
      {
        id: "c-1",
        name: "满50减10",
        discountValueYuan: "10.00",
        minOrderAmountYuan: "50",
        status: 1,
        expiredAt: "2024-12-31T23:59:59Z",
        details: { totalCount: 9 },
      },
      {
        id: "2",
        name: "B",
        discountValueYuan: null,
        minOrderAmountYuan: null,
        status: null,
        expiredAt: null,
        details: { discountValueYuan: "八折" },
      },
    ],
  });
  expect(vendor.calls()[0]).toMatchObject({
    method: "GET",
    url: "/api/v1/coupons?merchantId=m-1&status=1&pageIndex=1&pageSize=20",
  });
});

test("POST /api/v1/coupons/{id}/receive has no body and gives what came back", async () => {
  vendor.answer(json(200, { success: true, data: { userCouponId: "uc-1" } }));
  expect((await vendor.takeout.coupons.claim("c-1")).id).toBe("uc-1");
  expect(vendor.calls()).toMatchObject([{ method: "POST", url: "/api/v1/coupons/c-1/receive", body: "" }]);
});

test("GET /api/v1/user-coupons reads the user's coupons", async () => {
  vendor.answer(sample("takeout/user-coupons.json"));
  const page = await vendor.takeout.coupons.listOwn({ status: 1, pageIndex: 1, pageSize: 20 });
  expect(page).toEqual({ items: [documentedCoupon] });
  expect(vendor.calls()[0]?.url).toBe("/api/v1/user-coupons?status=1&pageIndex=1&pageSize=20");
});

test("GET /api/v1/user-coupons/available asks with the amount as it is written", async () => {
  vendor.answer(sample("takeout/user-coupons.json"));
  const query = { merchantId: "m-1", amountYuan: "76.00" };
  expect((await vendor.takeout.coupons.listAvailable(query)).items).toEqual([documentedCoupon]);
  expect(vendor.calls()[0]?.url).toBe("/api/v1/user-coupons/available?merchantId=m-1&amount=76.00");
});

test("an empty merchant and a negative amount are refused before anything is sent", async () => {
  const failure = await failureOf(vendor.takeout.coupons.listAvailable({ merchantId: "", amountYuan: "-1" }));
  expect([failure.code, failure.details.fields]).toEqual(["invalid_input", ["merchant_id", "amount_yuan"]]);
  expect(vendor.server.requests).toEqual([]);
});
