import { z } from "zod";
import { withOffset } from "../../domain/instant.ts";
import { decimalText, looseNumber } from "../wire.ts";

/** An identifier; the document shows text, and a number is taken as its text. */
export const idText = z.union([z.string().min(1), z.int()]).transform(String);

/** These are null where the member is missing or null. */
export const optionalId = idText.nullish().transform(orNull);

export const optionalText = z.string().nullish().transform(orNull);

/** A time with its offset; text that is no time stays as it came, for it may still tell that something happened. */
export const time = z.string().transform(withOffset);

export const optionalTime = time.nullish().transform(orNull);

/** A count or a numbered state; some serialisers write numbers as text. */
export const wholeNumber = z.union([
  z.int(),
  z
    .string()
    .regex(/^-?\d{1,15}$/)
    .transform(Number),
]);

export const optionalWholeNumber = wholeNumber.nullish().transform(orNull);

export const optionalNumber = looseNumber.nullish().transform(orNull);

/** Yuan; the profile's exact keys keep their digits. */
export const yuan = decimalText;

export const optionalYuan = yuan.nullish().transform(orNull);

/** A list that is empty where it is missing. */
export const texts = z
  .array(z.string())
  .nullish()
  .transform((list) => list ?? []);

/** Every member of the document that is money: its digits are kept as they come. */
export const moneyKeys = [
  "price",
  "originalPrice",
  "amount",
  "dishAmount",
  "totalAmount",
  "actualAmount",
  "discountAmount",
  "deliveryFee",
  "packageFee",
  "discountValue",
  "minOrderAmount",
  "revenue",
  "totalRevenue",
  "todayRevenue",
  "avgOrderAmount",
];

/** Null for what is not there. */
export function orNull<T>(value: T | null | undefined): T | null {
  return value ?? null;
}
