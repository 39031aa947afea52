import * as z from "zod";
import type { RobotProduct } from "../../domain/robot.ts";
import { page, pageAnswer } from "../fields.ts";
import { headline } from "../headline.ts";
import { listNumbered } from "../numbered-list.ts";
import { readNumberedPages } from "../numbered-pages.ts";
import { decodeOffset } from "../offset-cursor.ts";
import { defineTool } from "../tool.ts";
import { sliceOf } from "../whole-list.ts";
import { describeProduct, fromProduct, goodsAnswer } from "./goods-fields.ts";
import { goodsPerPage, goodsReader } from "./read-goods.ts";
import { lineOfText, storeId } from "./robot-fields.ts";

/** A hotel's goods are one page of the vendor or two; a keyword is not looked for beyond these. */
const mostSearched = 1_000;

export const listRobotGoods = defineTool({
  name: "list_robot_goods",
  title: "List goods for robot orders",
  description:
    "Lists what the hotel sells for delivery by robot, with price in fen and yuan, and stock; " +
    "with keyword only goods whose name has it, with guest_supplies_code only those of that class. create_robot_order takes the product_id. 机器人商品",
  access: "read",
  vendor: "yunji",
  input: z.strictObject({
    store_id: storeId.optional(),
    guest_supplies_code: z
      .number()
      .int()
      .min(0)
      .max(999_999_999)
      .optional()
      .describe("Class of guest supplies from list_guest_supplies, e.g. 10001"),
    keyword: lineOfText(50)
      .transform((text) => text.trim())
      .optional()
      .describe("Part of a name, e.g. 水"),
    ...page,
  }),
  output: z.object({
    goods: z.array(goodsAnswer),
    ...pageAnswer,
    search_incomplete: z.literal(true).optional().describe("The hotel has more goods than were searched"),
  }),
  async run({ store_id, guest_supplies_code, keyword, limit = 50, cursor }, app, { signal }) {
    const wanted = { storeId: store_id, guestSuppliesCode: guest_supplies_code, signal };
    const readPage = await goodsReader(app, wanted);
    if (keyword === undefined) {
      const paged = { limit, cursor, pageSize: goodsPerPage };
      const { entries, items, paging } = await listNumbered(paged, readPage, fromProduct);
      return { data: { goods: entries, ...paging }, text: tell(items, paging) };
    }
    const everything = { offset: 0, limit: mostSearched, pageSize: goodsPerPage };
    const { items: goods, nextOffset } = await readNumberedPages(everything, readPage);
    const part = { offset: decodeOffset(cursor), limit, toAnswer: fromProduct };
    const { shown, items, paging } = sliceOf(goods.filter(namedLike(keyword)), part);
    const isCut = nextOffset !== undefined;
    return {
      data: { goods: shown, ...paging, ...(isCut && { search_incomplete: true as const }) },
      text: tell(items, paging) + (isCut ? `\nOnly the first ${mostSearched} goods were searched.` : ""),
    };
  },
});

function tell(products: readonly RobotProduct[], paging: { total?: number; next_cursor?: string }): string {
  return [headline(products.length, paging, "goods"), ...products.map(describeProduct)].join("\n");
}

/** Full-width and half-width letters are the same, large and small ones too. */
function namedLike(keyword: string): (product: RobotProduct) => boolean {
  const sought = foldedText(keyword);
  return ({ name }) => foldedText(name ?? "").includes(sought);
}

function foldedText(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}
