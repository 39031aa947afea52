import * as z from "zod";
import type { DeliveryTask } from "../../../domain/takeout/delivery.ts";
import type { TakeoutPageRequest } from "../../../domain/takeout/page.ts";
import { readPages } from "../../../domain/takeout/read-pages.ts";
import { pageAnswer } from "../../fields.ts";
import { headline } from "../../headline.ts";
import { decodeOffset } from "../../offset-cursor.ts";
import { defineTool } from "../../tool.ts";
import { sliceOf } from "../../whole-list.ts";
import { documentedPageSize, listEntries, sortingOf } from "../list-entries.ts";
import { driverId, sortedPage, stateNumber, takeoutOrderId } from "../takeout-fields.ts";
import { describeTask, fromTask, taskAnswer } from "./task-fields.ts";

/** As many tasks as are searched for those of one order, of which the vendor takes no filter. */
const mostSearched = 500;
const mostPages = 50;

export const listDeliveryTasks = defineTool({
  name: "list_delivery_tasks",
  title: "List takeout deliveries",
  description:
    "Lists delivery tasks: which order, which driver, how far. Their states are the vendor's numbers, so read " +
    "status_text where there is one. It settles whether an assignment or step took effect. 配送任务、骑手 courier",
  access: "read",
  vendor: "takeout",
  input: z.strictObject({
    status: stateNumber.optional(),
    driver_id: driverId.optional(),
    order_id: takeoutOrderId.optional(),
    ...sortedPage,
  }),
  output: z.object({
    tasks: z.array(taskAnswer),
    ...pageAnswer,
    search_incomplete: z
      .literal(true)
      .optional()
      .describe("With order_id: there are more tasks than were searched"),
  }),
  async run({ status, driver_id, order_id, limit = 20, ...wanted }, app, { signal }) {
    const takeout = await app.takeout();
    const filter = {
      ...(status !== undefined && { status }),
      ...(driver_id !== undefined && { driverId: driver_id }),
    };
    const readPage = (part: TakeoutPageRequest) => takeout.delivery.list({ ...filter, ...part }, { signal });
    if (order_id === undefined) {
      const { items, entries, paging } = await listEntries({ limit, ...wanted }, readPage, fromTask);
      return { data: { tasks: entries, ...paging }, text: tell(items, paging) };
    }
    const sorting = sortingOf(wanted);
    const { items: searched, isWhole } = await readPages<DeliveryTask>(
      { mostItems: mostSearched, mostPages },
      (pageIndex) => readPage({ pageIndex, pageSize: documentedPageSize, ...sorting }),
    );
    const ofOrder = searched.filter(({ orderId }) => orderId === order_id);
    const part = { offset: decodeOffset(wanted.cursor), limit, toAnswer: fromTask };
    const { shown, items, paging } = sliceOf(ofOrder, part);
    const note = isWhole ? "" : `\nOnly the first ${searched.length} tasks were searched.`;
    return {
      data: { tasks: shown, ...paging, ...(!isWhole && { search_incomplete: true as const }) },
      text: tell(items, paging) + note,
    };
  },
});

function tell(tasks: readonly DeliveryTask[], paging: { total?: number }): string {
  return [headline(tasks.length, paging, "delivery tasks"), ...tasks.map(describeTask)].join("\n");
}
