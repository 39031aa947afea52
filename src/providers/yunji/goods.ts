import type { CallOptions } from "../../domain/call-options.ts";
import type { GuestSupplyList, RobotProductGroup, RobotProductPage } from "../../domain/robot.ts";
import type { VendorLine } from "../provider.ts";
import { checkedCount } from "./arguments.ts";
import { toGuestSupplies, toProduct, toProductGroup } from "./convert.ts";
import { get, type InStore, type Pair, type StoreOf, send } from "./request.ts";
import { guestSuppliesSchema, productGroupsSchema, productPageSchema } from "./schemas.ts";

/** `current` counts from 1; a page holds at most 100. */
type ProductPageRequest = InStore & { current: number; pageSize: number };

/** What the hotel sells (yunji.txt, 商品). */
export type YunjiGoods = {
  listGoods: (page: ProductPageRequest) => Promise<RobotProductPage>;
  listGoodsByGuestSupply: (
    page: ProductPageRequest & { guestSuppliesCode: number },
  ) => Promise<RobotProductPage>;
  listGoodsGroups: (options?: InStore) => Promise<RobotProductGroup[]>;
  listGuestSupplies: (options?: CallOptions) => Promise<GuestSupplyList>;
};

/** As many as a page of products holds (yunji.txt, 获取全部商品列表). */
const largestPage = 100;

/** The part of a client that reads goods. */
export function createGoods(line: VendorLine, storeOf: StoreOf): YunjiGoods {
  const page = async (path: string, own: Pair[], request: ProductPageRequest): Promise<RobotProductPage> => {
    const { current, pageSize, signal } = request;
    const query: Pair[] = [
      ["storeId", storeOf(request)],
      ...own,
      ["pageSize", checkedCount("limit", pageSize, { from: 1, to: largestPage })],
      ["current", checkedCount("cursor", current, { from: 1, to: 1_000_000 })],
    ];
    const answer = await send(line, { ...get(path, query), signal }, productPageSchema);
    const total = answer.pagination?.total;
    return { products: (answer.productList ?? []).map(toProduct), ...(total != null && { total }) };
  };
  return {
    listGoods: (request) => page("/v1/goods/queryByStore", [], request),
    listGoodsByGuestSupply: (request) => {
      const range = { from: 0, to: 999_999_999 };
      const code = checkedCount("guest_supplies_code", request.guestSuppliesCode, range);
      return page("/v1/goods/queryByGuestSuppliesCode", [["guestSuppliesCode", code]], request);
    },
    listGoodsGroups: async (options = {}) => {
      const request = {
        ...get("/v1/goods/group/list", [["storeId", storeOf(options)]]),
        signal: options.signal,
      };
      const { groupProductList } = await send(line, request, productGroupsSchema);
      return (groupProductList ?? []).map(toProductGroup);
    },
    listGuestSupplies: async ({ signal } = {}) => {
      const request = { ...get("/v1/goods/guestSuppliesList", []), signal };
      return toGuestSupplies(await send(line, request, guestSuppliesSchema));
    },
  };
}
