import { Failure, type VendorName } from "../domain/failure.ts";
import type { Vendor } from "./message.ts";

/** Every way the sandbox can be told to misbehave. What each does is the table in faulty-answers.ts. */
export const faultKinds = [
  "answer_lost",
  "error_500_before",
  "error_500_after",
  "rate_limited",
  "late",
  "cut",
  "html",
  "wrong_shape",
  "not_json",
  "unauthorized",
  "forbidden",
  "huge",
  "clock_off",
] as const;

export type FaultKind = (typeof faultKinds)[number];

/** A fault that waits for the next requests of one vendor. */
export type Fault = {
  vendor: VendorName;
  /** A name; any endpoint of the vendor when left out, but no WebSocket: that one is hit by its name alone. */
  endpoint?: string;
  kind: FaultKind;
  /** How many requests it hits. */
  count: number;
  /** For `late`: real seconds, because a client's patience is real. */
  delaySeconds: number;
  /** For `rate_limited`. */
  retryAfterSeconds: number;
  /** For `html`: the status the gateway's page comes with. */
  status: number;
  /** For `clock_off`: how far the vendor's clock runs ahead, in seconds; negative when it is behind. */
  clockOffsetSeconds: number;
};

/** What an order that names vendor and kind alone gets. */
export const faultDefaults = {
  count: 1,
  delaySeconds: 5,
  retryAfterSeconds: 30,
  status: 502,
  clockOffsetSeconds: 3600,
};

/** A fault as it is ordered: vendor and kind, the rest as wanted. */
export type FaultOrder = Pick<Fault, "vendor" | "kind"> & Partial<Fault>;

/** The faults that wait, oldest first. */
export type FaultQueue = {
  /** Throws a Failure naming the field when the order makes no sense. */
  add: (order: FaultOrder) => Fault;
  /** The oldest fault that fits, counted down; undefined when the request shall pass. */
  take: (vendor: VendorName, endpoint: string) => Fault | undefined;
  /** The same of those that name the endpoint. */
  takeNamed: (vendor: VendorName, endpoint: string) => Fault | undefined;
  list: () => Fault[];
  clear: () => void;
};

/** An empty queue for these vendors. */
export function createFaultQueue(vendors: readonly Vendor[]): FaultQueue {
  let waiting: Fault[] = [];
  const takeFirst = (fits: (fault: Fault) => boolean) => {
    const fault = waiting.find(fits);
    if (!fault) return undefined;
    fault.count -= 1;
    waiting = waiting.filter(({ count }) => count > 0);
    return fault;
  };
  return {
    add: (order) => {
      const fault = { ...faultDefaults, ...order };
      checkFault(fault, vendors);
      waiting.push(fault);
      return { ...fault };
    },
    take: (vendor, endpoint) =>
      takeFirst((one) => one.vendor === vendor && (one.endpoint ?? endpoint) === endpoint),
    takeNamed: (vendor, endpoint) => takeFirst((one) => one.vendor === vendor && one.endpoint === endpoint),
    list: () => waiting.map((fault) => ({ ...fault })),
    clear: () => {
      waiting = [];
    },
  };
}

function checkFault(fault: Fault, vendors: readonly Vendor[]): void {
  const vendor = vendors.find(({ name }) => name === fault.vendor);
  if (!vendor) throw invalidOrder("vendor", `one of ${vendors.map(({ name }) => name).join(", ")}`);
  const endpoints = [...vendor.endpoints, ...(vendor.socket ? [vendor.socket] : [])].map(({ name }) => name);
  if (fault.endpoint !== undefined && !endpoints.includes(fault.endpoint)) {
    throw invalidOrder("endpoint", `one of ${endpoints.join(", ")}`);
  }
  if (!isWholeWithin(fault.count, 1, 10_000)) throw invalidOrder("count", "a whole number from 1 to 10000");
  if (!(fault.delaySeconds >= 0 && fault.delaySeconds <= 600)) {
    throw invalidOrder("delay_seconds", "a number from 0 to 600");
  }
  if (!isWholeWithin(fault.retryAfterSeconds, 0, 3600)) {
    throw invalidOrder("retry_after_seconds", "a whole number from 0 to 3600");
  }
  if (!isWholeWithin(fault.clockOffsetSeconds, -86_400, 86_400)) {
    throw invalidOrder("clock_offset_seconds", "a whole number from -86400 to 86400");
  }
  if (!isWholeWithin(fault.status, 200, 599)) throw invalidOrder("status", "a whole number from 200 to 599");
}

function isWholeWithin(value: number, from: number, to: number): boolean {
  return Number.isInteger(value) && value >= from && value <= to;
}

/** The failure of an order whose field is not as expected. */
export function invalidOrder(field: string, expected: string): Failure {
  return new Failure("invalid_input", `${field} must be ${expected}.`, { fields: [field] });
}
