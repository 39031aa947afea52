import type { Answer } from "../message.ts";
import { answerWith, refuseParameter } from "./refusals.ts";
import { type Good, guestSupplies } from "./seed/goods.ts";
import { readWhole, type SentParameters } from "./sent-parameters.ts";
import type { Shop } from "./shop.ts";

const defaultPageSize = 20;
const largestPageSize = 100;

/** yunji.txt, 获取全部商品列表 */
export function answerGoods(shop: Shop, parameters: SentParameters): Answer {
  return answerPage(shop, goodsOnShelf(shop), parameters);
}

/** yunji.txt, 根据客用品代码获取对应分类商品列表 */
export function answerGoodsByGuestSupply(shop: Shop, parameters: SentParameters): Answer {
  const code = readWhole(parameters, "guestSuppliesCode");
  if (code === undefined) return refuseParameter("guestSuppliesCode");
  const goods = goodsOnShelf(shop).filter(({ guestSuppliesCode }) => guestSuppliesCode === Number(code));
  return answerPage(shop, goods, parameters);
}

/** yunji.txt, 获取全部分组商品 */
export function answerGroups(shop: Shop): Answer {
  const groupProductList = shop.groups.map(({ goods, ...group }, index) => ({
    ...group,
    sort: index + 1,
    productList: goods.filter(({ isOnShelf }) => isOnShelf).map((good) => productItem(shop, good)),
  }));
  return answerWith({ groupProductList });
}

const suppliesVersion = 20260401;

/** yunji.txt, 获取客用品代码列表; the vendor has been seen to call the list by either of two names. */
export function answerGuestSupplies(listName: "guestSuppliesList" | "guestSuppliesCodeList"): Answer {
  return answerWith({ version: suppliesVersion, [listName]: guestSupplies });
}

function goodsOnShelf({ groups }: Shop): Good[] {
  return groups.flatMap(({ goods }) => goods).filter(({ isOnShelf }) => isOnShelf);
}

/** Pages count from 1; more than a hundred a page are not given, whatever is asked for. */
function answerPage(shop: Shop, goods: readonly Good[], parameters: SentParameters): Answer {
  const asked = readPaging(parameters, "pageSize", defaultPageSize);
  const current = readPaging(parameters, "current", 1);
  if (asked === undefined) return refuseParameter("pageSize");
  if (current === undefined) return refuseParameter("current");
  const pageSize = Math.min(asked, largestPageSize);
  const page = goods.slice((current - 1) * pageSize, current * pageSize);
  return answerWith({
    productList: page.map((good) => productItem(shop, good)),
    pagination: { current, pageSize, total: goods.length },
  });
}

function readPaging(parameters: SentParameters, name: string, fallback: number): number | undefined {
  if (!parameters.has(name)) return fallback;
  const text = readWhole(parameters, name) ?? "";
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}

function productItem(shop: Shop, good: Good) {
  return {
    productName: good.productName,
    productId: good.productId,
    imageUrl: good.imageUrl,
    unitPrice: good.unitPriceFen,
    actualPrice: good.actualPriceFen,
    storage: shop.stockOf(good),
  };
}
