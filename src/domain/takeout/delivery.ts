import type { CallOptions } from "../call-options.ts";
import type { TakeoutPage, TakeoutPageRequest } from "./page.ts";

/** A delivery task; the document shows no answer, so what it may hold is optional and the rest is in `details`. */
export type DeliveryTask = {
  id: string;
  orderId: string | null;
  driverId: string | null;
  status: number | null;
  statusText: string | null;
  details: Record<string, unknown>;
};

/** Which tasks are listed (takeout.txt, 7.1). */
type DeliveryTaskQuery = TakeoutPageRequest & { status?: number; driverId?: string };

/** The way to the door (takeout.txt, 7). */
export type TakeoutDelivery = {
  list: (query: DeliveryTaskQuery, options?: CallOptions) => Promise<TakeoutPage<DeliveryTask>>;
  assign: (taskId: string, driverId: string, options?: CallOptions) => Promise<void>;
  accept: (taskId: string, options?: CallOptions) => Promise<void>;
  pickUp: (taskId: string, options?: CallOptions) => Promise<void>;
  deliver: (taskId: string, deliveryCode: string | undefined, options?: CallOptions) => Promise<void>;
  /** Of the driver who is signed in. */
  reportLocation: (position: { lat: number; lng: number }, options?: CallOptions) => Promise<void>;
};
