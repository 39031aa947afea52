import { beforeEach, describe, expect, test } from "vitest";
import { deleteMerchant } from "../../../../src/tools/takeout/catalog/delete-merchant.ts";
import { saveDish } from "../../../../src/tools/takeout/catalog/save-dish.ts";
import { saveMerchant } from "../../../../src/tools/takeout/catalog/save-merchant.ts";
import { setDishStatus } from "../../../../src/tools/takeout/catalog/set-dish-status.ts";
import type { Tool } from "../../../../src/tools/tool.ts";
import { type CatalogDesk, openCatalogDesk } from "../../../support/catalog-desk.ts";
import { type CatalogVendor, startCatalogVendor } from "../../../support/catalog-vendor.ts";
import { failureOf } from "../../../support/failures.ts";

const dish = { merchant_id: "M1", name: "宫保鸡丁", price_yuan: "38.00" };

let vendor: CatalogVendor;
let desk: CatalogDesk;
beforeEach(async () => {
  vendor = await startCatalogVendor();
  desk = await openCatalogDesk(vendor.environment);
});

const refused: [why: string, tool: Tool, args: Record<string, unknown>, fields: string[]][] = [
  ["a merchant without a name", saveMerchant, { contact_phone: "400-123-4567" }, ["name"]],
  ["a name that the vendor would trim", saveMerchant, { name: " 美味餐厅" }, ["name"]],
  ["a name of two lines", saveMerchant, { name: "美味\n餐厅" }, ["name"]],
  [
    "a description with control characters",
    saveMerchant,
    { name: "店", description: "a\u0000b" },
    ["description"],
  ],
  [
    "a dish without a price",
    saveDish,
    { merchant_id: "M1", name: "菜" },
    ["merchant_id", "name", "price_yuan"],
  ],
  ["a negative price", saveDish, { ...dish, price_yuan: -1 }, ["price_yuan"]],
  ["a price of three places", saveDish, { ...dish, price_yuan: "38.005" }, ["price_yuan"]],
  ["a negative stock", saveDish, { ...dish, stock: -1 }, ["stock"]],
  ["half a dish", saveDish, { ...dish, stock: 1.5 }, ["stock"]],
  ["a spec without a price", saveDish, { ...dish, specs: [{ name: "大份" }] }, ["specs[0].price_yuan"]],
  ["a new dish's status, which only an update has", saveDish, { ...dish, status: "on_sale" }, ["status"]],
  ["a dish that moves to another merchant", saveDish, { ...dish, dish_id: "D1" }, ["merchant_id"]],
  ["no dishes", setDishStatus, { dish_ids: [], status: "on_sale" }, ["dish_ids"]],
  ["the vendor's own number for a status", setDishStatus, { dish_ids: ["D1"], status: 1 }, ["status"]],
];

test.each(refused)("%s is refused before anything is sent", async (_why, tool, args, fields) => {
  const failure = await failureOf(desk.call(tool, args));
  expect(failure.code).toBe("invalid_input");
  expect(failure.details.fields).toEqual(fields);
  expect(vendor.server.requests).toEqual([]);
});

test.each([
  [saveMerchant, { merchant_id: "M1" }],
  [saveDish, { dish_id: "D1" }],
])("an update of nothing is refused (%#)", async (tool, args) => {
  const failure = await failureOf(desk.call(tool, args));
  expect(failure.code).toBe("invalid_input");
  expect(failure.details.fields).toContain("name");
  expect(vendor.server.requests).toEqual([]);
});

describe("what is sent", () => {
  const bodyOf = (method: string) => vendor.server.requests.find((one) => one.method === method)?.body;

  test("is the price with its digits, and a dish's fields as the document names them", async () => {
    const specs = [{ name: "大份", price_yuan: "48.00", stock: 50 }];
    await desk.call(saveDish, { dish_id: "D1", price_yuan: "38.00", original_price_yuan: 48, specs });
    expect(bodyOf("PUT")).toBe(
      '{"price":38.00,"originalPrice":48.00,"specs":[{"name":"大份","price":48.00,"stock":50}]}',
    );
  });

  test("is each dish of a batch once, by the document's number", async () => {
    const { data } = await desk.call(setDishStatus, { dish_ids: ["D2", "D1", "D2"], status: "off_sale" });
    expect(data).toEqual({ dish_ids: ["D1", "D2"], status: "off_sale" });
    expect(bodyOf("PATCH")).toBe('{"dishIds":["D1","D2"],"status":2}');
  });
});

describe("delete_merchant", () => {
  beforeEach(async () => {
    desk = await openCatalogDesk({ ...vendor.environment, WAYBILL_CONFIRM: "token" });
    vendor.merchants.push({ id: "M1", name: "老店", stores: [{ id: "S1", name: "总店" }] });
    vendor.dishes.push(
      ...Array.from({ length: 43 }, (_, index) => ({ id: `D${index}`, name: "菜", price: 1 })),
    );
  });

  test("shows the merchant, its stores and how many dishes it has, and deletes nothing yet", async () => {
    const { data, text } = await desk.call(deleteMerchant, { merchant_id: "M1" });
    expect(data).toMatchObject({
      needs_confirmation: true,
      preview: {
        merchant: { id: "M1", name: "老店" },
        stores: [{ name: "总店" }],
        store_count: 1,
        dish_count: 43,
      },
    });
    expect(text).toContain("1 stores and 43 dishes");
    expect(vendor.writes()).toEqual([]);
  });

  test("deletes it with the confirmation, once", async () => {
    const asked = await desk.call(deleteMerchant, { merchant_id: "M1" });
    const args = { merchant_id: "M1", confirmation: asked.data["confirmation"] };
    expect((await desk.call(deleteMerchant, args)).data).toEqual({ deleted: true, merchant_id: "M1" });
    expect((await desk.call(deleteMerchant, args)).data).toMatchObject({ deleted: true, repeated: true });
    expect(vendor.writes()).toEqual(["DELETE /merchants/M1"]);
  });

  test("has nothing to show of a merchant that is not there", async () => {
    expect((await failureOf(desk.call(deleteMerchant, { merchant_id: "M9" }))).code).toBe("not_found");
  });
});
