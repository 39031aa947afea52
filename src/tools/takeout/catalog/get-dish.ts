import * as z from "zod";
import { oneLine, quote } from "../../../domain/vendor-text.ts";
import { countThatFits, dataTokenBudget, estimateDataTokens } from "../../answer-size.ts";
import { defineTool } from "../../tool.ts";
import { dishId } from "../takeout-fields.ts";
import { dishAnswer, fromDish } from "./catalog-fields.ts";

export const getDish = defineTool({
  name: "get_dish",
  title: "Get one dish",
  description:
    "Gives one dish with its stock and its specs (sizes, each with its own price): an order names a spec by its id. 菜品详情",
  access: "read",
  vendor: "takeout",
  input: z.strictObject({ dish_id: dishId }),
  output: z.object({
    dish: dishAnswer,
    specs_omitted: z.number().int().optional().describe("Specs cut for length"),
  }),
  async run({ dish_id }, app, { signal }) {
    const takeout = await app.takeout();
    const { specs, ...dish } = fromDish(await takeout.dishes.get(dish_id, { signal }));
    const shown = countThatFits(specs, dataTokenBudget - estimateDataTokens(dish));
    const lines = specs
      .slice(0, shown)
      .map(
        ({ id, name, price_yuan, stock }) =>
          `spec ${oneLine(id ?? "-")} ${quote(name)}: ${price_yuan} yuan, stock ${stock ?? "-"}`,
      );
    const status = dish.status_name ?? `status ${dish.status ?? "-"}`;
    return {
      data: {
        dish: { ...dish, specs: specs.slice(0, shown) },
        ...(shown < specs.length && { specs_omitted: specs.length - shown }),
      },
      text: [
        `${oneLine(dish.id)} ${quote(dish.name)}: ${dish.price_yuan} yuan, stock ${dish.stock ?? "-"}, ${status}.`,
        ...lines,
      ].join("\n"),
    };
  },
});
