import { beforeEach, describe, expect, test } from "vitest";
import { credentialsOf } from "../../../src/sandbox/takeout/seed/people.ts";
import { seedTenants } from "../../../src/sandbox/takeout/seed/tenants.ts";
import { startedAt } from "../running-sandbox.ts";
import { type Client, runningTakeout, send, signIn } from "./running-takeout.ts";
import { findDish, findMerchant, placeOrder } from "./shopping.ts";

const takeout = runningTakeout();
let client: Client;
beforeEach(async () => {
  client = await signIn(takeout());
});

const unknownId = "00000000-0000-4000-8000-000000000000";

describe("GET /api/v1/merchants", () => {
  test("answers a page of the document's fields, the newest first", async () => {
    const { status, data } = await client.send("GET /merchants?pageIndex=1&pageSize=20&keyword=&status=1");
    expect(status).toBe(200);
    expect(data).toMatchObject({ totalCount: 3, pageIndex: 1, pageSize: 20, totalPages: 1 });
    expect(data.items.map(({ name }: { name: string }) => name)).toEqual([
      "大漠烤肉",
      "粤香茶餐厅",
      "美味餐厅",
    ]);
    expect(data.items[2]).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      name: "美味餐厅",
      logo: expect.stringMatching(/^https:/),
      rating: expect.any(Number),
      totalSales: expect.any(Number),
      status: 1,
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    });
  });

  test("pages, sorts and counts as the document says", async () => {
    const page = async (query: string) => (await client.send(`GET /merchants?${query}`)).data;
    const second = await page("pageIndex=2&pageSize=2");
    expect(second).toMatchObject({ items: [{ name: "美味餐厅" }], totalCount: 3, totalPages: 2 });
    expect((await page("pageIndex=3&pageSize=2")).items).toEqual([]);
    expect((await page("sortBy=createdAt&sortOrder=asc&pageSize=1")).items[0].name).toBe("美味餐厅");
    expect((await page("keyword=%E7%B2%A4%E9%A6%99")).totalCount).toBe(1);
    expect((await page("status=2")).totalCount).toBe(0);
  });

  test.each([
    ["pageIndex=0", "pageIndex"],
    ["pageIndex=one", "pageIndex"],
    ["pageSize=101", "pageSize"],
    ["pageSize=-1", "pageSize"],
    ["sortBy=password", "sortBy"],
    ["sortOrder=up", "sortOrder"],
    ["status=open", "status"],
  ])("refuses %s by name", async (query, field) => {
    expect(await client.send(`GET /merchants?${query}`)).toMatchObject({
      status: 400,
      body: { success: false, code: 400, errors: [{ field }] },
    });
  });
});

describe("a merchant", () => {
  const fields = {
    name: "新店",
    logo: "https://cdn.example.com/logo.png",
    description: "刚开业",
    contactPhone: "400-123-4567",
    contactPerson: "张三",
    businessLicense: "91110000MA00000000",
  };

  test("GET /api/v1/merchants/{id} has its stores", async () => {
    const { merchant } = await findMerchant(client);
    expect(merchant).toMatchObject({
      name: "美味餐厅",
      description: "专注美食20年",
      contactPhone: "400-123-4567",
      stores: [
        {
          id: expect.any(String),
          name: "总店",
          address: "广州市天河区体育东路88号",
          phone: expect.any(String),
        },
        { name: "珠吉店" },
      ],
    });
  });

  test("is created, updated in part and deleted, and each is seen by reading", async () => {
    const created = await client.send("POST /merchants", fields);
    expect(created).toMatchObject({ status: 201, body: { code: 201, data: { ...fields, stores: [] } } });
    const { id } = created.data;
    const updated = await client.send(`PUT /merchants/${id}`, { name: "老店" });
    expect(updated).toMatchObject({ status: 200, data: { ...fields, name: "老店" } });
    expect((await client.send(`GET /merchants/${id}`)).data).toEqual(updated.data);
    expect(await client.send(`DELETE /merchants/${id}`)).toMatchObject({ status: 204, text: "" });
    expect((await client.send(`GET /merchants/${id}`)).status).toBe(404);
    expect((await client.send(`DELETE /merchants/${id}`)).status).toBe(404);
  });

  test("with malformed fields is a 400 that names each", async () => {
    const { status, body } = await client.send("POST /merchants", {
      ...fields,
      name: "",
      logo: "x",
      contactPhone: 4,
    });
    expect(status).toBe(400);
    expect(body.errors.map(({ field }: { field: string }) => field).sort()).toEqual([
      "contactPhone",
      "logo",
      "name",
    ]);
  });

  test("with an unfinished order cannot be deleted", async () => {
    const { merchant } = await findMerchant(client);
    await placeOrder(client);
    expect((await client.send(`DELETE /merchants/${merchant.id}`)).status).toBe(409);
    expect((await client.send(`GET /merchants/${merchant.id}`)).status).toBe(200);
  });

  test("of another tenant is not there", async () => {
    const neighbour = credentialsOf("neighbour", 1);
    const [, { id: tenantId, records }] = seedTenants({ seed: 1, startedAt });
    const headers = { "x-tenant-id": tenantId };
    const body = { ...neighbour, loginType: "merchant" };
    const { data } = await send(takeout(), "POST /auth/login", { body, headers });
    const token = data.accessToken;
    const theirs = await send(takeout(), "GET /merchants", { token, headers });
    expect(theirs.data.items).toMatchObject([{ id: records.merchants[0]?.id, name: "隔壁面馆" }]);
    expect((await client.send(`GET /merchants/${theirs.data.items[0].id}`)).status).toBe(404);
    const { merchant } = await findMerchant(client);
    expect((await send(takeout(), `GET /merchants/${merchant.id}`, { token, headers })).status).toBe(404);
    expect((await send(takeout(), `GET /merchants/${merchant.id}`, { token })).status).toBe(403);
  });
});

describe("dishes", () => {
  test("GET /api/v1/dishes shows money with both places", async () => {
    const { merchant } = await findMerchant(client);
    const { text, data } = await client.send(
      `GET /dishes?merchantId=${merchant.id}&categoryId=&keyword=%E5%AE%AB%E4%BF%9D&status=1&pageIndex=1&pageSize=20`,
    );
    expect(data).toMatchObject({
      totalCount: 1,
      items: [{ name: "宫保鸡丁", price: 38, originalPrice: 48, status: 1, tags: ["热销", "招牌菜"] }],
    });
    expect(text).toContain('"price":38.00,"originalPrice":48.00');
  });

  test("GET /api/v1/dishes/{id} has specs and stock", async () => {
    expect(await findDish(client)).toMatchObject({
      unit: "份",
      stock: 100,
      specs: [
        { id: expect.any(String), name: "大份", price: 48, stock: expect.any(Number) },
        { name: "小份", price: 28, stock: expect.any(Number) },
      ],
    });
    expect((await client.send(`GET /dishes/${unknownId}`)).status).toBe(404);
  });

  test("GET /api/v1/dishes filters by merchant, category and status", async () => {
    const { merchant, dishes } = await findMerchant(client);
    const total = async (query: string) => (await client.send(`GET /dishes?${query}`)).data.totalCount;
    expect(await total("")).toBe(13);
    expect(await total(`merchantId=${merchant.id}`)).toBe(5);
    expect(await total(`categoryId=${dishes[0].categoryId}`)).toBeLessThan(5);
    expect(await total("status=2")).toBe(0);
    expect(await total(`merchantId=${unknownId}`)).toBe(0);
  });

  async function newDish(fields: Record<string, unknown> = {}) {
    const { merchant, dishes } = await findMerchant(client);
    return client.send("POST /dishes", {
      merchantId: merchant.id,
      categoryId: dishes[0].categoryId,
      name: "夫妻肺片",
      description: "经典川菜",
      image: "https://cdn.example.com/a.jpg",
      price: 36.5,
      originalPrice: 46.05,
      unit: "份",
      stock: 20,
      tags: ["新品"],
      specs: [{ name: "大份", price: 46.5, stock: 10 }],
      ...fields,
    });
  }

  test("POST /api/v1/dishes creates one that reads back exactly", async () => {
    const created = await newDish();
    expect(created.status).toBe(201);
    expect(created.text).toContain('"price":36.50,"originalPrice":46.05');
    const read = await client.send(`GET /dishes/${created.data.id}`);
    expect(read.data).toEqual(created.data);
    expect(read.text).toContain('"name":"大份","price":46.50,"stock":10');
  });

  test.each([
    ["a third place", { price: 36.505 }, "price"],
    ["a negative price", { price: -1 }, "price"],
    ["a price of nothing", { price: 0 }, "price"],
    ["a price in quotes", { price: "36.50" }, "price"],
    ["a stock with a fraction", { stock: 1.5 }, "stock"],
    ["a spec without a price", { specs: [{ name: "大份" }] }, "specs[0].price"],
    ["a tag that is no text", { tags: ["a", 1] }, "tags[1]"],
    ["a merchant that is no UUID", { merchantId: "m1" }, "merchantId"],
  ])("POST /api/v1/dishes refuses %s by name", async (_, fields, field) => {
    expect(await newDish(fields)).toMatchObject({ status: 400, body: { errors: [{ field }] } });
  });

  test("POST /api/v1/dishes of an unknown merchant is a 422", async () => {
    expect(await newDish({ merchantId: unknownId })).toMatchObject({
      status: 422,
      body: { errors: [{ field: "merchantId" }] },
    });
  });

  test("PUT /api/v1/dishes/{id} changes what it names and leaves the rest", async () => {
    const before = await findDish(client);
    const changes = { name: "宫保鸡丁（新）", price: 39.9, stock: 7, status: 2 };
    const { status, data } = await client.send(`PUT /dishes/${before.id}`, changes);
    expect(status).toBe(200);
    expect(data).toEqual({ ...before, ...changes });
  });

  test("PUT /api/v1/dishes/{id} keeps the identifier of a spec whose name stays", async () => {
    const before = await findDish(client);
    const specs = [
      { name: "小份", price: 29.0 },
      { name: "特大", price: 58.0, stock: 5 },
    ];
    const { data } = await client.send(`PUT /dishes/${before.id}`, { specs });
    expect(data.specs).toEqual([
      { ...before.specs[1], price: 29 },
      { id: expect.any(String), name: "特大", price: 58, stock: 5 },
    ]);
  });

  test("PATCH /api/v1/dishes/batch-status sets all of them or none", async () => {
    const { dishes } = await findMerchant(client);
    const dishIds = dishes.slice(0, 2).map(({ id }: { id: string }) => id);
    const patch = (ids: string[], status: unknown) =>
      client.send("PATCH /dishes/batch-status", { dishIds: ids, status });
    expect(await patch([...dishIds, unknownId], 2)).toMatchObject({
      status: 422,
      body: { errors: [{ field: "dishIds[2]" }] },
    });
    expect((await client.send("GET /dishes?status=2")).data.totalCount).toBe(0);
    expect(await patch(dishIds, 2)).toMatchObject({ status: 200, data: { updatedCount: 2 } });
    expect((await client.send("GET /dishes?status=2")).data.totalCount).toBe(2);
    expect((await patch(dishIds, 3)).status).toBe(400);
    expect((await patch([], 1)).status).toBe(400);
  });
});

test("an unknown path is a 404 and a known one with another method a 405, in the envelope", async () => {
  expect(await send(takeout(), "GET /nothing")).toMatchObject({
    status: 404,
    body: { success: false, code: 404 },
  });
  expect(await send(takeout(), "PUT /merchants")).toMatchObject({
    status: 405,
    body: { success: false, code: 405 },
  });
});
