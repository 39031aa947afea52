import * as z from "zod";
import type { MerchantSummary } from "../../../domain/takeout/catalog.ts";
import { oneLine, quote } from "../../../domain/vendor-text.ts";
import { pageAnswer, plainText } from "../../fields.ts";
import { headline } from "../../headline.ts";
import { defineTool } from "../../tool.ts";
import { listEntries } from "../list-entries.ts";
import { sortedPage, stateNumber } from "../takeout-fields.ts";
import { fromMerchantSummary, merchantSummaryAnswer } from "./catalog-fields.ts";

export const listMerchants = defineTool({
  name: "list_merchants",
  title: "List takeout merchants",
  description:
    "Lists the merchants of the takeout platform; their id is the merchant_id of the other takeout tools. " +
    "Stores are in get_merchant. Not the ERP's merchants of list_vehicles. 商家列表",
  access: "read",
  vendor: "takeout",
  input: z.strictObject({
    keyword: plainText(100).optional(),
    status: stateNumber.optional(),
    ...sortedPage,
  }),
  output: z.object({ merchants: z.array(merchantSummaryAnswer), ...pageAnswer }),
  async run({ keyword, status, ...wanted }, app, { signal }) {
    const takeout = await app.takeout();
    const filter = { ...(keyword !== undefined && { keyword }), ...(status !== undefined && { status }) };
    const { items, entries, paging } = await listEntries(
      wanted,
      (pages) => takeout.merchants.list({ ...filter, ...pages }, { signal }),
      fromMerchantSummary,
    );
    return {
      data: { merchants: entries, ...paging },
      text: [headline(items.length, paging, "merchants"), ...items.map(describe)].join("\n"),
    };
  },
});

function describe({ id, name, rating, totalSales, status }: MerchantSummary): string {
  return `${oneLine(id)} ${quote(name)}: rating ${rating ?? "-"}, ${totalSales ?? "-"} sales, status ${status ?? "-"}`;
}
