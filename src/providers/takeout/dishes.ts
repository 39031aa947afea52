import type { DishFields, DishQuery, TakeoutDishes } from "../../domain/takeout/catalog.ts";
import { identifierRule, type Rule, wholeNumberRule, yuanRule } from "../argument-rules.ts";
import type { VendorLine } from "../provider.ts";
import { looseTextRule, pathSegment, presenceRule, refuseWrong, textRule } from "./argument-rules.ts";
import { pageQuery, read, wireYuan, writeStep } from "./calls.ts";
import { dishSchema, dishSummarySchema, toSaleNumber } from "./dish-schemas.ts";
import { pageOf, toCreated } from "./envelope.ts";

const idNames = ["id", "dishId"];

/** Dishes (takeout.txt, 4). */
export function createDishes(line: VendorLine): TakeoutDishes {
  return {
    list: async (query, { signal } = {}) => {
      const wire = toWireQuery(query);
      return read(line, { path: "/dishes", query: wire, signal }, pageOf(dishSummarySchema));
    },
    get: async (dishId, { signal } = {}) => read(line, { path: dishPath(dishId), signal }, dishSchema),
    create: async (fields, { signal } = {}) => {
      refuseWrong(
        presenceRule("merchant_id", fields.merchantId),
        presenceRule("name", fields.name),
        presenceRule("price_yuan", fields.priceYuan),
        ...fieldRules(fields),
      );
      const settledBy = "list_dishes with its name as keyword tells whether the dish is there.";
      const request = { method: "POST" as const, path: "/dishes", json: toWire(fields), settledBy, signal };
      return toCreated(await writeStep(line, request), idNames);
    },
    update: async (dishId, fields, { signal } = {}) => {
      const path = dishPath(dishId);
      refuseWrong(...fieldRules(fields));
      const settledBy = "get_dish tells whether the dish has the new fields.";
      const request = { method: "PUT" as const, path, json: toWire(fields), settledBy, signal };
      return toCreated(await writeStep(line, request), idNames);
    },
    setStatus: async (dishIds, status, { signal } = {}) => {
      refuseWrong(
        [dishIds.length === 0, "dish_ids", "must name at least one dish"],
        ...dishIds.map((dishId, index) => identifierRule(`dish_ids[${index}]`, dishId)),
      );
      const json = { dishIds, status: toSaleNumber(status) };
      const settledBy = "get_dish tells the status of each of these dishes.";
      await writeStep(line, { method: "PATCH", path: "/dishes/batch-status", json, settledBy, signal });
    },
  };
}

function dishPath(dishId: string): string {
  return `/dishes/${pathSegment("dish_id", dishId)}`;
}

function toWireQuery({ merchantId, categoryId, keyword, status, ...page }: DishQuery) {
  const wire = { merchantId, categoryId, keyword, status: toSaleNumber(status), ...pageQuery(page) };
  refuseWrong(
    identifierRule("merchant_id", merchantId),
    identifierRule("category_id", categoryId),
    looseTextRule("keyword", keyword),
  );
  return wire;
}

function fieldRules(fields: DishFields): Rule[] {
  return [
    identifierRule("merchant_id", fields.merchantId),
    identifierRule("category_id", fields.categoryId),
    textRule("name", fields.name),
    looseTextRule("description", fields.description),
    looseTextRule("image", fields.image),
    yuanRule("price_yuan", fields.priceYuan),
    yuanRule("original_price_yuan", fields.originalPriceYuan),
    looseTextRule("unit", fields.unit),
    wholeNumberRule("stock", fields.stock, { from: 0 }),
    ...(fields.tags ?? []).map((tag, index) => textRule(`tags[${index}]`, tag)),
    ...(fields.specs ?? []).flatMap(({ name, priceYuan, stock }, index): Rule[] => [
      textRule(`specs[${index}].name`, name),
      yuanRule(`specs[${index}].price_yuan`, priceYuan),
      wholeNumberRule(`specs[${index}].stock`, stock, { from: 0 }),
    ]),
    [Object.values(fields).every((value) => value === undefined), "name", "or another field must be given"],
  ];
}

/** In the document's order; what is left out is not sent. */
function toWire(fields: DishFields): Record<string, unknown> {
  const { merchantId, categoryId, name, description, image, unit, stock, tags } = fields;
  return {
    merchantId,
    categoryId,
    name,
    description,
    image,
    price: wireYuan(fields.priceYuan),
    originalPrice: wireYuan(fields.originalPriceYuan),
    unit,
    stock,
    tags,
    specs: fields.specs?.map((spec) => ({
      name: spec.name,
      price: wireYuan(spec.priceYuan),
      stock: spec.stock,
    })),
    status: toSaleNumber(fields.status),
  };
}
