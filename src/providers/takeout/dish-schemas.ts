import { z } from "zod";
import { type Dish, type DishSummary, type SaleStatus, saleStatuses } from "../../domain/takeout/catalog.ts";
import {
  idText,
  optionalId,
  optionalNumber,
  optionalText,
  optionalWholeNumber,
  optionalYuan,
  texts,
  yuan,
} from "./wire-fields.ts";

/** takeout.txt, 4.5 */
const saleNumbers: Readonly<Record<SaleStatus, number>> = { on_sale: 1, off_sale: 2 };

/** The vendor's number of a status. */
export function toSaleNumber(status: SaleStatus | undefined): number | undefined {
  return status && saleNumbers[status];
}

const summaryFields = {
  id: idText,
  name: z.string(),
  description: optionalText,
  image: optionalText,
  price: yuan,
  originalPrice: optionalYuan,
  salesCount: optionalWholeNumber,
  rating: optionalNumber,
  status: optionalWholeNumber,
  tags: texts,
};

const spec = z
  .object({ id: optionalId, name: z.string(), price: yuan, stock: optionalWholeNumber })
  .transform(({ price, ...rest }) => ({ ...rest, priceYuan: price }));

/** takeout.txt, 4.1 */
export const dishSummarySchema = z.object(summaryFields).transform(
  ({ price, originalPrice, ...rest }): DishSummary => ({
    ...rest,
    saleStatus: saleStatusOf(rest.status),
    priceYuan: price,
    originalPriceYuan: originalPrice,
  }),
);

/** takeout.txt, 4.2 */
export const dishSchema = z
  .object({
    ...summaryFields,
    unit: optionalText,
    stock: optionalWholeNumber,
    specs: z
      .array(spec)
      .nullish()
      .transform((specs) => specs ?? []),
  })
  .transform(
    ({ price, originalPrice, ...rest }): Dish => ({
      ...rest,
      saleStatus: saleStatusOf(rest.status),
      priceYuan: price,
      originalPriceYuan: originalPrice,
    }),
  );

function saleStatusOf(number: number | null): SaleStatus | null {
  return saleStatuses.find((status) => saleNumbers[status] === number) ?? null;
}
