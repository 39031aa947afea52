import { yuan, yuanOrNull } from "../money.ts";
import type { Dish } from "../records.ts";

/** How a dish does with customers. */
type Popularity = { salesCount: number; rating: number };

/** takeout.txt, 4.1, with the merchant and category that the list can be asked for. */
export function dishSummary(dish: Dish, { salesCount, rating }: Popularity) {
  const { id, merchantId, categoryId, name, description, image, status, tags } = dish;
  return {
    id,
    merchantId,
    categoryId,
    name,
    description,
    image,
    price: yuan(dish.priceFen),
    originalPrice: yuanOrNull(dish.originalPriceFen),
    salesCount,
    rating,
    status,
    tags,
  };
}

/** takeout.txt, 4.2 */
export function dishDetail(dish: Dish, popularity: Popularity) {
  const { unit, stock, specs } = dish;
  return {
    ...dishSummary(dish, popularity),
    unit,
    stock,
    specs: specs.map((spec) => ({
      id: spec.id,
      name: spec.name,
      price: yuan(spec.priceFen),
      stock: spec.stock,
    })),
  };
}
