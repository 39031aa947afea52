import * as z from "zod";
import type { Shipment } from "../../domain/shipment.ts";
import { quote } from "../../domain/vendor-text.ts";
import { countThatFits } from "../answer-size.ts";
import { merchantId, page, pageAnswer, plainText } from "../fields.ts";
import { decodeOffset, encodeOffset } from "../offset-cursor.ts";
import { defineTool } from "../tool.ts";
import { fromShipment, shipmentAnswer } from "./shipment-fields.ts";

export const listUnshippedShipments = defineTool({
  name: "list_unshipped_shipments",
  title: "List unshipped shipments",
  description:
    "Lists the shipments of one area that have no delivery note yet, the newest first. " +
    "The area is matched exactly. plan_load reads them by itself when it is given the area. 未出货出货单、待发货",
  access: "read",
  vendor: "fleet",
  input: z.strictObject({
    area: plainText(100).describe("Area exactly as the ERP spells it, e.g. 华东"),
    merchant_id: merchantId.optional(),
    ...page,
  }),
  output: z.object({ shipments: z.array(shipmentAnswer), ...pageAnswer }),
  async run({ area, merchant_id, limit = 20, cursor }, app, { signal }) {
    const offset = decodeOffset(cursor);
    const fleet = await app.fleet();
    const found = await fleet.listUnshippedShipments({
      area,
      merchantId: merchant_id,
      limit,
      offset,
      signal,
    });
    const answered = found.shipments.map(fromShipment);
    const shown = countThatFits(answered);
    const nextOffset = shown < answered.length ? offset + shown : found.nextOffset;
    return {
      data: {
        shipments: answered.slice(0, shown),
        ...(found.total !== undefined && { total: found.total }),
        ...(nextOffset !== undefined && { next_cursor: encodeOffset(nextOffset) }),
      },
      text: [
        headline(shown, found.total, { area, known: app.config.areas }),
        ...found.shipments.slice(0, shown).map(describe),
      ].join("\n"),
    };
  },
});

type Area = { area: string; known: readonly string[] };

function headline(shown: number, total: number | undefined, { area, known }: Area): string {
  const areas = known.length > 0 ? ` Known areas: ${known.join(", ")}.` : "";
  if (shown === 0)
    return `No unshipped shipment in area ${quote(area)}: check that it is spelled as in the ERP.${areas}`;
  return `${shown} of ${total ?? "the"} unshipped shipments in area ${quote(area)}.`;
}

function describe({ id, customerName, address, geoCoordinates, salesItems }: Shipment): string {
  const items = salesItems.slice(0, 3).map(({ name, quantity }) => `${quote(name, 20)} ${quantity}`);
  if (salesItems.length > items.length) items.push(`${salesItems.length - items.length} more`);
  return `${id} ${quote(customerName, 20)} ${quote(address)}: ${items.join(", ")}${geoCoordinates ? "" : " (no position)"}`;
}
