import type { VendorName } from "./failure.ts";
import { takeoutTopics } from "./takeout/live.ts";

/** What an event can be about: identifiers as the vendor gives them, 64-bit ones as text. */
export const eventSubjects = [
  "orderSn",
  "taskId",
  "storeId",
  "jobId",
  "externalJobId",
  "stopId",
  "takeoutOrderId",
  "orderNo",
  "merchantId",
  "paymentNo",
  "deliveryTaskId",
  "driverId",
] as const;

export type EventSubject = Partial<Record<(typeof eventSubjects)[number], string>>;

/** What vendors tell of by themselves, under their own names. */
export const eventKinds = {
  /** Callbacks, each to an address of its own (yunji.txt, 消息推送). */
  yunji: ["task-exception", "arrived", "dispensed", "completed"],
  /** Announced, and found out by polling till then (routemate.txt, Webhook). */
  routemate: ["job.completed", "stop.completed", "stop.failed"],
  /** Topics of a WebSocket (takeout.txt, 12.2). */
  takeout: takeoutTopics,
} as const satisfies Partial<Record<VendorName, readonly string[]>>;

/** What is found by comparing readings and has no name at its vendor, under ours. */
export const ownEventKinds = {
  /**
   * The driver has come or is another one, has set out; every stop was tried and some failed; the vendor has the job
   * no more; its order changed after the import.
   */
  routemate: ["job.assigned", "job.started", "job.ended", "job.missing", "stops.reordered"],
} as const satisfies Partial<Record<VendorName, readonly string[]>>;

/** Something that happened at a vendor, told by a callback, a socket or a comparison of what was read. */
export type VendorEvent = {
  vendor: VendorName;
  /** The vendor's own name of it where it has one: `arrived`, `stop.completed`, `order.status`. */
  kind: string;
  /** ISO 8601, as far as the vendor tells. */
  occurredAt: string;
  subject: EventSubject;
  /** What else the vendor told. */
  data: Record<string, unknown>;
  /**
   * What tells it from every other event of its vendor and kind, so that it is kept once however often and by whom it
   * is told. Subject and moment when left out; what happens to its subject once leaves out a moment that each teller
   * would guess differently.
   */
  identity?: Readonly<Record<string, string>>;
};

/** What a callback told, or why it is none: of another shape than the document's, or of another store. */
export type ReadCallback = { event: VendorEvent } | { refusal: "malformed" | "wrong_store" };

/** Reads the callbacks of one vendor; undefined for a kind that it does not have. */
export type CallbackReader = (kind: string) => ((body: Uint8Array) => ReadCallback) | undefined;

/** An event as the inbox keeps it. */
export type KeptEvent = Omit<VendorEvent, "identity"> & {
  id: string;
  /** When it was kept, ISO 8601 in UTC. */
  receivedAt: string;
};
