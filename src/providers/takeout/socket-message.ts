import { z } from "zod";
import type { EventSubject, VendorEvent } from "../../domain/event.ts";
import { withOffset } from "../../domain/instant.ts";
import { takeoutTopics } from "../../domain/takeout/live.ts";
import { readJson } from "../../pipeline/json.ts";
import { toldIdentifier, toldMoment } from "../told-event.ts";
import { toDetails } from "./details.ts";
import { moneyKeys } from "./wire-fields.ts";

/** takeout.txt, 12.1 */
const messageSchema = z.object({
  topic: z.string().min(1).max(100),
  data: z.record(z.string(), z.unknown()),
  timestamp: toldMoment,
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
  if (!message || !hasPlainIdentifiers(message.data)) return "malformed";
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

/** Whether every identifier can be one. What is empty or no text or number names nothing, and stays in the data. */
function hasPlainIdentifiers(members: Record<string, unknown>): boolean {
  return subjectMembers
    .map(([member]) => members[member])
    .every((told) => !isNamed(told) || toldIdentifier.safeParse(told).success);
}

function isNamed(told: unknown): told is string | number {
  return typeof told === "number" || (typeof told === "string" && told !== "");
}

function splitSubject(members: Record<string, unknown>) {
  const subject: EventSubject = {};
  const rest = { ...members };
  for (const [member, name] of subjectMembers) {
    const told = members[member];
    if (!isNamed(told) || subject[name] !== undefined) continue;
    subject[name] = String(told);
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
