import { Failure } from "../../domain/failure.ts";
import type { Identifier } from "../../domain/identifier.ts";
import { plainTextRule, refuseWrong, wholeNumberRule } from "../argument-rules.ts";
import type { PageRequest } from "./pages.ts";

/** Longer than any plate or area name in use. */
const longestPlate = 32;
const longestArea = 100;

/** The path of one vehicle; a plate that could reach another endpoint is refused. */
export function vehiclePath(licensePlate: string): string {
  const plate = readableText(licensePlate, "license_plate", longestPlate);
  const isOdd = /[/\\]/.test(plate) || /^\.+$/.test(plate);
  refuseWrong("fleet", [isOdd, "license_plate", "has characters that no plate has"]);
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
  refuseWrong(
    "fleet",
    wholeNumberRule("limit", limit, { from: 1 }),
    wholeNumberRule("offset", offset, { from: 0 }),
  );
  return [
    ...(limit === undefined ? [] : [["limit", String(limit)] satisfies [string, string]]),
    ...(offset === undefined ? [] : [["offset", String(offset)] satisfies [string, string]]),
  ];
}

function readableText(text: string, field: string, longest: number): string {
  refuseWrong("fleet", plainTextRule(field, text, longest));
  return text;
}
