import * as z from "zod";
import { inSnakeCase } from "../../../domain/snake-case.ts";
import type { DeliveryTask } from "../../../domain/takeout/delivery.ts";
import { oneLine, quote } from "../../../domain/vendor-text.ts";

/** The document shows no task, so each field beside the identifier may be missing. */
export const taskAnswer = z.object({
  id: z.string(),
  order_id: z.string().nullable(),
  driver_id: z.string().nullable(),
  driver_name: z.string().optional(),
  driver_phone: z.string().optional(),
  delivery_address: z.string().optional(),
  status: z.number().nullable().describe("The vendor's number: its document names none"),
  status_text: z.string().nullable(),
  details: z.record(z.string(), z.unknown()).describe("What else the vendor tells"),
});

const text = z.string().min(1);
const address = z.union([text, z.looseObject({ address: text }).transform((told) => told.address)]);

/** The task in the tools' spelling. What is of another shape, or an address that tells more than its line, stays in the details. */
export function fromTask(task: DeliveryTask): z.input<typeof taskAnswer> {
  const { id, orderId, driverId, status, statusText, details } = task;
  const { driverName, driverPhone, deliveryAddress, ...others } = details;
  const name = text.safeParse(driverName).data;
  const phone = text.safeParse(driverPhone).data;
  const line = address.safeParse(deliveryAddress).data;
  const rest = {
    ...others,
    ...(driverName != null && driverName !== name && { driverName }),
    ...(driverPhone != null && driverPhone !== phone && { driverPhone }),
    ...(deliveryAddress != null && deliveryAddress !== line && { deliveryAddress }),
  };
  return {
    id,
    order_id: orderId,
    driver_id: driverId,
    ...(name !== undefined && { driver_name: name }),
    ...(phone !== undefined && { driver_phone: phone }),
    ...(line !== undefined && { delivery_address: line }),
    status,
    status_text: statusText,
    details: inSnakeCase(rest),
  };
}

/** One line about a task. */
export function describeTask(task: DeliveryTask): string {
  const { id, order_id, driver_id, driver_name, status, status_text } = fromTask(task);
  const driver = driver_name === undefined ? "" : ` ${quote(driver_name, 40)}`;
  const state = status_text === null ? "" : ` ${quote(status_text)}`;
  return (
    `${oneLine(id)}: order ${oneLine(order_id ?? "not told")}, ` +
    `driver ${oneLine(driver_id ?? "not told")}${driver}, status ${status ?? "not told"}${state}`
  );
}
