import * as z from "zod";
import { eventKinds, type KeptEvent, ownEventKinds } from "../../domain/event.ts";
import { vendorNames } from "../../domain/failure.ts";
import type { Page } from "../../state/page.ts";
import { countThatFits } from "../answer-size.ts";
import { instant, page, pageAnswer } from "../fields.ts";
import { defineTool } from "../tool.ts";
import { describeEvent, eventAnswer, fromEvent } from "./event-fields.ts";

const mostLines = 20;

export const listEvents = defineTool({
  name: "list_events",
  title: "List events",
  description:
    "Lists what vendors told by themselves, newest first; it asks no vendor. yunji: task-exception, arrived (the robot " +
    "waits at the door), dispensed, completed. routemate, for routes sent from here: job.completed, stop.completed, " +
    "stop.failed, and by comparing job.assigned (the driver came or changed), job.started, job.ended (all tried, some " +
    "failed), job.missing, stops.reordered (after the import). takeout: order.new, order.status, delivery.location, payment.success. To go on from where you were, " +
    "pass the newest received_at you saw as since; no events is no proof that nothing happened: the vendor's get_ tool " +
    "tells what holds now. 事件列表、发生了什么 news",
  access: "read",
  input: z.strictObject({
    vendor: z.enum(vendorNames).optional(),
    kind: z.enum([...Object.values(eventKinds).flat(), ...Object.values(ownEventKinds).flat()]).optional(),
    since: instant.optional().describe("Only events that arrived here at this time or later (received_at)"),
    ...page,
  }),
  output: z.object({ events: z.array(eventAnswer), ...pageAnswer }),
  async run({ limit = 50, ...query }, app) {
    const { events } = await app.store();
    const found = await readThatFits((count) => events.list({ ...query, limit: count }), limit);
    return {
      data: {
        events: found.items.map(fromEvent),
        ...(found.nextCursor !== undefined && { next_cursor: found.nextCursor }),
        total: found.total,
      },
      text: describe(found.items),
    };
  },
});

/** A page with as many events as an answer has room for, and the cursor behind them. */
async function readThatFits(
  read: (count: number) => Promise<Page<KeptEvent>>,
  count: number,
): Promise<Page<KeptEvent>> {
  const found = await read(count);
  const shown = countThatFits(found.items.map(fromEvent));
  return shown < found.items.length ? readThatFits(read, shown) : found;
}

function describe(events: KeptEvent[]): string {
  if (events.length === 0) return "No such event has arrived.";
  const lines = events.slice(0, mostLines).map(describeEvent);
  if (events.length > mostLines) lines.push(`and ${events.length - mostLines} more in the data`);
  return lines.join("\n");
}
