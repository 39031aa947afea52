import { afterEach, beforeEach, expect, test } from "vitest";
import { failureOf } from "../../support/failures.ts";
import { compact, sample, startTakeoutVendor, type TakeoutVendor } from "../../support/takeout-vendor.ts";
import { json } from "../../support/vendor-server.ts";

let vendor: TakeoutVendor;

beforeEach(async () => {
  vendor = await startTakeoutVendor();
});

afterEach(() => vendor.close());

test("GET /api/v1/dishes asks by merchant and category and keeps every digit of a price", async () => {
  vendor.answer(sample("takeout/dishes.json"));
  const query = {
    merchantId: "m/1",
    categoryId: "c-1",
    keyword: "鸡",
    status: "on_sale",
    pageIndex: 1,
    pageSize: 20,
  } as const;
  const page = await vendor.takeout.dishes.list(query);
  expect(vendor.calls()[0]).toMatchObject({
    method: "GET",
    url: "/api/v1/dishes?merchantId=m%2F1&categoryId=c-1&keyword=%E9%B8%A1&status=1&pageIndex=1&pageSize=20",
  });
  expect(page).toEqual({
    items: [
      {
        id: "uuid",
        name: "宫保鸡丁",
        description: "经典川菜",
        image: "https://...",
        priceYuan: "38.00",
        originalPriceYuan: "48.00",
        salesCount: 500,
        rating: 4.8,
        status: 1,
        saleStatus: "on_sale",
        tags: ["热销", "招牌菜"],
      },
    ],
    total: 100,
  });
});

test("GET /api/v1/dishes/{id} reads the dish with its specs", async () => {
  vendor.answer(sample("takeout/dish.json"));
  expect(await vendor.takeout.dishes.get("uuid")).toMatchObject({
    id: "uuid",
    priceYuan: "38.00",
    unit: "份",
    stock: 100,
    specs: [
      { id: "uuid", name: "大份", priceYuan: "48.00", stock: 50 },
      { id: "uuid", name: "小份", priceYuan: "28.00", stock: 50 },
    ],
  });
});

test("GET /api/v1/dishes/{id} reads a price that no float holds, and one that is sent as text", async () => {
  const dish =
    '{"success":true,"data":{"id":"1","name":"A","price":9007199254740993.07,"originalPrice":"0.10"}}';
  vendor.answer(json(200, dish));
  expect(await vendor.takeout.dishes.get("1")).toMatchObject({
    priceYuan: "9007199254740993.07",
    originalPriceYuan: "0.10",
    tags: [],
    specs: [],
    stock: null,
  });
});

test.each([
  [2, "off_sale"],
  [3, null],
  [null, null],
])("GET /api/v1/dishes/{id} reads the status %s as %s", async (status, saleStatus) => {
  vendor.answer(json(200, { success: true, data: { id: "1", name: "A", price: 1, status } }));
  expect(await vendor.takeout.dishes.get("1")).toMatchObject({ status, saleStatus });
});

test("POST /api/v1/dishes sends the document's dish byte for byte, 38.00 as 38.00", async () => {
  vendor.answer(json(201, { success: true, data: { dishId: "d-1" } }));
  const created = await vendor.takeout.dishes.create({
    merchantId: "uuid",
    categoryId: "uuid",
    name: "宫保鸡丁",
    description: "经典川菜",
    image: "https://...",
    priceYuan: "38.00",
    originalPriceYuan: "48.00",
    unit: "份",
    stock: 100,
    tags: ["热销", "招牌菜"],
    specs: [{ name: "大份", priceYuan: "48.00", stock: 50 }],
  });
  expect(created.id).toBe("d-1");
  expect(vendor.calls()).toMatchObject([
    { method: "POST", url: "/api/v1/dishes", body: compact("takeout/create-dish-request.json") },
  ]);
});

test("PUT /api/v1/dishes/{id} sends what is given and nothing else", async () => {
  const fields = { name: "宫保鸡丁", priceYuan: "38.00", stock: 100, status: "on_sale" } as const;
  await vendor.takeout.dishes.update("uuid", fields);
  expect(vendor.calls()).toMatchObject([
    { method: "PUT", url: "/api/v1/dishes/uuid", body: compact("takeout/update-dish-request.json") },
  ]);
});

test("PATCH /api/v1/dishes/batch-status sends 1 for on sale and 2 for off sale", async () => {
  await vendor.takeout.dishes.setStatus(["uuid1", "uuid2"], "on_sale");
  await vendor.takeout.dishes.setStatus(["uuid1"], "off_sale");
  expect(vendor.calls().map(({ method, url, body }) => [method, url, body])).toEqual([
    ["PATCH", "/api/v1/dishes/batch-status", compact("takeout/batch-status-request.json")],
    ["PATCH", "/api/v1/dishes/batch-status", '{"dishIds":["uuid1"],"status":2}'],
  ]);
});

test("prices and stocks that the document has no room for are refused before anything is sent", async () => {
  const { dishes } = vendor.takeout;
  const dish = { merchantId: "m", name: "A", priceYuan: "1" };
  const failures = await Promise.all([
    failureOf(dishes.create({ ...dish, priceYuan: "-1" })),
    failureOf(dishes.create({ ...dish, priceYuan: "1e3", originalPriceYuan: "0.001" })),
    failureOf(dishes.create({ ...dish, stock: -1, specs: [{ name: "", priceYuan: "x", stock: 0.5 }] })),
    failureOf(dishes.create({ name: "A" })),
    failureOf(dishes.update("uuid", {})),
    failureOf(dishes.setStatus([], "on_sale")),
    failureOf(dishes.setStatus(["a", ""], "on_sale")),
  ]);
  expect(failures.map(({ code, details }) => [code, details.fields])).toEqual([
    ["invalid_input", ["price_yuan"]],
    ["invalid_input", ["price_yuan", "original_price_yuan"]],
    ["invalid_input", ["stock", "specs[0].name", "specs[0].price_yuan", "specs[0].stock"]],
    ["invalid_input", ["merchant_id", "price_yuan"]],
    ["invalid_input", ["name"]],
    ["invalid_input", ["dish_ids"]],
    ["invalid_input", ["dish_ids[1]"]],
  ]);
  expect(vendor.server.requests).toEqual([]);
});
