import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { deleteMerchant } from "../../../../src/tools/takeout/catalog/delete-merchant.ts";
import { saveDish } from "../../../../src/tools/takeout/catalog/save-dish.ts";
import { saveMerchant } from "../../../../src/tools/takeout/catalog/save-merchant.ts";
import { setDishStatus } from "../../../../src/tools/takeout/catalog/set-dish-status.ts";
import { uploadImage } from "../../../../src/tools/takeout/catalog/upload-image.ts";
import type { Tool } from "../../../../src/tools/tool.ts";
import { type CatalogDesk, openCatalogDesk } from "../../../support/catalog-desk.ts";
import { type CatalogVendor, lossyReactions, startCatalogVendor } from "../../../support/catalog-vendor.ts";
import { failureOf } from "../../../support/failures.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

const png = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]).toString("base64");
const merchant = { name: "美味餐厅", contact_phone: "400-123-4567", description: "专注美食20年" };
const dish = { merchant_id: "M1", name: "宫保鸡丁", price_yuan: "38.00", stock: 100, tags: ["热销"] };
const wireDish = { merchantId: "M1", name: "宫保鸡丁", price: 38, stock: 100, tags: ["热销"], status: 1 };

let vendor: CatalogVendor;
let desk: CatalogDesk;
beforeEach(async () => {
  vendor = await startCatalogVendor();
  desk = await openCatalogDesk(vendor.environment);
  vendor.merchants.push({ id: "M1", name: "老店", createdAt: "2024-01-01T12:00:00Z", stores: [] });
  vendor.dishes.push({ id: "D1", name: "米饭", price: 2, stock: 5, status: 1 });
});

type Case = { what: string; tool: Tool; args: Record<string, unknown>; held: () => unknown };

const provable: Case[] = [
  { what: "a new merchant", tool: saveMerchant, args: merchant, held: () => vendor.merchants.length },
  {
    what: "a changed merchant",
    tool: saveMerchant,
    args: { merchant_id: "M1", name: "新店" },
    held: () => vendor.merchants[0]?.["name"],
  },
  { what: "a new dish", tool: saveDish, args: dish, held: () => vendor.dishes.length },
  {
    what: "a changed dish",
    tool: saveDish,
    args: { dish_id: "D1", price_yuan: "2.5", stock: 9 },
    held: () => [vendor.dishes[0]?.["price"], vendor.dishes[0]?.["stock"]],
  },
  {
    what: "dishes off sale",
    tool: setDishStatus,
    args: { dish_ids: ["D1"], status: "off_sale" },
    held: () => vendor.dishes[0]?.["status"],
  },
  {
    what: "a deleted merchant",
    tool: deleteMerchant,
    args: { merchant_id: "M1" },
    held: () => vendor.merchants,
  },
];

describe.each(lossyReactions)("a vendor that does it, but means to %s", (reaction) => {
  test.each(provable)("tells of $what by its lists, and is asked once", async ({ tool, args, held }) => {
    vendor.nextWrite = reaction;
    const first = await desk.call(tool, args);
    const after = held();
    expect(first.data["repeated"]).toBeUndefined();
    const second = await desk.call(tool, args);
    expect(second.data).toEqual({ ...first.data, repeated: true });
    expect(vendor.writes()).toHaveLength(1);
    expect(held()).toEqual(after);
  });

  test("can't tell of an image, which is not sent again unless it is wanted on purpose", async () => {
    const args = { type: "dish_image", file_name: "dish.png", base64: png };
    vendor.nextWrite = reaction;
    for (const _call of ["first", "second"]) {
      const failure = await failureOf(desk.call(uploadImage, args));
      expect(failure.code).toBe("outcome_unknown");
      expect(failure.details.hint).toContain("new request_id");
    }
    expect(vendor.uploads).toHaveLength(1);
    const again = await desk.call(uploadImage, { ...args, request_id: "again" });
    expect(again.data).toMatchObject({ url: "https://cdn.example.com/images/2.jpg", mime_type: "image/png" });
    expect(vendor.uploads).toHaveLength(2);
  });

  test("tells of what it created with its identifier", async () => {
    vendor.nextWrite = reaction;
    const created = await desk.call(saveMerchant, merchant);
    expect(created.data).toMatchObject({ created: true, merchant_id: vendor.merchants[1]?.id });
    vendor.nextWrite = reaction;
    const cooked = await desk.call(saveDish, dish);
    expect(cooked.data).toMatchObject({ created: true, dish_id: vendor.dishes[1]?.id });
  });
});

describe("a create whose answer is lost", () => {
  test("takes no older merchant of the same name for its own", async () => {
    vendor.merchants.push({ ...wireMerchant("M2"), createdAt: new Date(Date.now() - 600_000).toISOString() });
    vendor.nextWrite = "fail before";
    expect((await failureOf(desk.call(saveMerchant, merchant))).code).toBe("outcome_unknown");
    expect((await failureOf(desk.call(saveMerchant, merchant))).code).toBe("outcome_unknown");
    expect(vendor.writes()).toHaveLength(1);
  });

  test("takes no merchant for its own that another write has made", async () => {
    vendor.nextWrite = "fail before";
    const { contact_phone: _, ...vague } = merchant;
    await failureOf(desk.call(saveMerchant, vague));
    await desk.call(saveMerchant, merchant);
    expect((await failureOf(desk.call(saveMerchant, vague))).code).toBe("outcome_unknown");
    expect(vendor.merchants).toHaveLength(2);
  });

  test("takes no merchant for its own that differs in a field", async () => {
    vendor.nextWrite = "fail before";
    await failureOf(desk.call(saveMerchant, merchant));
    vendor.merchants.push({
      ...wireMerchant("M2"),
      description: "别的",
      createdAt: new Date().toISOString(),
    });
    expect((await failureOf(desk.call(saveMerchant, merchant))).code).toBe("outcome_unknown");
  });

  test("takes no dish for its own that was on the menu before", async () => {
    vendor.dishes.push({ id: "D2", ...wireDish });
    vendor.nextWrite = "fail before";
    expect((await failureOf(desk.call(saveDish, dish))).code).toBe("outcome_unknown");
    expect(vendor.writes()).toHaveLength(1);
  });

  test("takes no dish for its own that another call has made meanwhile", async () => {
    vendor.nextWrite = "fail before";
    const [one, two] = await Promise.allSettled([
      desk.call(saveDish, { ...dish, request_id: "one" }),
      desk.call(saveDish, { ...dish, request_id: "two" }),
    ]);
    expect([one.status, two.status].toSorted()).toEqual(["fulfilled", "rejected"]);
    const lost = one.status === "rejected" ? "one" : "two";
    const failure = await failureOf(desk.call(saveDish, { ...dish, request_id: lost }));
    expect(failure.code).toBe("outcome_unknown");
    expect(vendor.dishes).toHaveLength(2);
  });

  test("finds its dish beside an equal one that was there before", async () => {
    vendor.dishes.push({ id: "D2", ...wireDish });
    vendor.nextWrite = "lose the answer";
    expect((await desk.call(saveDish, dish)).data).toMatchObject({ dish_id: "dishes-3" });
  });

  test("stays unknown where the menu could not be read before", async () => {
    vendor.isDeaf = true;
    vendor.nextWrite = "lose the answer";
    await failureOf(desk.call(saveDish, dish));
    vendor.isDeaf = false;
    const failure = await failureOf(desk.call(saveDish, dish));
    expect(failure.code).toBe("outcome_unknown");
    expect(failure.details.hint).toContain("list_dishes");
    expect(vendor.writes()).toHaveLength(1);
  });

  test("of a merchant is found after a restart", async () => {
    const statePath = join(temporaryFolder(), "state.sqlite");
    const before = await openCatalogDesk(vendor.environment, { statePath });
    vendor.isDeaf = true;
    vendor.nextWrite = "lose the answer";
    expect((await failureOf(before.call(saveMerchant, merchant))).code).toBe("outcome_unknown");
    await (await before.app.store()).close();
    vendor.isDeaf = false;
    const after = await openCatalogDesk(vendor.environment, { statePath });
    expect((await after.call(saveMerchant, merchant)).data).toMatchObject({
      merchant_id: "merchants-2",
      repeated: true,
    });
    expect(vendor.writes()).toHaveLength(1);
  });

  test("makes a second one under another request_id, and both are told apart", async () => {
    const first = await desk.call(saveMerchant, { ...merchant, request_id: "one" });
    vendor.nextWrite = "lose the answer";
    const second = await desk.call(saveMerchant, { ...merchant, request_id: "two" });
    expect(vendor.merchants).toHaveLength(3);
    expect([first.data["merchant_id"], second.data["merchant_id"]]).toEqual(["merchants-2", "merchants-3"]);
  });
});

function wireMerchant(id: string) {
  return { id, name: merchant.name, contactPhone: merchant.contact_phone, description: merchant.description };
}
