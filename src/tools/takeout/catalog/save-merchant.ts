import * as z from "zod";
import type { App } from "../../../app.ts";
import { Failure } from "../../../domain/failure.ts";
import type { MerchantFields } from "../../../domain/takeout/catalog.ts";
import { oneLine, quote } from "../../../domain/vendor-text.ts";
import { plainText, requestId } from "../../fields.ts";
import { repeatedAnswer, repeatedNote } from "../../repeated.ts";
import { defineTool } from "../../tool.ts";
import { imageUrl, prose, takeoutMerchantId, trimmedText } from "../takeout-fields.ts";
import { shortDetails } from "../vendor-details.ts";
import { createMerchantOnce, updateMerchantOnce } from "./save-merchant-once.ts";
import { setAgainNote } from "./set-again.ts";

const merchantFields = z.strictObject({
  name: trimmedText(100).optional().describe("Required for a new merchant"),
  logo: imageUrl.optional().describe("url of upload_image, type merchant_logo"),
  description: prose(2000).optional(),
  contact_phone: plainText(30).optional(),
  contact_person: trimmedText(100).optional(),
  business_license: trimmedText(100).optional().describe("统一社会信用代码"),
});

export const saveMerchant = defineTool({
  name: "save_merchant",
  title: "Create or change a takeout merchant",
  description:
    "Creates a merchant without merchant_id, and with one changes that merchant: only the given fields. 新建或修改商家",
  access: "write",
  vendor: "takeout",
  input: z.strictObject({
    merchant_id: takeoutMerchantId.optional().describe("Left out: a new merchant"),
    ...merchantFields.shape,
    request_id: requestId.optional(),
  }),
  output: z.object({
    merchant_id: z.string().nullable().describe("Null where the vendor tells none: list_merchants has it"),
    created: z.boolean(),
    details: z.record(z.string(), z.unknown()).describe("What else the vendor answered"),
    ...repeatedAnswer,
  }),
  async run({ merchant_id, request_id, ...given }, app, { signal }) {
    const fields = toMerchantFields(given);
    const { outcome, repeated } = await save(app, {
      merchantId: merchant_id,
      fields,
      requestId: request_id,
      signal,
    });
    const merchantId = merchant_id ?? outcome.id;
    const text =
      merchant_id === undefined
        ? `Created ${quote(given.name)}: merchant ${oneLine(merchantId ?? "of unknown identifier")}${repeatedNote(repeated)}.`
        : `Changed merchant ${oneLine(merchant_id)}${setAgainNote(repeated)}.`;
    return {
      data: {
        merchant_id: merchantId,
        created: merchant_id === undefined,
        details: shortDetails(outcome.details),
        ...(repeated && { repeated }),
      },
      text,
    };
  },
});

type Saving = {
  merchantId: string | undefined;
  fields: MerchantFields;
  requestId: string | undefined;
  signal: AbortSignal;
};

function save(app: App, { merchantId, fields, ...rest }: Saving) {
  if (merchantId !== undefined) {
    if (Object.keys(fields).length > 0) return updateMerchantOnce(app, { merchantId, fields, ...rest });
    throw new Failure("invalid_input", "save_merchant was given nothing to change.", {
      hint: "Name the fields to change beside merchant_id.",
      fields: Object.keys(merchantFields.shape),
    });
  }
  const { name } = fields;
  if (name !== undefined) return createMerchantOnce(app, { fields: { ...fields, name }, ...rest });
  throw new Failure("invalid_input", "A new merchant needs a `name`.", {
    hint: "Give name, or merchant_id to change a merchant that is there.",
    fields: ["name"],
  });
}

function toMerchantFields(given: z.output<typeof merchantFields>): MerchantFields {
  return {
    ...(given.name !== undefined && { name: given.name }),
    ...(given.logo !== undefined && { logo: given.logo }),
    ...(given.description !== undefined && { description: given.description }),
    ...(given.contact_phone !== undefined && { contactPhone: given.contact_phone }),
    ...(given.contact_person !== undefined && { contactPerson: given.contact_person }),
    ...(given.business_license !== undefined && { businessLicense: given.business_license }),
  };
}
