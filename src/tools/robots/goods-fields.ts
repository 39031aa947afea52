import * as z from "zod";
import type { RobotProduct } from "../../domain/robot.ts";
import { oneLine, quote } from "../../domain/vendor-text.ts";

/** A product as the tools give it. Prices are exact decimals in fen, as the vendor has them. */
export const goodsAnswer = z.object({
  product_id: z.string(),
  name: z.string().nullable(),
  unit_price_fen: z.string().nullable(),
  actual_price_fen: z.string().nullable().describe("What it is sold for"),
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
    stock: product.stock,
    image_url: product.imageUrl,
  };
}

/** One line about a product. */
export function describeProduct({
  productId,
  name,
  actualPriceFen,
  unitPriceFen,
  stock,
}: RobotProduct): string {
  const price = actualPriceFen ?? unitPriceFen;
  return `${oneLine(productId)} ${quote(name)}: ${price ?? "?"} fen, ${stock ?? "?"} in stock`;
}
