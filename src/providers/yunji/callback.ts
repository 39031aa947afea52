import { z } from "zod";
import type { robotPushes, VendorEvent } from "../../domain/event.ts";
import { readJson } from "../../pipeline/json.ts";

/** What a push told, or why it is none: of another shape than the document's, or of another hotel. */
export type ReadCallback = { event: VendorEvent } | { refusal: "malformed" | "wrong_store" };

type RobotPush = (typeof robotPushes)[number];

/** A signed 64-bit integer's largest value: order numbers are Java's Long. */
const largestOrderSn = 2n ** 63n - 1n;
/** The last millisecond of the year 9999. */
const latestTime = 253_402_300_799_999;

const identifierText = z
  .union([z.string(), z.number().transform(String)])
  .refine((text) => /^\P{Cc}{1,200}$/u.test(text) && text.isWellFormed());

const callbackSchema = z.looseObject({
  storeId: identifierText,
  orderSN: z
    .string()
    .regex(/^\d{1,19}$/)
    .transform(BigInt)
    .refine((number) => number > 0n && number <= largestOrderSn)
    .transform(String),
  taskId: identifierText,
  createTime: z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .refine((milliseconds) => milliseconds <= latestTime),
});

/** In JSON these are numbers, which arrive here as their text, as they do from a form. */
const exactKeys = new Set(["orderSN", "createTime"]);

/** Reads the body of a push to the hotel `storeId`. */
export function readCallback(kind: RobotPush, body: Uint8Array, storeId: string): ReadCallback {
  const parsed = callbackSchema.safeParse(readFields(body));
  if (!parsed.success) return { refusal: "malformed" };
  const { storeId: toldStoreId, orderSN, taskId, createTime, ...rest } = parsed.data;
  if (toldStoreId !== storeId) return { refusal: "wrong_store" };
  return {
    event: {
      vendor: "yunji",
      kind,
      occurredAt: new Date(createTime).toISOString(),
      subject: { orderSn: orderSN, taskId, storeId },
      data: plainMembers(rest),
    },
  };
}

/** The text of the document says form, its samples show JSON: a body in braces is JSON. */
function readFields(body: Uint8Array): unknown {
  try {
    const text = new TextDecoder().decode(body).trimStart();
    return text.startsWith("{") ? readJson(body, exactKeys) : readForm(text);
  } catch {
    return undefined;
  }
}

/** Undefined when a field comes twice, for nobody could say which one holds. */
function readForm(text: string): Record<string, string> | undefined {
  const fields = [...new URLSearchParams(text)];
  if (new Set(fields.map(([name]) => name)).size < fields.length) return undefined;
  return Object.fromEntries(fields.filter(([name]) => name !== "__proto__"));
}

/** What else was told, as far as a form could tell it; codes become numbers whichever way they came. */
function plainMembers(rest: Record<string, unknown>): Record<string, unknown> {
  const plain = Object.entries(rest).filter(([, value]) => typeof value !== "object");
  return Object.fromEntries(
    plain.map(([name, value]) => [
      name,
      name === "errorCode" && /^-?\d{1,15}$/.test(String(value)) ? Number(value) : value,
    ]),
  );
}
