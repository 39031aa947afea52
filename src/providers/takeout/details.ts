import type { z } from "zod";
import { withOffset } from "../../domain/instant.ts";
import { moneyKeys } from "./wire-fields.ts";

const money: ReadonlySet<string> = new Set(moneyKeys);

/** What an answer holds that the document does not show, in our manner: money says its unit, and times their offset. */
export function toDetails(members: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => [toName(name, value), toValue(name, value)]),
  );
}

/** Takes a member out of such an answer; one of another shape stays in it, and null stands for it. */
export function takeOut<Value>(
  members: Record<string, unknown>,
  name: string,
  format: z.ZodType<Value | null>,
): Value | null {
  const read = format.safeParse(members[name]);
  if (!read.success) return null;
  delete members[name];
  return read.data;
}

/** An object of JSON. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function toName(name: string, value: unknown): string {
  const isAmount = value === null || typeof value === "string" || typeof value === "number";
  return isAmount && money.has(name) ? `${name}Yuan` : name;
}

function toValue(name: string, value: unknown): unknown {
  if (typeof value === "string") return /(?:At|Time)$|^time$/.test(name) ? withOffset(value) : value;
  if (Array.isArray(value)) return value.map((entry) => toValue("", entry));
  return isRecord(value) ? toDetails(value) : value;
}
