import { vendorNames } from "../domain/failure.ts";
import { type Fault, type FaultOrder, faultDefaults, faultKinds, invalidOrder } from "./faults.ts";
import { isRecord } from "./message.ts";

const fieldNames = [
  "vendor",
  "endpoint",
  "kind",
  "count",
  "delay_seconds",
  "retry_after_seconds",
  "status",
  "clock_offset_seconds",
];

/** Reads the body of POST /_faults; whether the vendor is served and its numbers make sense, `add` checks. */
export function parseFaultOrder(body: unknown): FaultOrder {
  if (!isRecord(body)) throw invalidOrder("body", "a JSON object with vendor and kind");
  const stranger = Object.keys(body).find((name) => !fieldNames.includes(name));
  if (stranger !== undefined) throw invalidOrder("each field", `one of ${fieldNames.join(", ")}`);
  const { endpoint } = body;
  if (endpoint !== undefined && typeof endpoint !== "string")
    throw invalidOrder("endpoint", "an endpoint's name");
  const numbers: Omit<Fault, "vendor" | "kind" | "endpoint"> = {
    count: readNumber(body, "count", faultDefaults.count),
    delaySeconds: readNumber(body, "delay_seconds", faultDefaults.delaySeconds),
    retryAfterSeconds: readNumber(body, "retry_after_seconds", faultDefaults.retryAfterSeconds),
    status: readNumber(body, "status", faultDefaults.status),
    clockOffsetSeconds: readNumber(body, "clock_offset_seconds", faultDefaults.clockOffsetSeconds),
  };
  return {
    vendor: readName(body, "vendor", vendorNames),
    kind: readName(body, "kind", faultKinds),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...numbers,
  };
}

function readName<Name extends string>(
  body: Record<string, unknown>,
  field: string,
  names: readonly Name[],
): Name {
  const name = names.find((known) => known === body[field]);
  if (name === undefined) throw invalidOrder(field, `one of ${names.join(", ")}`);
  return name;
}

function readNumber(body: Record<string, unknown>, field: string, fallback: number): number {
  const value = body[field] ?? fallback;
  if (typeof value !== "number") throw invalidOrder(field, "a number");
  return value;
}
