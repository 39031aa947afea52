import { describe, expect, test } from "vitest";
import type { Dish, DishFields } from "../../../../src/domain/takeout/catalog.ts";
import { showsAllOfDish } from "../../../../src/tools/takeout/catalog/dish-comparison.ts";

const dish: Dish = {
  id: "D1",
  name: "宫保鸡丁",
  description: "经典川菜",
  image: "https://cdn.example.com/1.jpg",
  priceYuan: "38.00",
  originalPriceYuan: null,
  unit: "份",
  stock: 100,
  salesCount: 500,
  rating: 4.8,
  status: 1,
  saleStatus: "on_sale",
  tags: ["热销", "招牌菜"],
  specs: [
    { id: "S1", name: "大份", priceYuan: "48.00", stock: 50 },
    { id: "S2", name: "小份", priceYuan: "28.00", stock: 50 },
  ],
};

describe("a dish shows what was asked for", () => {
  test.each<[string, DishFields]>([
    ["when nothing was", {}],
    ["with a price of fewer places", { priceYuan: "38" }],
    ["with tags in another order", { tags: ["招牌菜", "热销"] }],
    [
      "with specs in another order and a stock left open",
      {
        specs: [
          { name: "小份", priceYuan: "28.0", stock: 50 },
          { name: "大份", priceYuan: "48" },
        ],
      },
    ],
    [
      "when all is as given",
      { name: "宫保鸡丁", description: "经典川菜", unit: "份", stock: 100, status: "on_sale" },
    ],
    ["whatever it does not show", { merchantId: "M1", categoryId: "C1" }],
  ])("%s", (_when, fields) => {
    expect(showsAllOfDish(dish, fields)).toBe(true);
  });

  test.each<[string, DishFields]>([
    ["another name", { name: "宫保鸡" }],
    ["another price", { priceYuan: "38.01" }],
    ["a price where there is none", { originalPriceYuan: "48" }],
    ["another stock", { stock: 99 }],
    ["another status", { status: "off_sale" }],
    ["a tag more", { tags: ["热销", "招牌菜", "新品"] }],
    ["a tag less", { tags: ["热销"] }],
    ["a spec less", { specs: [{ name: "大份", priceYuan: "48" }] }],
    [
      "a spec of another price",
      {
        specs: [
          { name: "大份", priceYuan: "49" },
          { name: "小份", priceYuan: "28" },
        ],
      },
    ],
    ["no specs", { specs: [] }],
  ])("but not with %s", (_what, fields) => {
    expect(showsAllOfDish(dish, fields)).toBe(false);
  });
});
