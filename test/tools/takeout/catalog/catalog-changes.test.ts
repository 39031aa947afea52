import { beforeEach, describe, expect, test } from "vitest";
import { deleteMerchant } from "../../../../src/tools/takeout/catalog/delete-merchant.ts";
import { saveDish } from "../../../../src/tools/takeout/catalog/save-dish.ts";
import { saveMerchant } from "../../../../src/tools/takeout/catalog/save-merchant.ts";
import { setDishStatus } from "../../../../src/tools/takeout/catalog/set-dish-status.ts";
import type { Tool } from "../../../../src/tools/tool.ts";
import { type CatalogDesk, openCatalogDesk } from "../../../support/catalog-desk.ts";
import { type CatalogVendor, startCatalogVendor } from "../../../support/catalog-vendor.ts";
import { failureOf } from "../../../support/failures.ts";

let vendor: CatalogVendor;
let desk: CatalogDesk;
beforeEach(async () => {
  vendor = await startCatalogVendor();
  desk = await openCatalogDesk(vendor.environment);
  vendor.merchants.push({ id: "M1", name: "老店", stores: [] });
  vendor.dishes.push({ id: "D1", name: "米饭", price: 2, stock: 5, status: 1 });
});

describe("a change that did not arrive", () => {
  const changes: { what: string; tool: Tool; args: Record<string, unknown> }[] = [
    { what: "a merchant's name", tool: saveMerchant, args: { merchant_id: "M1", name: "新店" } },
    { what: "what no answer shows", tool: saveMerchant, args: { merchant_id: "M1", contact_person: "张三" } },
    { what: "a dish's price", tool: saveDish, args: { dish_id: "D1", price_yuan: "2.5" } },
    { what: "a status", tool: setDishStatus, args: { dish_ids: ["D1"], status: "off_sale" } },
  ];

  test.each(changes)("of $what is sent again by the same call", async ({ tool, args }) => {
    vendor.nextWrite = "fail before";
    expect((await failureOf(desk.call(tool, args))).code).toBe("outcome_unknown");
    const second = await desk.call(tool, args);
    expect(second.data["repeated"]).toBeUndefined();
    expect(vendor.writes()).toHaveLength(2);
  });

  test.each(changes)(
    "of $what is not sent again after ten minutes: it may undo another's",
    async (change) => {
      const args = { ...change.args, request_id: "monday-1" };
      vendor.nextWrite = "fail before";
      await failureOf(desk.call(change.tool, args));
      desk.pass(11 * 60_000);
      const failure = await failureOf(desk.call(change.tool, args));
      expect(failure.code).toBe("outcome_unknown");
      expect(failure.details.hint).toContain("new request_id");
      expect(vendor.writes()).toHaveLength(1);
    },
  );

  test.each([
    [{ dish_id: "D1", stock: 100 }],
    [{ dish_id: "D1", specs: [{ name: "大份", price_yuan: "3", stock: 1 }] }],
  ])("of a stock is never sent again, for sales go on: %j", async (args) => {
    vendor.nextWrite = "fail before";
    await failureOf(desk.call(saveDish, args));
    expect((await failureOf(desk.call(saveDish, args))).code).toBe("outcome_unknown");
    expect(vendor.writes()).toHaveLength(1);
  });

  test("of a merchant that shall go says so, and is sent again by the same call", async () => {
    vendor.nextWrite = "fail before";
    expect((await failureOf(desk.call(deleteMerchant, { merchant_id: "M1" }))).code).toBe("unavailable");
    expect((await desk.call(deleteMerchant, { merchant_id: "M1" })).data).toEqual({
      deleted: true,
      merchant_id: "M1",
    });
    expect(vendor.merchants).toEqual([]);
  });
});

test.each([
  [
    setDishStatus,
    { dish_ids: ["D1"], status: "off_sale" },
    { dish_ids: ["D1"], status: "on_sale" },
    "status",
    2,
  ],
  [saveDish, { dish_id: "D1", price_yuan: 3 }, { dish_id: "D1", price_yuan: 4 }, "price", 3],
])(
  "what was changed back can be set again at once, and is told as a repeat only after that (%#)",
  async (tool, there, back, member, value) => {
    await desk.call(tool, there);
    await desk.call(tool, back);
    expect((await desk.call(tool, there)).data["repeated"]).toBeUndefined();
    expect(vendor.dishes[0]?.[member]).toBe(value);
    const repeat = await desk.call(tool, there);
    expect(repeat.data["repeated"]).toBe(true);
    expect(repeat.text).toContain("a new request_id sets it again");
    expect(vendor.writes()).toHaveLength(3);
  },
);

test.each([
  [saveDish, { dish_id: "D1", price_yuan: 3 }, { dish_id: "D1", unit: "碗" }],
  [saveMerchant, { merchant_id: "M1", name: "新店" }, { merchant_id: "M1", contact_phone: "020-1" }],
  [setDishStatus, { dish_ids: ["D1"], status: "off_sale" }, { dish_ids: ["D1", "D2"], status: "off_sale" }],
  [setDishStatus, { dish_ids: ["D1"], status: "off_sale" }, { dish_ids: ["D2"], status: "on_sale" }],
])("what nothing has changed back is a repeat, whatever else was changed (%#)", async (tool, args, other) => {
  vendor.dishes.push({ id: "D2", name: "面", price: 3, status: 1 });
  await desk.call(tool, args);
  await desk.call(tool, other);
  expect((await desk.call(tool, args)).data["repeated"]).toBe(true);
  expect(vendor.writes()).toHaveLength(2);
});

test("what was changed back in part of a batch is set again", async () => {
  vendor.dishes.push({ id: "D2", name: "面", price: 3, status: 1 });
  const both = { dish_ids: ["D1", "D2"], status: "off_sale" };
  await desk.call(setDishStatus, both);
  await desk.call(setDishStatus, { dish_ids: ["D2"], status: "on_sale" });
  expect((await desk.call(setDishStatus, both)).data["repeated"]).toBeUndefined();
  expect(vendor.dishes.map(({ status }) => status)).toEqual([2, 2]);
});
