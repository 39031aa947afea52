import * as z from "zod";
import type { RobotProduct } from "../../domain/robot.ts";
import { oneLine, quote } from "../../domain/vendor-text.ts";
import { yuanOfFen } from "../yuan-of-fen.ts";

/** A product as the tools give it. Prices are exact decimals in fen, as the vendor has them. */
export const goodsAnswer = z.object({
  product_id: z.string(),
  name: z.string().nullable(),
  unit_price_fen: z.string().nullable(),
  actual_price_fen: z.string().nullable().describe("What it is sold for"),
  price_yuan: z.string().nullable().describe("The same as yuan, as create_robot_order's amount is"),
  stock: z.number().nullable(),
  image_url: z.string().nullable(),
});

/** The product in the tools' spelling. */
export function fromProduct(product: RobotProduct): z.input<typeof goodsAnswer> {
  return {
    product_id: product.productId,
    name: product.name,
    unit_price_fen: product.unitPriceFen,
    actual_price_fen: product.actualPriceFen,
    price_yuan: yuanOfFen(priceFenOf(product)) ?? null,
    stock: product.stock,
    image_url: product.imageUrl,
  };
}

/** One line about a product. */
export function describeProduct(product: RobotProduct): string {
  const { productId, name, stock } = product;
  const price = yuanOfFen(priceFenOf(product)) ?? "?";
  return `${oneLine(productId)} ${quote(name)}: ${price} yuan, ${stock ?? "?"} in stock`;
}

/** What it is sold for, which the vendor may leave to the unit price. */
function priceFenOf({ actualPriceFen, unitPriceFen }: RobotProduct): string | null {
  return actualPriceFen ?? unitPriceFen;
}
