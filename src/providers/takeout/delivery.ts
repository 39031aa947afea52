import { z } from "zod";
import type { CallOptions } from "../../domain/call-options.ts";
import type { DeliveryTask, TakeoutDelivery } from "../../domain/takeout/delivery.ts";
import { identifierRule, positionRules, wholeNumberRule } from "../argument-rules.ts";
import type { VendorLine } from "../provider.ts";
import { pathSegment, refuseWrong, textRule } from "./argument-rules.ts";
import { pageQuery, read, writeStep } from "./calls.ts";
import { takeOut, toDetails } from "./details.ts";
import { anyListOf } from "./envelope.ts";
import { idText, optionalId, optionalText, optionalWholeNumber } from "./wire-fields.ts";

/** The document shows no task: what is as the other answers have it is taken out, the rest stays in `details`. */
const task = z.looseObject({ id: idText }).transform(({ id, ...rest }): DeliveryTask => {
  const known = {
    id,
    orderId: takeOut(rest, "orderId", optionalId),
    driverId: takeOut(rest, "driverId", optionalId),
    status: takeOut(rest, "status", optionalWholeNumber),
    statusText: takeOut(rest, "statusText", optionalText),
  };
  return { ...known, details: toDetails(rest) };
});

/** The way to the door (takeout.txt, 7). */
export function createDelivery(line: VendorLine): TakeoutDelivery {
  const step = async (
    taskId: string,
    name: "assign" | "accept" | "pickup" | "deliver",
    { json, signal }: CallOptions & { json?: Record<string, unknown> },
  ) => {
    const path = `/delivery-tasks/${pathSegment("task_id", taskId)}/${name}`;
    const settledBy = "list_delivery_tasks tells how far this task is.";
    await writeStep(line, { method: "POST", path, ...(json && { json }), settledBy, signal });
  };
  return {
    list: async ({ status, driverId, ...page }, { signal } = {}) => {
      const query = { status, driverId, ...pageQuery(page) };
      refuseWrong(wholeNumberRule("status", status, { from: 0 }), identifierRule("driver_id", driverId));
      return read(line, { path: "/delivery-tasks", query, signal }, anyListOf(task));
    },
    assign: async (taskId, driverId, { signal } = {}) => {
      refuseWrong(identifierRule("driver_id", driverId));
      await step(taskId, "assign", { json: { driverId }, signal });
    },
    accept: (taskId, options = {}) => step(taskId, "accept", options),
    pickUp: (taskId, options = {}) => step(taskId, "pickup", options),
    deliver: async (taskId, deliveryCode, { signal } = {}) => {
      refuseWrong(textRule("delivery_code", deliveryCode));
      await step(taskId, "deliver", { json: { deliveryCode }, signal });
    },
    reportLocation: async ({ lat, lng }, { signal } = {}) => {
      refuseWrong(...positionRules("", { lat, lng }));
      await writeStep(line, {
        method: "POST",
        path: "/delivery-drivers/location",
        json: { latitude: lat, longitude: lng },
        settledBy: "No read tells it; report the next position, which takes its place.",
        signal,
      });
    },
  };
}
