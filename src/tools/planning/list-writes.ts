import * as z from "zod";
import type { App } from "../../app.ts";
import { vendorNames } from "../../domain/failure.ts";
import type { Page } from "../../state/page.ts";
import type { WriteQuery } from "../../state/writes/list-writes.ts";
import { countThatFits } from "../answer-size.ts";
import { instant, page, pageAnswer, plainText, planId, requestId } from "../fields.ts";
import { defineTool } from "../tool.ts";
import {
  describeWrite,
  fromWrite,
  type ListedWrite,
  writeAnswer,
  writeStates,
} from "./record/write-fields.ts";

const mostLines = 20;

export const listWrites = defineTool({
  name: "list_writes",
  title: "List what was written",
  description:
    "Lists every write that was made at a vendor, newest first: who asked, with which arguments, how it stands and what " +
    "the vendor said; it asks no vendor. state unknown lists those that nobody can say of whether they took effect. " +
    "Customers' names, phones, addresses and remarks stand in it only with WAYBILL_RECORD_PERSONAL=1. " +
    "写入记录、操作日志、谁下的单 audit log history",
  access: "read",
  input: z.strictObject({
    tool: z
      .string()
      .regex(/^[a-z_]{1,64}$/, { error: "takes a tool's name, such as dispatch_plan" })
      .optional(),
    vendor: z.enum(vendorNames).optional(),
    state: z.enum(writeStates).optional(),
    plan_id: planId.optional().describe("Only what dispatching this plan wrote"),
    about: plainText(300).optional().describe("Exactly as a write tells it: an external_job_id, an order"),
    request_id: requestId.optional().describe("Only writes of this request_id"),
    since: instant.optional().describe("Only those first sent at this time or later"),
    ...page,
  }),
  output: z.object({ writes: z.array(writeAnswer), ...pageAnswer }),
  async run({ limit = 20, plan_id, about, request_id, ...rest }, app) {
    const query = { ...rest, planId: plan_id, naturalKey: about, requestId: request_id };
    const found = await readThatFits(app, { ...query, limit });
    return {
      data: {
        writes: found.items.map(fromWrite),
        ...(found.nextCursor !== undefined && { next_cursor: found.nextCursor }),
        total: found.total,
      },
      text: describe(found.items),
    };
  },
});

/** A page with as many writes as an answer has room for, and the cursor behind them. */
async function readThatFits(app: App, query: WriteQuery): Promise<Page<ListedWrite>> {
  const { writes, dispatches } = await app.store();
  const { items, ...rest } = await writes.list(query);
  const listed = await Promise.all(
    items.map(async (write): Promise<ListedWrite> => {
      const isRoute = write.tool === "dispatch_plan" && write.naturalKey !== null;
      return { write, claim: isRoute ? await dispatches.byJob(write.naturalKey ?? "") : undefined };
    }),
  );
  const shown = countThatFits(listed.map(fromWrite));
  return shown < listed.length ? readThatFits(app, { ...query, limit: shown }) : { ...rest, items: listed };
}

function describe(writes: ListedWrite[]): string {
  if (writes.length === 0) return "No such write is on record.";
  const lines = writes.slice(0, mostLines).map(describeWrite);
  if (writes.length > mostLines) lines.push(`and ${writes.length - mostLines} more in the data`);
  return lines.join("\n");
}
