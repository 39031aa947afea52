import { z } from "zod";
import type { MerchantFields, TakeoutMerchants } from "../../domain/takeout/catalog.ts";
import { type Rule, wholeNumberRule } from "../argument-rules.ts";
import type { VendorLine } from "../provider.ts";
import { looseTextRule, pathSegment, presenceRule, refuseWrong, textRule } from "./argument-rules.ts";
import { pageQuery, read, writeStep } from "./calls.ts";
import { pageOf, toCreated } from "./envelope.ts";
import { idText, optionalNumber, optionalText, optionalTime, optionalWholeNumber } from "./wire-fields.ts";

const summaryFields = {
  id: idText,
  name: z.string(),
  logo: optionalText,
  rating: optionalNumber,
  totalSales: optionalWholeNumber,
  status: optionalWholeNumber,
  createdAt: optionalTime,
};

/** takeout.txt, 3.1 */
const merchantSummary = z.object(summaryFields);

/** takeout.txt, 3.2 */
const merchant = z.object({
  ...summaryFields,
  description: optionalText,
  contactPhone: optionalText,
  stores: z
    .array(z.object({ id: idText, name: z.string(), address: optionalText, phone: optionalText }))
    .nullish()
    .transform((stores) => stores ?? []),
});

const idNames = ["id", "merchantId"];

/** Merchants (takeout.txt, 3). */
export function createMerchants(line: VendorLine): TakeoutMerchants {
  return {
    list: async ({ keyword, status, ...page }, { signal } = {}) => {
      const query = { ...pageQuery(page), keyword, status };
      refuseWrong(looseTextRule("keyword", keyword), wholeNumberRule("status", status, { from: 0 }));
      return read(line, { path: "/merchants", query, signal }, pageOf(merchantSummary));
    },
    get: async (merchantId, { signal } = {}) =>
      read(line, { path: merchantPath(merchantId), signal }, merchant),
    create: async (fields, { signal } = {}) => {
      refuseWrong(presenceRule("name", fields.name), ...fieldRules(fields));
      const settledBy = "list_merchants with its name as keyword tells whether the merchant is there.";
      const request = {
        method: "POST" as const,
        path: "/merchants",
        json: toWire(fields),
        settledBy,
        signal,
      };
      return toCreated(await writeStep(line, request), idNames);
    },
    update: async (merchantId, fields, { signal } = {}) => {
      const path = merchantPath(merchantId);
      refuseWrong(...fieldRules(fields));
      const settledBy = "get_merchant tells whether the merchant has the new fields.";
      const request = { method: "PUT" as const, path, json: toWire(fields), settledBy, signal };
      return toCreated(await writeStep(line, request), idNames);
    },
    delete: async (merchantId, { signal } = {}) => {
      const path = merchantPath(merchantId);
      const settledBy = "get_merchant answers not_found once the merchant is gone.";
      await writeStep(line, { method: "DELETE", path, settledBy, signal });
    },
  };
}

function merchantPath(merchantId: string): string {
  return `/merchants/${pathSegment("merchant_id", merchantId)}`;
}

function fieldRules(fields: MerchantFields): Rule[] {
  return [
    textRule("name", fields.name),
    looseTextRule("logo", fields.logo),
    looseTextRule("description", fields.description),
    looseTextRule("contact_phone", fields.contactPhone),
    looseTextRule("contact_person", fields.contactPerson),
    looseTextRule("business_license", fields.businessLicense),
    [Object.values(fields).every((value) => value === undefined), "name", "or another field must be given"],
  ];
}

/** In the document's order; what is left out is not sent. */
function toWire(fields: MerchantFields): Record<string, unknown> {
  const { name, logo, description, contactPhone, contactPerson, businessLicense } = fields;
  return { name, logo, description, contactPhone, contactPerson, businessLicense };
}
