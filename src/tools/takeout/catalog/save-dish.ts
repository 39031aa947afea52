import * as z from "zod";
import type { App } from "../../../app.ts";
import { Failure } from "../../../domain/failure.ts";
import { type DishFields, saleStatuses } from "../../../domain/takeout/catalog.ts";
import { oneLine, quote } from "../../../domain/vendor-text.ts";
import { requestId, textIdentifier, yuan } from "../../fields.ts";
import { repeatedAnswer, repeatedNote } from "../../repeated.ts";
import { defineTool } from "../../tool.ts";
import { imageUrl, prose, takeoutMerchantId, trimmedText } from "../takeout-fields.ts";
import { shortDetails } from "../vendor-details.ts";
import { createDishOnce, type NewDish, updateDishOnce } from "./save-dish-once.ts";
import { setAgainNote } from "./set-again.ts";

const stock = z.number().int().min(0).max(1_000_000_000);

const dishFields = z.strictObject({
  merchant_id: takeoutMerchantId.optional().describe("Required for a new dish"),
  category_id: textIdentifier.optional(),
  name: trimmedText(100).optional().describe("Required for a new dish"),
  description: prose(2000).optional(),
  image: imageUrl.optional().describe("url of upload_image, type dish_image"),
  price_yuan: yuan.optional().describe("Required for a new dish"),
  original_price_yuan: yuan.optional(),
  unit: trimmedText(20).optional().describe("e.g. 份"),
  stock: stock.optional(),
  status: z.enum(saleStatuses).optional().describe("Only with dish_id"),
  tags: z.array(trimmedText(50)).max(20).optional(),
  specs: z
    .array(z.strictObject({ name: trimmedText(100), price_yuan: yuan, stock: stock.optional() }))
    .max(50)
    .optional()
    .describe("Sizes; the whole list"),
});

export const saveDish = defineTool({
  name: "save_dish",
  title: "Create or change a dish",
  description:
    "Creates a dish without dish_id, and with one changes that dish: only the given fields. Prices are yuan, not fen. " +
    "stock is set, not added: read get_dish just before. set_dish_status switches many dishes at once. 新建或修改菜品",
  access: "write",
  vendor: "takeout",
  input: z.strictObject({
    dish_id: textIdentifier.optional().describe("Left out: a new dish"),
    ...dishFields.shape,
    request_id: requestId.optional(),
  }),
  output: z.object({
    dish_id: z.string().nullable().describe("Null where the vendor tells none: list_dishes has it"),
    created: z.boolean(),
    details: z.record(z.string(), z.unknown()).describe("What else the vendor answered"),
    ...repeatedAnswer,
  }),
  async run({ dish_id, request_id, ...given }, app, { signal }) {
    const fields = toDishFields(given);
    const { outcome, repeated } = await save(app, { dishId: dish_id, fields, requestId: request_id, signal });
    const dishId = dish_id ?? outcome.id;
    const text =
      dish_id === undefined
        ? `Created ${quote(given.name)}: dish ${oneLine(dishId ?? "of unknown identifier")}${repeatedNote(repeated)}.`
        : `Changed dish ${oneLine(dish_id)}${setAgainNote(repeated)}.`;
    return {
      data: {
        dish_id: dishId,
        created: dish_id === undefined,
        details: shortDetails(outcome.details),
        ...(repeated && { repeated }),
      },
      text,
    };
  },
});

type Saving = {
  dishId: string | undefined;
  fields: DishFields;
  requestId: string | undefined;
  signal: AbortSignal;
};

function save(app: App, { dishId, fields, ...rest }: Saving) {
  if (dishId === undefined) return createDishOnce(app, { fields: newDish(fields), ...rest });
  if (fields.merchantId !== undefined) {
    throw wrongFields("A dish stays with its merchant: `merchant_id` is not taken beside `dish_id`.", {
      hint: "Leave merchant_id out to change the dish, or dish_id to create one.",
      fields: ["merchant_id"],
    });
  }
  if (Object.keys(fields).length > 0) return updateDishOnce(app, { dishId, fields, ...rest });
  throw wrongFields("save_dish was given nothing to change.", {
    hint: "Name the fields to change beside dish_id.",
    fields: Object.keys(dishFields.shape),
  });
}

/** What the document's create takes: no status, and at least what a menu shows. */
function newDish(fields: DishFields): NewDish {
  const { merchantId, name, priceYuan, status } = fields;
  if (status !== undefined) {
    throw wrongFields("A new dish takes no `status`.", {
      hint: "Create it, then call set_dish_status.",
      fields: ["status"],
    });
  }
  if (merchantId === undefined || name === undefined || priceYuan === undefined) {
    throw wrongFields("A new dish needs `merchant_id`, `name` and `price_yuan`.", {
      hint: "Give all three, or dish_id to change a dish that is there.",
      fields: ["merchant_id", "name", "price_yuan"],
    });
  }
  return { ...fields, merchantId, name };
}

function wrongFields(message: string, details: { hint: string; fields: string[] }): Failure {
  return new Failure("invalid_input", message, details);
}

function toDishFields(given: z.output<typeof dishFields>): DishFields {
  return {
    ...(given.merchant_id !== undefined && { merchantId: given.merchant_id }),
    ...(given.category_id !== undefined && { categoryId: given.category_id }),
    ...(given.name !== undefined && { name: given.name }),
    ...(given.description !== undefined && { description: given.description }),
    ...(given.image !== undefined && { image: given.image }),
    ...(given.price_yuan !== undefined && { priceYuan: given.price_yuan }),
    ...(given.original_price_yuan !== undefined && { originalPriceYuan: given.original_price_yuan }),
    ...(given.unit !== undefined && { unit: given.unit }),
    ...(given.stock !== undefined && { stock: given.stock }),
    ...(given.status !== undefined && { status: given.status }),
    ...(given.tags !== undefined && { tags: given.tags }),
    ...(given.specs !== undefined && {
      specs: given.specs.map(({ name, price_yuan, stock: left }) => ({
        name,
        priceYuan: price_yuan,
        ...(left !== undefined && { stock: left }),
      })),
    }),
  };
}
