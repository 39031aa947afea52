import { snakeCase } from "../../domain/snake-case.ts";

/** Members whose names in tools differ by more than the spelling: they say their unit, or are shorter. */
const renamed: ReadonlyMap<string, string> = new Map([
  ["latitude", "lat"],
  ["longitude", "lng"],
  ["price", "price_yuan"],
  ["originalPrice", "original_price_yuan"],
  ["amount", "amount_yuan"],
  ["estimatedTime", "estimated_minutes"],
  ["replyContent", "content"],
  ["file", "base64"],
]);

/** The other members that requests are made of (takeout.txt, 2 to 11). */
const sameWords: ReadonlySet<string> = new Set([
  "phone",
  "password",
  "verificationCode",
  "nickname",
  "type",
  "name",
  "logo",
  "description",
  "contactPhone",
  "contactPerson",
  "businessLicense",
  "merchantId",
  "categoryId",
  "image",
  "unit",
  "stock",
  "tags",
  "specs",
  "dishIds",
  "status",
  "storeId",
  "items",
  "dishId",
  "specId",
  "quantity",
  "deliveryAddress",
  "contactName",
  "address",
  "remark",
  "couponId",
  "reason",
  "cancelBy",
  "orderId",
  "paymentMethod",
  "driverId",
  "deliveryCode",
  "rating",
  "tasteRating",
  "packageRating",
  "deliveryRating",
  "content",
  "images",
  "isAnonymous",
  "keyword",
  "startDate",
  "endDate",
  "fileName",
  "sortBy",
  "sortOrder",
]);

/**
 * A field that the vendor names, as tools spell it: `deliveryAddress.contactPhone` is
 * `delivery_address.contact_phone`. Undefined for names that are none of the document's.
 */
export function toolField(vendorField: string): string | undefined {
  const parts = vendorField.replace(/^\$\./, "").split(".");
  if (parts.length > 5) return undefined;
  const names = parts.map(toolName);
  return names.every((name) => name !== undefined) ? names.join(".") : undefined;
}

/** One member with its index, if it has one; servers of this kind may write the first letter large. */
function toolName(part: string): string | undefined {
  const [, first = "", rest = "", index = ""] = /^([A-Za-z])([A-Za-z]{0,40})(\[\d{1,4}\])?$/.exec(part) ?? [];
  const name = first.toLowerCase() + rest;
  const known = renamed.get(name) ?? (sameWords.has(name) ? snakeCase(name) : undefined);
  return known === undefined ? undefined : known + index;
}
