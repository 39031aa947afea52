import * as z from "zod";
import { textIdentifier } from "../fields.ts";

/** A takeout order's identifier, not the orderNo that people read. */
export const takeoutOrderId = textIdentifier.describe("id as list_takeout_orders gives it, not order_no");

/** A delivery task, which is not the order that it delivers. */
export const deliveryTaskId = textIdentifier.describe("id as list_delivery_tasks gives it");

/** A driver; the document shows no list of them, only tasks that have one. */
export const driverId = textIdentifier.describe("driver_id as list_delivery_tasks gives it");

/** A numbered state, of which the document names few. */
export const stateNumber = z.number().int().min(0).max(1_000_000).describe("The vendor's own number");

type Days = { start_date?: string | undefined; end_date?: string | undefined };

/** For `refine`: the days of a range, where both are given, in their order. */
export const daysInOrder: [check: (days: Days) => boolean, problem: { path: string[]; error: string }] = [
  ({ start_date, end_date }) => start_date === undefined || end_date === undefined || start_date <= end_date,
  { path: ["start_date"], error: "must not be after `end_date`" },
];
