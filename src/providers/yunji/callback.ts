import { z } from "zod";
import { type CallbackReader, eventKinds, type ReadCallback } from "../../domain/event.ts";
import { isOrderSn } from "../../domain/robot.ts";
import { readJson } from "../../pipeline/json.ts";
import { hasRepeatedMember } from "../repeated-member.ts";
import { isToldTime, toldIdentifier } from "../told-event.ts";

/**
 * What every callback must tell to be an event. A task-exception without its error code or text is still one: that a
 * robot is stuck must not be lost over what it did not say.
 */
const callbackSchema = z.looseObject({
  storeId: toldIdentifier,
  orderSN: z
    .string()
    .regex(/^\d{1,19}$/)
    .transform((digits) => String(BigInt(digits)))
    .refine(isOrderSn),
  taskId: toldIdentifier,
  createTime: z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .refine(isToldTime),
});

/** In JSON these are numbers, which arrive here as their text, as they do from a form. */
const exactKeys = new Set(["orderSN", "createTime"]);

/** Reads the callbacks to the hotel `storeId`, by their kind; undefined for one that the vendor does not have. */
export function callbackReader(storeId: string): CallbackReader {
  return (name) => {
    const kind = eventKinds.yunji.find((known) => known === name);
    return kind && ((body) => readCallback(kind, body, storeId));
  };
}

function readCallback(kind: string, body: Uint8Array, storeId: string): ReadCallback {
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

/**
 * The text of the document says form, its samples show JSON: a body in braces is JSON. Undefined when a field comes
 * twice, for nobody could say which one holds.
 */
function readFields(body: Uint8Array): unknown {
  try {
    const text = new TextDecoder().decode(body).trimStart();
    if (!text.startsWith("{")) return readForm(text);
    const told = readJson(body, exactKeys);
    return hasRepeatedMember(text) ? undefined : told;
  } catch {
    return undefined;
  }
}

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
