import { compareDecimals, parseDecimal } from "../../../domain/decimal.ts";
import type { Dish, DishFields } from "../../../domain/takeout/catalog.ts";

/** Whether the dish holds every given field that the vendor shows; money by its value, 38 as 38.00. */
export function showsAllOfDish(dish: Dish, fields: DishFields): boolean {
  const plain = [
    [fields.name, dish.name],
    [fields.description, dish.description],
    [fields.image, dish.image],
    [fields.unit, dish.unit],
    [fields.stock, dish.stock],
    [fields.status, dish.saleStatus],
  ];
  return (
    plain.every(([given, held]) => given === undefined || given === held) &&
    isSameMoney(fields.priceYuan, dish.priceYuan) &&
    isSameMoney(fields.originalPriceYuan, dish.originalPriceYuan) &&
    (fields.tags === undefined || isSameSet(fields.tags, dish.tags)) &&
    (fields.specs === undefined || hasSpecs(dish, fields.specs))
  );
}

function isSameMoney(given: string | undefined, held: string | null): boolean {
  if (given === undefined) return true;
  const [wanted, found] = [parseDecimal(given), parseDecimal(held ?? "")];
  return wanted !== undefined && found !== undefined && compareDecimals(wanted, found) === 0;
}

function isSameSet(given: readonly string[], held: readonly string[]): boolean {
  const [wanted, found] = [new Set(given), new Set(held)];
  return wanted.size === found.size && given.every((member) => found.has(member));
}

function hasSpecs({ specs }: Dish, given: NonNullable<DishFields["specs"]>): boolean {
  return (
    specs.length === given.length &&
    given.every(({ name, priceYuan, stock }) =>
      specs.some(
        (held) =>
          held.name === name &&
          isSameMoney(priceYuan, held.priceYuan) &&
          (stock === undefined || stock === held.stock),
      ),
    )
  );
}
