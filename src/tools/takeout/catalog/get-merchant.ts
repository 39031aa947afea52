import * as z from "zod";
import { oneLine, quote } from "../../../domain/vendor-text.ts";
import { countThatFits, dataTokenBudget, estimateDataTokens } from "../../answer-size.ts";
import { defineTool } from "../../tool.ts";
import { takeoutMerchantId } from "../takeout-fields.ts";
import { fromMerchant, merchantAnswer } from "./catalog-fields.ts";

export const getMerchant = defineTool({
  name: "get_merchant",
  title: "Get one takeout merchant",
  description:
    "Gives one merchant with its stores: a takeout order needs the id of the store as store_id. 商家详情",
  access: "read",
  vendor: "takeout",
  input: z.strictObject({ merchant_id: takeoutMerchantId }),
  output: z.object({
    merchant: merchantAnswer,
    stores_omitted: z.number().int().optional().describe("Stores cut for length"),
  }),
  async run({ merchant_id }, app, { signal }) {
    const takeout = await app.takeout();
    const { stores, ...merchant } = fromMerchant(await takeout.merchants.get(merchant_id, { signal }));
    const shown = countThatFits(stores, dataTokenBudget - estimateDataTokens(merchant));
    const lines = stores
      .slice(0, shown)
      .map(({ id, name, address }) => `store ${oneLine(id)} ${quote(name)} ${quote(address)}`);
    return {
      data: {
        merchant: { ...merchant, stores: stores.slice(0, shown) },
        ...(shown < stores.length && { stores_omitted: stores.length - shown }),
      },
      text: [`${oneLine(merchant.id)} ${quote(merchant.name)}: ${stores.length} stores.`, ...lines].join(
        "\n",
      ),
    };
  },
});
