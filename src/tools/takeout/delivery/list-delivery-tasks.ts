import * as z from "zod";
import { inSnakeCase } from "../../../domain/snake-case.ts";
import type { DeliveryTask } from "../../../domain/takeout/delivery.ts";
import { oneLine, quote } from "../../../domain/vendor-text.ts";
import { pageAnswer } from "../../fields.ts";
import { headline } from "../../headline.ts";
import { defineTool } from "../../tool.ts";
import { listEntries } from "../list-entries.ts";
import { driverId, sortedPage, stateNumber } from "../takeout-fields.ts";

/** The document shows no task, so each field beside the identifier may be missing. */
const taskAnswer = z.object({
  id: z.string(),
  order_id: z.string().nullable(),
  driver_id: z.string().nullable(),
  status: z.number().nullable().describe("The vendor's number: its document names none"),
  status_text: z.string().nullable(),
  details: z.record(z.string(), z.unknown()).describe("What else the vendor tells"),
});

export const listDeliveryTasks = defineTool({
  name: "list_delivery_tasks",
  title: "List takeout deliveries",
  description:
    "Lists delivery tasks: which order, which driver, how far. Their states are the vendor's numbers, so read " +
    "status_text where there is one. It settles whether an assignment or step took effect. 配送任务、骑手 courier",
  access: "read",
  vendor: "takeout",
  input: z.strictObject({ status: stateNumber.optional(), driver_id: driverId.optional(), ...sortedPage }),
  output: z.object({ tasks: z.array(taskAnswer), ...pageAnswer }),
  async run({ status, driver_id, limit = 20, ...wanted }, app, { signal }) {
    const takeout = await app.takeout();
    const filter = {
      ...(status !== undefined && { status }),
      ...(driver_id !== undefined && { driverId: driver_id }),
    };
    const { items, entries, paging } = await listEntries(
      { limit, ...wanted },
      (part) => takeout.delivery.list({ ...filter, ...part }, { signal }),
      fromTask,
    );
    return {
      data: { tasks: entries, ...paging },
      text: [headline(items.length, paging, "delivery tasks"), ...items.map(describe)].join("\n"),
    };
  },
});

function fromTask({ id, orderId, driverId: driver, status, statusText, details }: DeliveryTask) {
  return {
    id,
    order_id: orderId,
    driver_id: driver,
    status,
    status_text: statusText,
    details: inSnakeCase(details),
  };
}

function describe({ id, orderId, driverId: driver, status, statusText }: DeliveryTask): string {
  const text = statusText === null ? "" : ` ${quote(statusText)}`;
  return (
    `${oneLine(id)}: order ${oneLine(orderId ?? "not told")}, driver ${oneLine(driver ?? "not told")}, ` +
    `status ${status ?? "not told"}${text}`
  );
}
