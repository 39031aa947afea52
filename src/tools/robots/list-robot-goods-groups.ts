import * as z from "zod";
import type { RobotProductGroup } from "../../domain/robot.ts";
import { oneLine, quote } from "../../domain/vendor-text.ts";
import { countThatFits, dataTokenBudget } from "../answer-size.ts";
import { page, pageAnswer } from "../fields.ts";
import { headline } from "../headline.ts";
import { decodeOffset } from "../offset-cursor.ts";
import { defineTool } from "../tool.ts";
import { sliceOf } from "../whole-list.ts";
import { fromProduct, goodsAnswer } from "./goods-fields.ts";
import { storeId } from "./robot-fields.ts";

/** What a group's own fields take, beside its goods. */
const groupTokens = 300;

const groupAnswer = z.object({
  group_id: z.string(),
  name: z.string().nullable(),
  image_url: z.string().nullable(),
  lowest_price_fen: z.string().nullable(),
  sort: z.number().nullable(),
  goods: z.array(goodsAnswer),
  goods_omitted: z.number().int().optional().describe("Cut for length: list_robot_goods gives all goods"),
});

export const listRobotGoodsGroups = defineTool({
  name: "list_robot_goods_groups",
  title: "List goods by group",
  description:
    "Lists the hotel's groups of goods (drinks, snacks …), each with its goods: to browse. " +
    "list_robot_goods gives the same goods in one list. Prices are fen. 商品分组",
  access: "read",
  vendor: "yunji",
  input: z.strictObject({ store_id: storeId.optional(), ...page }),
  output: z.object({ groups: z.array(groupAnswer), ...pageAnswer }),
  async run({ store_id, limit = 50, cursor }, app, { signal }) {
    const offset = decodeOffset(cursor);
    const yunji = await app.yunji();
    const groups = await yunji.listGoodsGroups({ storeId: store_id, signal });
    const { shown, items, paging } = sliceOf(groups, { offset, limit, toAnswer: fromGroup });
    return {
      data: { groups: shown, ...paging },
      text: [headline(shown.length, paging, "groups"), ...items.map(describe)].join("\n"),
    };
  },
});

/** The group in the tools' spelling, with as many goods as one answer holds. */
function fromGroup(group: RobotProductGroup): z.input<typeof groupAnswer> {
  const goods = group.products.map(fromProduct);
  const shown = countThatFits(goods, dataTokenBudget - groupTokens);
  return {
    group_id: group.groupId,
    name: group.name,
    image_url: group.imageUrl,
    lowest_price_fen: group.lowestPriceFen,
    sort: group.sort,
    goods: goods.slice(0, shown),
    ...(shown < goods.length && { goods_omitted: goods.length - shown }),
  };
}

function describe({ groupId, name, products }: RobotProductGroup): string {
  const names = products.slice(0, 5).map((product) => quote(product.name, 20));
  if (products.length > names.length) names.push(`${products.length - names.length} more`);
  return `${oneLine(groupId)} ${quote(name)}: ${names.join(", ") || "no goods"}`;
}
