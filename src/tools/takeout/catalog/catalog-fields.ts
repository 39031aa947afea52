import * as z from "zod";
import {
  type Dish,
  type DishSummary,
  type Merchant,
  type MerchantSummary,
  saleStatuses,
} from "../../../domain/takeout/catalog.ts";

const merchantSummaryFields = {
  id: z.string(),
  name: z.string(),
  logo: z.string().nullable(),
  rating: z.number().nullable(),
  total_sales: z.number().nullable(),
  status: z.number().nullable().describe("The vendor's number: its document names none"),
  created_at: z.string().nullable(),
};

/** A merchant in a list (takeout.txt, 3.1). */
export const merchantSummaryAnswer = z.object(merchantSummaryFields);

const storeAnswer = z.object({
  id: z.string(),
  name: z.string(),
  address: z.string().nullable(),
  phone: z.string().nullable(),
});

/** One merchant (takeout.txt, 3.2). */
export const merchantAnswer = z.object({
  ...merchantSummaryFields,
  description: z.string().nullable(),
  contact_phone: z.string().nullable(),
  stores: z.array(storeAnswer),
});

const dishSummaryFields = {
  id: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  image: z.string().nullable(),
  price_yuan: z.string(),
  original_price_yuan: z.string().nullable(),
  sales_count: z.number().nullable(),
  rating: z.number().nullable(),
  status: z.number().nullable().describe("The vendor's number"),
  status_name: z
    .enum(saleStatuses)
    .optional()
    .describe("Absent for a number that the document does not name"),
  tags: z.array(z.string()),
};

/** A dish in a list (takeout.txt, 4.1). */
export const dishSummaryAnswer = z.object(dishSummaryFields);

/** One dish (takeout.txt, 4.2). */
export const dishAnswer = z.object({
  ...dishSummaryFields,
  unit: z.string().nullable(),
  stock: z.number().nullable(),
  specs: z.array(
    z.object({
      id: z.string().nullable(),
      name: z.string(),
      price_yuan: z.string(),
      stock: z.number().nullable(),
    }),
  ),
});

/** The merchant in the tools' spelling. */
export function fromMerchantSummary(merchant: MerchantSummary): z.input<typeof merchantSummaryAnswer> {
  const { id, name, logo, rating, totalSales, status, createdAt } = merchant;
  return { id, name, logo, rating, total_sales: totalSales, status, created_at: createdAt };
}

/** The same with what only the detail tells. */
export function fromMerchant(merchant: Merchant): z.input<typeof merchantAnswer> {
  const { description, contactPhone, stores } = merchant;
  return { ...fromMerchantSummary(merchant), description, contact_phone: contactPhone, stores };
}

/** The dish in the tools' spelling. */
export function fromDishSummary(dish: DishSummary): z.input<typeof dishSummaryAnswer> {
  return {
    id: dish.id,
    name: dish.name,
    description: dish.description,
    image: dish.image,
    price_yuan: dish.priceYuan,
    original_price_yuan: dish.originalPriceYuan,
    sales_count: dish.salesCount,
    rating: dish.rating,
    status: dish.status,
    ...(dish.saleStatus && { status_name: dish.saleStatus }),
    tags: dish.tags,
  };
}

/** The same with what only the detail tells. */
export function fromDish(dish: Dish): z.input<typeof dishAnswer> {
  return {
    ...fromDishSummary(dish),
    unit: dish.unit,
    stock: dish.stock,
    specs: dish.specs.map(({ id, name, priceYuan, stock }) => ({ id, name, price_yuan: priceYuan, stock })),
  };
}
