import { Failure } from "../../domain/failure.ts";
import type { Identifier } from "../../domain/identifier.ts";
import { invalidInput } from "../provider.ts";
import type { PageRequest } from "./pages.ts";

/** Longer than any plate or area name in use. */
const longestPlate = 32;
const longestArea = 100;

/** The path of one vehicle; a plate that could reach another endpoint is refused. */
export function vehiclePath(licensePlate: string): string {
  const plate = readableText(licensePlate, "license_plate", longestPlate);
  if (/[/\\]/.test(plate) || /^\.+$/.test(plate)) {
    throw invalidInput("license_plate has characters that no plate has.", ["license_plate"], "fleet");
  }
  return `/transport-vehicles/${encodeURIComponent(plate)}/`;
}

/** The area as it is matched: exactly. */
export function checkedArea(area: string): string {
  return readableText(area, "area", longestArea);
}

/** The merchant asked for, else the default (the first); others than the configured ones are `forbidden`. */
export function checkedMerchant(merchantIds: readonly string[], merchantId: Identifier | undefined): string {
  const merchant = merchantId === undefined ? merchantIds[0] : String(merchantId);
  if (merchant !== undefined && merchantIds.includes(merchant)) return merchant;
  throw new Failure("forbidden", "This server is not configured for that merchant.", {
    vendor: "fleet",
    fields: ["merchant_id"],
    hint: "Leave merchant_id out for the default merchant, or have it added to FLEET_MERCHANT_ID.",
  });
}

/** `limit` and `offset` as query pairs; what is left out is not sent. */
export function pageQuery({ limit, offset }: PageRequest): [string, string][] {
  if (limit !== undefined && !(Number.isSafeInteger(limit) && limit >= 1)) {
    throw invalidInput("limit must be a whole number from 1.", ["limit"], "fleet");
  }
  if (offset !== undefined && !(Number.isSafeInteger(offset) && offset >= 0)) {
    throw invalidInput("offset must be a whole number from 0.", ["offset"], "fleet");
  }
  return [
    ...(limit === undefined ? [] : [["limit", String(limit)] satisfies [string, string]]),
    ...(offset === undefined ? [] : [["offset", String(offset)] satisfies [string, string]]),
  ];
}

function readableText(text: string, field: string, longest: number): string {
  if (text.trim() === "") throw invalidInput(`${field} is empty.`, [field], "fleet");
  if (text.length > longest)
    throw invalidInput(`${field} is longer than ${longest} characters.`, [field], "fleet");
  if (/\p{Cc}/u.test(text) || !text.isWellFormed()) {
    throw invalidInput(`${field} has control characters or broken ones.`, [field], "fleet");
  }
  return text;
}
