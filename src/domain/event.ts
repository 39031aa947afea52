import type { VendorName } from "./failure.ts";

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

/** The pushes of the robots' vendor, each to an address of its own (yunji.txt, 消息推送). */
export const robotPushes = ["task-exception", "arrived", "dispensed", "completed"] as const;

/** What RouteMate announces, and polling finds out till then (routemate.txt, Webhook). */
export const routeEvents = ["job.completed", "stop.completed", "stop.failed"] as const;

/** Something that happened at a vendor, told by a callback, a socket or a comparison of what was read. */
export type VendorEvent = {
  vendor: VendorName;
  /** The vendor's own name of it: `arrived`, `stop.completed`, `order.status`. */
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

/** An event as the inbox keeps it. */
export type KeptEvent = Omit<VendorEvent, "identity"> & {
  id: string;
  /** When it was kept, ISO 8601 in UTC. */
  receivedAt: string;
};
