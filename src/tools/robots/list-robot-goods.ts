import * as z from "zod";
import { page, pageAnswer } from "../fields.ts";
import { headline } from "../headline.ts";
import { listNumbered } from "../numbered-list.ts";
import { defineTool } from "../tool.ts";
import { describeProduct, fromProduct, goodsAnswer } from "./goods-fields.ts";
import { storeId } from "./robot-fields.ts";

/** As many as the vendor gives at once (yunji.txt, 获取全部商品列表). */
const vendorPageSize = 100;

export const listRobotGoods = defineTool({
  name: "list_robot_goods",
  title: "List goods for robot orders",
  description:
    "Lists what the hotel sells for delivery by robot, with price in fen (100 fen = 1 yuan) and stock; " +
    "with guest_supplies_code only the goods of that class. create_robot_order takes the product_id. 机器人商品",
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
    ...page,
  }),
  output: z.object({ goods: z.array(goodsAnswer), ...pageAnswer }),
  async run({ store_id, guest_supplies_code, limit, cursor }, app, { signal }) {
    const yunji = await app.yunji();
    const readPage = async ({ number, size }: { number: number; size: number }) => {
      const request = { storeId: store_id, current: number, pageSize: size, signal };
      const { products, total } =
        guest_supplies_code === undefined
          ? await yunji.listGoods(request)
          : await yunji.listGoodsByGuestSupply({ ...request, guestSuppliesCode: guest_supplies_code });
      return { items: products, total };
    };
    const wanted = { limit, cursor, pageSize: vendorPageSize };
    const { entries, items, paging } = await listNumbered(wanted, readPage, fromProduct);
    return {
      data: { goods: entries, ...paging },
      text: [headline(items.length, paging, "goods"), ...items.map(describeProduct)].join("\n"),
    };
  },
});
