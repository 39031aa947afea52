import { afterEach, beforeEach, expect, test } from "vitest";
import { failureOf } from "../../support/failures.ts";
import {
  compact,
  documentedToken,
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

test("GET /api/v1/merchants asks for a page and reads it", async () => {
  vendor.answer(sample("takeout/merchants.json"));
  const { merchants } = vendor.takeout;
  const page = await merchants.list({ pageIndex: 1, pageSize: 20, keyword: "美味 & 更多", status: 1 });
  await merchants.list({ pageIndex: 2, pageSize: 20 });
  expect(vendor.calls().map(({ method, url, headers }) => [method, url, headers["Authorization"]])).toEqual([
    [
      "GET",
      "/api/v1/merchants?pageIndex=1&pageSize=20&keyword=%E7%BE%8E%E5%91%B3%20%26%20%E6%9B%B4%E5%A4%9A&status=1",
      `Bearer ${documentedToken}`,
    ],
    ["GET", "/api/v1/merchants?pageIndex=2&pageSize=20", `Bearer ${documentedToken}`],
  ]);
  expect(page).toEqual({
    items: [
      {
        id: "uuid",
        name: "美味餐厅",
        logo: "https://...",
        rating: 4.5,
        totalSales: 1000,
        status: 1,
        createdAt: "2024-01-01T12:00:00Z",
      },
    ],
    total: 50,
  });
});

test("GET /api/v1/merchants asks for the order that is wanted, and refuses a name that can be none", async () => {
  vendor.answer(sample("takeout/merchants.json"));
  const { merchants } = vendor.takeout;
  const page = { pageIndex: 1, pageSize: 20 };
  await merchants.list({ ...page, sortBy: "createdAt", sortOrder: "desc" });
  expect(vendor.calls().map(({ url }) => url)).toEqual([
    "/api/v1/merchants?pageIndex=1&pageSize=20&sortBy=createdAt&sortOrder=desc",
  ]);
  for (const sortBy of ["", "name;drop", "a b", "名称", "1st"]) {
    const failure = await failureOf(merchants.list({ ...page, sortBy }));
    expect([failure.code, failure.details.fields]).toEqual(["invalid_input", ["sort_by"]]);
  }
  expect(vendor.calls()).toHaveLength(1);
});

test("GET /api/v1/merchants tells how many pages there are where the vendor counts them", async () => {
  vendor.answer(json(200, { success: true, data: { items: [], totalPages: 3 } }));
  const page = await vendor.takeout.merchants.list({ pageIndex: 1, pageSize: 20 });
  expect(page).toEqual({ items: [], pages: 3 });
});

test("GET /api/v1/merchants/{id} reads the merchant with its stores", async () => {
  vendor.answer(sample("takeout/merchant.json"));
  expect(await vendor.takeout.merchants.get("uuid")).toEqual({
    id: "uuid",
    name: "美味餐厅",
    logo: "https://...",
    description: "专注美食20年",
    contactPhone: "400-123-4567",
    rating: 4.5,
    totalSales: 1000,
    status: 1,
    createdAt: null,
    stores: [{ id: "uuid", name: "总店", address: "北京市朝阳区...", phone: "010-12345678" }],
  });
  expect(vendor.calls()[0]?.url).toBe("/api/v1/merchants/uuid");
});

test("GET /api/v1/merchants/{id} takes numbers as identifiers, and names what is missing", async () => {
  vendor.answer(json(200, '{"success":true,"data":{"id":9007199254740993,"name":"A"}}'));
  expect((await vendor.takeout.merchants.get("9007199254740993")).id).toBe("9007199254740993");
  vendor.answer(json(200, { success: true, data: { name: "A" } }));
  const failure = await failureOf(vendor.takeout.merchants.get("1"));
  expect([failure.code, failure.details.fields]).toEqual(["bad_response", ["data.id"]]);
});

test("POST /api/v1/merchants sends the document's merchant and gives what came back", async () => {
  vendor.answer(json(201, { success: true, code: 201, data: { id: "m-1", status: 0 } }));
  const created = await vendor.takeout.merchants.create({
    name: "美味餐厅",
    logo: "https://...",
    description: "专注美食20年",
    contactPhone: "400-123-4567",
    contactPerson: "张三",
    businessLicense: "91110000...",
  });
  expect(created).toEqual({ id: "m-1", details: { id: "m-1", status: 0 } });
  expect(vendor.calls()).toMatchObject([
    { method: "POST", url: "/api/v1/merchants", body: compact("takeout/create-merchant-request.json") },
  ]);
});

test.each([
  ["nothing", undefined, null],
  ["the identifier alone", "m-2", "m-2"],
  ["a number", 17, "17"],
  ["another name for it", { merchantId: "m-3" }, "m-3"],
])("POST /api/v1/merchants whose data is %s is a success all the same", async (_name, data, id) => {
  vendor.answer(json(200, { success: true, code: 200, data }));
  expect((await vendor.takeout.merchants.create({ name: "A" })).id).toBe(id);
});

test("PUT /api/v1/merchants/{id} sends what is given and nothing else", async () => {
  const fields = { name: "美味餐厅", logo: "https://...", description: "专注美食20年" };
  await vendor.takeout.merchants.update("uuid", fields);
  expect(vendor.calls()).toMatchObject([
    { method: "PUT", url: "/api/v1/merchants/uuid", body: compact("takeout/update-merchant-request.json") },
  ]);
});

test("DELETE /api/v1/merchants/{id} takes the 204 of a delete", async () => {
  vendor.answer((_request, response) => response.writeHead(204).end());
  await vendor.takeout.merchants.delete("uuid");
  expect(vendor.calls()).toMatchObject([{ method: "DELETE", url: "/api/v1/merchants/uuid", body: "" }]);
});

test("DELETE /api/v1/merchants/{id} of one that is gone is not_found", async () => {
  vendor.answer(json(404, { success: false, code: 404, message: "商家不存在" }));
  expect((await failureOf(vendor.takeout.merchants.delete("uuid"))).code).toBe("not_found");
});

test("a merchant without a name, an empty change and a page 0 are refused before anything is sent", async () => {
  const { merchants } = vendor.takeout;
  const failures = await Promise.all([
    failureOf(merchants.create({ logo: "x" })),
    failureOf(merchants.create({ name: "  " })),
    failureOf(merchants.update("uuid", {})),
    failureOf(merchants.list({ pageIndex: 0, pageSize: 1.5, status: -1 })),
  ]);
  expect(failures.map(({ code, details }) => [code, details.fields])).toEqual([
    ["invalid_input", ["name"]],
    ["invalid_input", ["name"]],
    ["invalid_input", ["name"]],
    ["invalid_input", ["page_index", "page_size"]],
  ]);
  expect(vendor.server.requests).toEqual([]);
});
