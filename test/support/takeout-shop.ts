import type { ServerResponse } from "node:http";
import { z } from "zod";
import { fixture } from "./fixture.ts";
import { type ReceivedRequest, startVendorServer } from "./vendor-server.ts";

/** How the next write ends; the one after it is answered again. */
export type WriteEnding = "answered" | "answer lost" | "500 after" | "500 before";

/** The endings after which the vendor holds what was written and the caller does not know it. */
export const lostEndings = ["answer lost", "500 after"] as const;

const sample: Record<string, unknown> = JSON.parse(fixture("takeout/order.json")).data;

const newOrder = z.object({
  merchantId: z.string(),
  items: z.array(
    z.object({ dishId: z.string(), specId: z.string().optional(), quantity: z.number(), price: z.number() }),
  ),
  deliveryAddress: z.object({ contactName: z.string(), contactPhone: z.string(), address: z.string() }),
  remark: z.string().optional(),
});

export type NewShopOrder = z.infer<typeof newOrder>;

/** An order as its detail shows it (takeout.txt, 5.3). */
export type ShopOrder = Record<string, unknown> & {
  id: string;
  createdAt: string;
  status: number;
  statusText: string;
  timeline: { status: string; statusText: string; time: string }[];
};

type ShopTask = { id: string; orderId: string; driverId: string | null; status: number };

/** The shop's only menu: one dish that comes in sizes and one that does not. */
export const menu = [
  {
    id: "dish-1",
    name: "宫保鸡丁",
    price: 38,
    specs: [{ id: "spec-1", name: "大份", price: 48, stock: 50 }],
  },
  { id: "dish-2", name: "米饭", price: 3, specs: [] },
];

/** A takeout vendor on loopback that keeps what it is told and loses answers on request. */
export type TakeoutShop = {
  baseUrl: string;
  orders: ShopOrder[];
  tasks: ShopTask[];
  /** Every write that was carried out, with its body, oldest first. */
  done: { name: string; body: unknown }[];
  /** Method, path and query of every request but signing in, oldest first. */
  asked: string[];
  ending: WriteEnding;
  /** How far its clock is ahead of ours. */
  clockAheadMilliseconds: number;
  /** The document names no order of its lists. */
  listsNewestFirst: boolean;
  /** Places an order past Waybill, as the customer's own app does. */
  place: (order: NewShopOrder, agoMilliseconds?: number) => ShopOrder;
  close: () => Promise<void>;
};

/** Starts one that holds no orders. */
export async function startTakeoutShop(): Promise<TakeoutShop> {
  const server = await startVendorServer((request, response) => answer(shop, request, response));
  const shop: TakeoutShop = {
    baseUrl: `${server.url}/api/v1`,
    orders: [],
    tasks: [],
    done: [],
    asked: [],
    ending: "answered",
    clockAheadMilliseconds: 0,
    listsNewestFirst: true,
    place: (order, ago = 0) => {
      const placed = toOrder(order, shop.orders.length + 1, timeAt(shop, -ago));
      shop.orders.push(placed);
      return placed;
    },
    close: server.close,
  };
  return shop;
}

function answer(shop: TakeoutShop, request: ReceivedRequest, response: ServerResponse): void {
  const { pathname, searchParams } = new URL(request.url, "http://shop.test");
  const path = pathname.replace("/api/v1", "");
  response.setHeader("date", new Date(Date.now() + shop.clockAheadMilliseconds).toUTCString());
  if (path === "/auth/login") {
    reply(response, 200, JSON.parse(fixture("takeout/login.json")).data);
    return;
  }
  shop.asked.push(`${request.method} ${request.url.replace("/api/v1", "")}`);
  if (request.method !== "GET") {
    answerWrite(shop, { path, body: request.body }, response);
    return;
  }
  const found = read(shop, path, searchParams);
  reply(response, found === undefined ? 404 : 200, found);
}

function answerWrite(
  shop: TakeoutShop,
  { path, body }: { path: string; body: string },
  response: ServerResponse,
): void {
  const { ending } = shop;
  shop.ending = "answered";
  const written = ending === "500 before" ? null : write(shop, path, body === "" ? {} : JSON.parse(body));
  if (ending === "answer lost") response.destroy();
  else reply(response, ending === "answered" ? 200 : 500, written);
}

function read(shop: TakeoutShop, path: string, query: URLSearchParams): unknown {
  const [, kind, id] = path.split("/");
  if (kind === "dishes") return menu.find((dish) => dish.id === id);
  if (kind === "payments") return { paymentNo: id, status: 2, amount: 71, paidAt: "2024-01-01T12:05:00Z" };
  if (kind === "orders" && id !== undefined) return shop.orders.find((order) => order.id === id);
  if (kind === "orders") return page(shop.listsNewestFirst ? shop.orders.toReversed() : shop.orders, query);
  const driverId = query.get("driverId");
  return page(
    shop.tasks.filter((task) => driverId === null || task.driverId === driverId),
    query,
  );
}

function page(entries: unknown[], query: URLSearchParams) {
  const size = Number(query.get("pageSize"));
  const start = (Number(query.get("pageIndex")) - 1) * size;
  return { items: entries.slice(start, start + size), totalCount: entries.length };
}

/** The words of the timeline for each step of an order. */
const steps: Record<string, { status: string; statusText: string; number: number }> = {
  accept: { status: "accepted", statusText: "商家接单", number: 3 },
  cooking: { status: "cooking", statusText: "开始制作", number: 4 },
  complete: { status: "completed", statusText: "订单完成", number: 5 },
  cancel: { status: "cancelled", statusText: "订单取消", number: 6 },
};

function write(shop: TakeoutShop, path: string, body: Record<string, unknown>): unknown {
  const [, kind, id, verb = ""] = path.split("/");
  shop.done.push({ name: path, body });
  if (kind === "orders" && id === undefined) return receiptOf(shop.place(newOrder.parse(body)));
  const order = shop.orders.find((one) => one.id === id);
  const step = steps[verb];
  if (kind === "orders" && order && step) {
    const { status, statusText, number } = step;
    order.timeline.push({ status, statusText, time: timeAt(shop) });
    Object.assign(order, { status: number, statusText });
  }
  const task = shop.tasks.find((one) => one.id === id);
  if (task && verb === "assign") task.driverId = String(body["driverId"]);
  if (kind === "payments") return { ...JSON.parse(fixture("takeout/create-payment.json")).data };
  if (kind === "refunds") return { refundNo: `RF${shop.done.length}`, note: "3 天内到账" };
  if (path === "/auth/register") return { id: "user-1", echo: body };
  return null;
}

function toOrder({ merchantId, items, ...rest }: NewShopOrder, number: number, createdAt: string): ShopOrder {
  const lines = items.map(({ dishId, specId, quantity, price }) => {
    const dish = menu.find(({ id }) => id === dishId);
    const spec = dish?.specs.find(({ id }) => id === specId);
    return { dishName: dish?.name, specName: spec?.name ?? null, quantity, price };
  });
  return {
    ...sample,
    remark: null,
    ...rest,
    id: `order-${number}`,
    orderNo: `2026112300${number}`,
    merchant: { id: merchantId, name: "美味餐厅", phone: "400-123-4567" },
    items: lines,
    status: 2,
    statusText: "待接单",
    createdAt,
    timeline: [{ status: "created", statusText: "订单创建", time: createdAt }],
  };
}

function receiptOf({ id, orderNo }: ShopOrder) {
  return { ...JSON.parse(fixture("takeout/create-order.json")).data, orderId: id, orderNo };
}

/** Whole seconds, as the document writes times. */
function timeAt({ clockAheadMilliseconds }: TakeoutShop, milliseconds = 0): string {
  const instant = new Date(Date.now() + clockAheadMilliseconds + milliseconds);
  return `${instant.toISOString().slice(0, 19)}Z`;
}

function reply(response: ServerResponse, status: number, data?: unknown): void {
  const isSuccess = status < 300;
  const body = isSuccess ? { success: true, code: status, data } : { success: false, code: status };
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
