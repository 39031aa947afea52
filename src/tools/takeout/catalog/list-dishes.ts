import * as z from "zod";
import { type DishSummary, saleStatuses } from "../../../domain/takeout/catalog.ts";
import { oneLine, quote } from "../../../domain/vendor-text.ts";
import { pageAnswer, plainText, textIdentifier } from "../../fields.ts";
import { headline } from "../../headline.ts";
import { defineTool } from "../../tool.ts";
import { listEntries } from "../list-entries.ts";
import { sortedPage, takeoutMerchantId } from "../takeout-fields.ts";
import { dishSummaryAnswer, fromDishSummary } from "./catalog-fields.ts";

export const listDishes = defineTool({
  name: "list_dishes",
  title: "List a merchant's dishes",
  description:
    "Lists the dishes of one merchant with their prices in yuan; stock and specs (sizes) are in get_dish. 菜品列表",
  access: "read",
  vendor: "takeout",
  input: z.strictObject({
    merchant_id: takeoutMerchantId,
    category_id: textIdentifier.optional(),
    keyword: plainText(100).optional(),
    status: z.enum(saleStatuses).optional().describe("Both when left out"),
    ...sortedPage,
  }),
  output: z.object({ dishes: z.array(dishSummaryAnswer), ...pageAnswer }),
  async run({ merchant_id, category_id, keyword, status, ...wanted }, app, { signal }) {
    const takeout = await app.takeout();
    const filter = {
      merchantId: merchant_id,
      ...(category_id !== undefined && { categoryId: category_id }),
      ...(keyword !== undefined && { keyword }),
      ...(status !== undefined && { status }),
    };
    const { items, entries, paging } = await listEntries(
      wanted,
      (pages) => takeout.dishes.list({ ...filter, ...pages }, { signal }),
      fromDishSummary,
    );
    return {
      data: { dishes: entries, ...paging },
      text: [headline(items.length, paging, "dishes"), ...items.map(describe)].join("\n"),
    };
  },
});

function describe({ id, name, priceYuan, status, saleStatus }: DishSummary): string {
  return `${oneLine(id)} ${quote(name)}: ${priceYuan} yuan, ${saleStatus ?? `status ${status ?? "-"}`}`;
}
