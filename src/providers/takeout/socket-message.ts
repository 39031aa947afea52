import { z } from "zod";
import type { EventSubject, VendorEvent } from "../../domain/event.ts";
import { takeoutTopics } from "../../domain/takeout/live.ts";
import { readJson } from "../../pipeline/json.ts";
import { idText, moneyKeys } from "./wire-fields.ts";

/** takeout.txt, 12.1 */
const messageSchema = z.object({
  topic: z.string().min(1).max(100),
  data: z.record(z.string(), z.unknown()),
  timestamp: z.string().max(40),
});

/** What a message is about, by the members that say so. */
const subjectMembers: readonly (readonly [member: string, subject: keyof EventSubject])[] = [
  ["orderId", "takeoutOrderId"],
  ["orderNo", "orderNo"],
  ["merchantId", "merchantId"],
  ["paymentNo", "paymentNo"],
  ["driverId", "driverId"],
  ["deliveryTaskId", "deliveryTaskId"],
  ["taskId", "deliveryTaskId"],
];

const exactKeys = new Set(moneyKeys);

/** A message of the socket as an event, or why it is none. */
export function readMessage(bytes: Uint8Array): VendorEvent | "malformed" | "unknown_topic" {
  const message = messageSchema.safeParse(tryJson(bytes)).data;
  const occurredAt = message && toInstant(message.timestamp);
  if (!message || !occurredAt) return "malformed";
  const kind = takeoutTopics.find((topic) => topic === message.topic);
  if (!kind) return "unknown_topic";
  const { subject, data } = splitSubject(message.data);
  return { vendor: "takeout", kind, occurredAt, subject, data };
}

function splitSubject(members: Record<string, unknown>): Pick<VendorEvent, "subject" | "data"> {
  const subject: EventSubject = {};
  const data = { ...members };
  for (const [member, name] of subjectMembers) {
    const id = idText.safeParse(members[member]);
    if (!id.success || id.data.length > 200 || subject[name] !== undefined) continue;
    subject[name] = id.data;
    delete data[member];
  }
  return { subject, data };
}

const instantPattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(Z|[+-]\d\d:\d\d)?$/;

/** As the vendor writes it; without an offset it is UTC, which all times of the document are. */
function toInstant(timestamp: string): string | undefined {
  const match = instantPattern.exec(timestamp);
  const instant = match?.[1] === undefined ? `${timestamp}Z` : timestamp;
  return match && !Number.isNaN(Date.parse(instant)) ? instant : undefined;
}

function tryJson(bytes: Uint8Array): unknown {
  try {
    return readJson(bytes, exactKeys);
  } catch {
    return undefined;
  }
}
