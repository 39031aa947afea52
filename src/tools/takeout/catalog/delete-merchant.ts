import * as z from "zod";
import type { App } from "../../../app.ts";
import { oneLine, quote } from "../../../domain/vendor-text.ts";
import { countThatFits } from "../../answer-size.ts";
import { requestId } from "../../fields.ts";
import { repeatedAnswer, repeatedNote } from "../../repeated.ts";
import { defineTool } from "../../tool.ts";
import { unlessNotFound } from "../../unless-not-found.ts";
import { documentedPageSize } from "../list-entries.ts";
import { takeoutMerchantId } from "../takeout-fields.ts";
import { fromMerchant } from "./catalog-fields.ts";

const mostPreviewTokens = 4_000;

export const deleteMerchant = defineTool({
  name: "delete_merchant",
  title: "Delete a takeout merchant",
  description:
    "Deletes a merchant: nothing brings it back. The first call shows the merchant, its stores and how many dishes it has. 删除商家",
  access: "destroy",
  vendor: "takeout",
  input: z.strictObject({ merchant_id: takeoutMerchantId, request_id: requestId.optional() }),
  output: z.object({
    deleted: z.boolean(),
    merchant_id: z.string(),
    ...repeatedAnswer,
  }),
  async preview({ merchant_id }, app, { signal }) {
    const { merchants, dishes } = await app.takeout();
    const { stores, ...merchant } = fromMerchant(await merchants.get(merchant_id, { signal }));
    const page = { merchantId: merchant_id, pageIndex: 1, pageSize: documentedPageSize };
    const { items, total } = await dishes.list(page, { signal });
    const shown = stores.slice(0, countThatFits(stores, mostPreviewTokens));
    const isCounted = total !== undefined || items.length < documentedPageSize;
    const count = `${isCounted ? "" : "at least "}${total ?? items.length}`;
    return {
      data: {
        merchant,
        stores: shown,
        store_count: stores.length,
        dish_count: total ?? items.length,
        ...(!isCounted && { dish_count_is_minimum: true }),
      },
      text:
        `Deletes merchant ${oneLine(merchant.id)} ${quote(merchant.name)} for good. ` +
        `It has ${stores.length} stores and ${count} dishes.`,
    };
  },
  async run({ merchant_id, request_id }, app, { signal }) {
    const { repeated } = await deleteOnce(app, { merchantId: merchant_id, requestId: request_id, signal });
    return {
      data: { deleted: true, merchant_id, ...(repeated && { repeated }) },
      text: `Merchant ${oneLine(merchant_id)} is deleted${repeatedNote(repeated)}.`,
    };
  },
});

type Deletion = { merchantId: string; requestId: string | undefined; signal: AbortSignal };

/** A merchant that is gone was deleted; one that is still there may be deleted again, for identifiers are not reused. */
async function deleteOnce(app: App, { merchantId, requestId: requestName, signal }: Deletion) {
  const [store, { merchants }] = await Promise.all([app.store(), app.takeout()]);
  return store.writes.once<null>(
    {
      tool: "delete_merchant",
      vendor: "takeout",
      requestId: requestName,
      arguments: { merchantId },
      naturalKey: merchantId,
      signal,
    },
    {
      send: async () => {
        await merchants.delete(merchantId, { signal });
        return null;
      },
      lookUp: async () => {
        const held = await unlessNotFound(merchants.get(merchantId, { signal }));
        return held ? { found: false, isFinal: true } : { found: true, outcome: null };
      },
      settleHint: "get_merchant tells: it is not_found once it is deleted. Or make the same call again.",
    },
  );
}
