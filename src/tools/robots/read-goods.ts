import type { App } from "../../app.ts";
import type { RobotProduct } from "../../domain/robot.ts";

/** As many as the vendor gives at once (yunji.txt, 获取全部商品列表). */
export const goodsPerPage = 100;

/** Which goods: of one hotel, and of one class of guest supplies where it is given. */
type WantedGoods = {
  storeId: string | undefined;
  guestSuppliesCode?: number | undefined;
  signal: AbortSignal;
};

type GoodsPage = { items: RobotProduct[]; total: number | undefined };

/** Reads the vendor's pages of goods, as the readers of numbered pages ask for them. */
export async function goodsReader(app: App, { guestSuppliesCode, ...wanted }: WantedGoods) {
  const yunji = await app.yunji();
  return async ({ number, size }: { number: number; size: number }): Promise<GoodsPage> => {
    const request = { ...wanted, current: number, pageSize: size };
    const { products, total } =
      guestSuppliesCode === undefined
        ? await yunji.listGoods(request)
        : await yunji.listGoodsByGuestSupply({ ...request, guestSuppliesCode });
    return { items: products, total };
  };
}
