import { createHmac, randomUUID } from "node:crypto";
import { afterEach, beforeEach } from "vitest";
import { type Callbacks, createCallbacks } from "../../../src/sandbox/callbacks.ts";
import { type Clock, createClock } from "../../../src/sandbox/clock.ts";
import { createFaultQueue, type FaultQueue } from "../../../src/sandbox/faults.ts";
import { createRequestLog } from "../../../src/sandbox/request-log.ts";
import { startServer } from "../../../src/sandbox/server.ts";
import { productIdOf } from "../../../src/sandbox/yunji/seed/goods.ts";
import { createYunji, type YunjiOptions } from "../../../src/sandbox/yunji/yunji.ts";

/** 2026-04-14 10:00 in the hotel. */
export const startedAt = Date.UTC(2026, 3, 14, 2);

const seed = 1;

/** The vendor on loopback, its clock standing still until `advance`. */
export type Hotel = {
  url: string;
  environment: Record<string, string>;
  clock: Clock;
  faults: FaultQueue;
  callbacks: Callbacks;
  holdings: () => Record<string, unknown[]>;
};

type HotelOptions = Partial<Pick<YunjiOptions, "signing" | "credentials">> & { now?: number };

/** A fresh hotel for each test. */
export function runningHotel({ now = startedAt, ...options }: HotelOptions = {}): () => Hotel {
  let hotel: Hotel | undefined;
  let close: (() => Promise<void>) | undefined;
  beforeEach(async () => {
    const clock = createClock({ now: () => now, timeScale: 1 });
    const callbacks = createCallbacks("secret");
    const vendor = createYunji({ clock, seed, callbacks, ...options });
    const faults = createFaultQueue([vendor]);
    const parts = { vendors: [vendor], clock, faults, requests: createRequestLog(), callbacks };
    const server = await startServer(parts, 0);
    const environment = vendor.environment(`${server.url}/yunji`);
    const holdings = () => vendor.holdings?.() ?? {};
    hotel = { url: `${server.url}/yunji`, environment, clock, faults, callbacks, holdings };
    close = async () => {
      clock.stop();
      callbacks.close();
      await server.close();
    };
  });
  afterEach(() => close?.());
  return () => {
    if (!hotel) throw new Error("the hotel runs only within a test");
    return hotel;
  };
}

/** What of a request is signed, as README decides it. */
export type Scope = "json" | "scalars" | "public";

export type Sending = {
  scope?: Scope;
  /** Laid over the parameters before they are signed. */
  parameters?: Record<string, unknown>;
  /** Laid over them afterwards. */
  afterwards?: Record<string, unknown>;
};

/** Signed as yunji.txt, 计算签名, says; undefined values are left away. */
export function signed(hotel: Hotel, parameters: Record<string, unknown>, sending: Sending = {}) {
  const whole: Record<string, unknown> = {
    accessKeyId: hotel.environment["YUNJI_ACCESS_KEY_ID"],
    signatureNonce: randomUUID(),
    timestamp: `${new Date(hotel.clock.clientNow()).toISOString().slice(0, 19)}Z`,
    ...parameters,
    ...sending.parameters,
  };
  const text = Object.keys(whole)
    .filter((name) => whole[name] !== undefined && whole[name] !== null && whole[name] !== "")
    .filter((name) => isSigned(name, whole[name], sending.scope ?? "json"))
    .sort((a, b) => (a < b ? -1 : 1))
    .map((name) => `${name}=${textOf(whole[name])}`)
    .join("&");
  const key = `${hotel.environment["YUNJI_ACCESS_KEY_SECRET"]}&`;
  const signature = createHmac("sha1", key).update(text).digest("base64");
  return { ...whole, signature, ...sending.afterwards };
}

function isSigned(name: string, value: unknown, scope: Scope): boolean {
  if (scope === "public") return ["accessKeyId", "signatureNonce", "timestamp"].includes(name);
  return scope === "json" || !/^[[{]/.test(writeJson(value));
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : writeJson(value);
}

/** JSON with every digit of its bigints. */
export function writeJson(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    typeof member === "bigint" ? JSON.rawJSON(String(member)) : member,
  );
}

/** Sends a signed GET. */
export function get(hotel: Hotel, path: string, parameters: Record<string, string> = {}, sending?: Sending) {
  const query = Object.entries(signed(hotel, parameters, sending))
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
  return call(`${hotel.url}${path}?${query.join("&")}`);
}

/** Sends a signed POST. */
export function post(hotel: Hotel, path: string, parameters: Record<string, unknown>, sending?: Sending) {
  return postText(hotel, path, writeJson(signed(hotel, parameters, sending)));
}

/** Sends a text as JSON. */
export function postText(hotel: Hotel, path: string, body: string, type = "application/json") {
  return call(hotel.url + path, { method: "POST", headers: { "content-type": type }, body });
}

/** The answer, its order numbers as texts of all their digits. */
export async function call(url: string, init: RequestInit = {}) {
  const response = await fetch(url, init);
  const text = await response.text();
  const body = JSON.parse(text.replaceAll(/"orderSN":(\d+)/g, '"orderSN":"$1"'));
  return { status: response.status, body, text, headers: response.headers };
}

/** The hotel's store. */
export function storeOf({ environment }: Hotel): string {
  return environment["YUNJI_STORE_ID"] ?? "";
}

/** A good's identifier by its name. */
export function good(name: string): string {
  return productIdOf(seed, name);
}

/** Makes the user of a key and gives its identifier. */
export async function createUser(hotel: Hotel, uidKey = "0802"): Promise<string> {
  const { body } = await post(hotel, "/v1/user/createUser", { storeId: storeOf(hotel), uidKey });
  return body.userId;
}

export type OrderDraft = {
  room?: string;
  goods?: Record<string, number>;
  amount?: unknown;
  /** Laid over the whole body. */
  over?: Record<string, unknown>;
};

/** Orders for a user made on the way. */
export async function order(hotel: Hotel, draft: OrderDraft = {}) {
  const { room = "0801", goods = { 矿泉水: 1 }, amount = 12.5, over = {} } = draft;
  return post(hotel, "/v1/order/createPoiOrder", {
    userId: await createUser(hotel),
    storeId: storeOf(hotel),
    amount,
    orderFormInfo: Object.entries(goods).map(([name, quantity]) => ({ productId: good(name), quantity })),
    thirdPayType: 3,
    contactInfo: { recipientAddress: room },
    ...over,
  });
}

/** An order that was just made, by its number. */
export async function ordered(hotel: Hotel, draft: OrderDraft = {}): Promise<bigint> {
  const { body } = await order(hotel, draft);
  return BigInt(body.orderInfo.orderSN);
}

/** An order as it stands. */
export async function lookUp(hotel: Hotel, orderSn: bigint) {
  const { body } = await get(hotel, "/v1/order/queryByOrderSN", { orderSN: String(orderSn) });
  return body.orderInfo;
}

/** Cancels an order. */
export function cancel(hotel: Hotel, orderSn: bigint) {
  return post(hotel, "/v1/order/cancel", { orderSN: orderSn, reason: "机器人送货失败" });
}

/** How many of a good are left. */
export async function stockOf(hotel: Hotel, name: string): Promise<number> {
  const { body } = await get(hotel, "/v1/goods/queryByStore", { storeId: storeOf(hotel), pageSize: "100" });
  return body.productList.find((item: { productId: string }) => item.productId === good(name)).storage;
}
