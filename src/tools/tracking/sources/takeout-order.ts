import { Failure } from "../../../domain/failure.ts";
import type { DeliveryTask } from "../../../domain/takeout/delivery.ts";
import type { TakeoutOrder } from "../../../domain/takeout/order.ts";
import { readPages } from "../../../domain/takeout/read-pages.ts";
import {
  isTerminal,
  type ShipmentStatus,
  type SourceReport,
  statusOfParts,
} from "../../../domain/tracking.ts";
import { quote } from "../../../domain/vendor-text.ts";
import type { Asking, Found, Question } from "./ask-source.ts";
import { statusOfText } from "./takeout-words.ts";

/** How a takeout order stands. */
export function takeoutOrderOf({ app }: Asking, orderId: string): Question {
  return {
    source: "takeout",
    basis: "live",
    ask: async (signal) => {
      const takeout = await app.takeout();
      return foundInOrder(await takeout.orders.get(orderId, { signal }));
    },
  };
}

const tasksPerPage = 50;
/** More than these, or more pages of a vendor that gives small ones, take too long. */
const mostTasks = 200;
const mostPages = 20;

/** How the delivery of a takeout order stands; the vendor lists tasks of all orders alone. */
export function takeoutDeliveryOf({ app }: Asking, orderId: string): Question {
  return {
    source: "takeout.delivery",
    basis: "live",
    ask: async (signal) => {
      const takeout = await app.takeout();
      const ofOrder = (tasks: readonly DeliveryTask[]) => tasks.filter((task) => task.orderId === orderId);
      const { items, isWhole } = await readPages<DeliveryTask>(
        { mostItems: mostTasks, mostPages, isEnough: (tasks) => ofOrder(tasks).length > 0 },
        (pageIndex) => takeout.delivery.list({ pageIndex, pageSize: tasksPerPage }, { signal }),
      );
      const found = ofOrder(items);
      if (found.length > 0) return foundInTasks(found);
      if (isWhole) return undefined;
      throw new Failure("unavailable", `It is not among the newest ${items.length} deliveries.`);
    },
  };
}

/** An order that is done while somebody still carries it is not delivered: then the delivery's word alone counts. */
export function withoutHasty(reports: readonly SourceReport[]): SourceReport[] {
  const delivery = reports.find(({ source }) => source === "takeout.delivery")?.status ?? "unknown";
  const isUnderWay = delivery !== "unknown" && !isTerminal(delivery);
  return reports.map((report) =>
    isUnderWay && report.source === "takeout" && report.status === "delivered"
      ? { ...report, status: "unknown" }
      : report,
  );
}

function foundInOrder(order: TakeoutOrder): Found {
  const { createdAt, paidAt, estimatedDeliveryTime } = order;
  const expected =
    estimatedDeliveryTime === null ? [] : [{ at: estimatedDeliveryTime, what: "estimated delivery" }];
  return {
    status: statusOfText(order.statusText),
    told: `Order ${quote(order.orderNo)} is ${quote(order.statusText ?? `number ${order.status}`)}.`,
    timeline: [
      ...(createdAt === null ? [] : [entry(createdAt, "planned", "order made")]),
      ...(paidAt === null ? [] : [entry(paidAt, "planned", "order paid")]),
      ...order.timeline.map(({ time, statusText, status }) =>
        entry(time, statusOfText(statusText), `order ${quote(statusText ?? status)}`),
      ),
      ...expected,
    ],
  };
}

function foundInTasks(tasks: readonly DeliveryTask[]): Found {
  const texts = tasks.map(({ statusText, status }) => quote(statusText ?? `number ${status}`));
  return {
    status: statusOfParts(tasks.map(({ statusText }) => statusOfText(statusText))),
    told: `Delivery is ${texts.join(", ")}.`,
    timeline: [],
  };
}

function entry(at: string, status: ShipmentStatus, what: string): Found["timeline"][number] {
  return { at, what, ...(status !== "unknown" && { status }) };
}
