import { fractionOf, hexOf } from "../../random.ts";
import { groupDrafts } from "./goods-drafts.ts";

/** How an order's goods reach the guest (yunji.txt, taskType): 0 staff, 1 robot, 2 container robot, 3 not at all. */
export type TaskType = 0 | 1 | 2 | 3;

/** A good of the hotel's shop. */
export type Good = {
  productId: string;
  productName: string;
  imageUrl: string;
  unitPriceFen: number;
  /** What is paid, below the unit price where there is a discount. */
  actualPriceFen: number;
  /** 1 usual, 2 a gift, 3 a guest supply. */
  productType: 1 | 2 | 3;
  guestSuppliesCode: number | null;
  taskType: TaskType;
  /** One that was taken off the shelf is on no list, but who still has its identifier may ask for it. */
  isOnShelf: boolean;
  /** Hotel time, minutes since midnight; may run past midnight. Null: always on sale. */
  salePeriod: { from: number; to: number } | null;
  /** Most of it in one order. */
  purchaseLimit: number | null;
  /** The container drops it badly: its task fails. */
  jams: boolean;
  /** What the shop has on the first day. */
  initialStock: number;
};

/** A group of goods, its minimum for an order in fen (yunji.txt, lowestSellingPrice). */
export type GoodsGroup = {
  groupId: string;
  groupName: string;
  /** Undocumented empties: some groups have no picture, and the vendor says so as null or as an empty text. */
  groupImageUrl: string | null;
  lowestSellingPrice: number;
  goods: Good[];
};

/** The least an order with paid goods must cost, in fen (yunji.txt, 12003). */
export const storeMinimumFen = 200;

/** Codes of guest supplies by category: 1 care, 2 living, 3 medical (yunji.txt, 获取客用品代码列表). */
export const guestSupplies = [
  { code: 10001, categoryId: 1, comment: "沐浴露" },
  { code: 10002, categoryId: 1, comment: "洗发水" },
  { code: 10003, categoryId: 1, comment: "牙具" },
  { code: 20001, categoryId: 2, comment: "免费水" },
  { code: 20002, categoryId: 2, comment: "浴巾" },
  { code: 20003, categoryId: 2, comment: "拖鞋" },
  { code: 30001, categoryId: 3, comment: "口罩" },
  { code: 30002, categoryId: 3, comment: "创可贴" },
] as const;

/** The shop of a seed. The same name is always the same good: `productIdOf` tells its identifier. */
export function seedGoods(seed: number): GoodsGroup[] {
  return groupDrafts.map(({ groupName, groupImageUrl, lowestSellingPrice, goods }) => ({
    groupId: hexOf(`yunji group ${seed} ${groupName}`, 24),
    groupName,
    groupImageUrl,
    lowestSellingPrice,
    goods: goods.map(([productName, yuan, traits = {}]): Good => {
      const productId = productIdOf(seed, productName);
      const unitPriceFen = Math.round(yuan * 100);
      return {
        productId,
        productName,
        imageUrl: `http://images.hotel.example/goods/${productId.slice(0, 6)}.png`,
        unitPriceFen,
        actualPriceFen: unitPriceFen,
        productType: 1,
        guestSuppliesCode: null,
        taskType: 1,
        isOnShelf: true,
        salePeriod: null,
        purchaseLimit: null,
        jams: false,
        initialStock: 10 + Math.floor(fractionOf(`${productId} stock`) * 50),
        ...traits,
      };
    }),
  }));
}

/** The identifier of a good by its name. */
export function productIdOf(seed: number, productName: string): string {
  return hexOf(`yunji good ${seed} ${productName}`, 24);
}
