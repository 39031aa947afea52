import { z } from "zod";
import type { EventSubject, VendorEvent } from "../../domain/event.ts";
import { parseMoment, withOffset } from "../../domain/instant.ts";
import { takeoutTopics } from "../../domain/takeout/live.ts";
import { readJson } from "../../pipeline/json.ts";
import { toDetails } from "./details.ts";
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
  if (!message || parseMoment(message.timestamp) === undefined) return "malformed";
  const kind = takeoutTopics.find((topic) => topic === message.topic);
  if (!kind) return "unknown_topic";
  const { subject, rest } = splitSubject(message.data);
  return {
    vendor: "takeout",
    kind,
    occurredAt: withOffset(message.timestamp),
    subject,
    data: toDetails(rest),
  };
}

function splitSubject(members: Record<string, unknown>) {
  const subject: EventSubject = {};
  const rest = { ...members };
  for (const [member, name] of subjectMembers) {
    const id = idText.safeParse(members[member]);
    if (!id.success || id.data.length > 200 || subject[name] !== undefined) continue;
    subject[name] = id.data;
    delete rest[member];
  }
  return { subject, rest };
}

function tryJson(bytes: Uint8Array): unknown {
  try {
    return readJson(bytes, exactKeys);
  } catch {
    return undefined;
  }
}
