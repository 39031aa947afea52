import { createHash } from "node:crypto";
import { afterEach, beforeEach } from "vitest";
import { createCallbacks } from "../../../src/sandbox/callbacks.ts";
import { type Clock, createClock } from "../../../src/sandbox/clock.ts";
import { createFaultQueue, type FaultQueue } from "../../../src/sandbox/faults.ts";
import { createRequestLog } from "../../../src/sandbox/request-log.ts";
import { startServer } from "../../../src/sandbox/server.ts";
import { freeCarriers } from "../../../src/sandbox/transmit/seed.ts";
import { createTransmit, type TransmitOptions } from "../../../src/sandbox/transmit/transmit.ts";

export const startedAt = Date.UTC(2026, 3, 14, 2);

/** The vendor on loopback, its clock standing still until `advance`. */
export type Transmit = {
  url: string;
  environment: Record<string, string>;
  clock: Clock;
  faults: FaultQueue;
  holdings: () => Record<string, unknown[]>;
};

type Options = Omit<Partial<TransmitOptions>, "clock"> & { now?: number };

/** A fresh vendor for each test. */
export function runningTransmit({ now = startedAt, ...options }: Options = {}): () => Transmit {
  let transmit: Transmit | undefined;
  let close: (() => Promise<void>) | undefined;
  beforeEach(async () => {
    const clock = createClock({ now: () => now, timeScale: 1 });
    const vendor = createTransmit({ clock, seed: 1, ...options });
    const faults = createFaultQueue([vendor]);
    const callbacks = createCallbacks("secret");
    const parts = { vendors: [vendor], clock, faults, requests: createRequestLog(), callbacks };
    const server = await startServer(parts, 0);
    const environment = vendor.environment(`${server.url}/transmit`);
    const url = environment["TRANSMIT_BASE_URL"] ?? "";
    transmit = { url, environment, clock, faults, holdings: () => vendor.holdings?.() ?? {} };
    close = async () => {
      clock.stop();
      await server.close();
    };
  });
  afterEach(() => close?.());
  return () => {
    if (!transmit) throw new Error("the vendor runs only within a test");
    return transmit;
  };
}

export type Call = {
  method: "GET" | "POST" | "PATCH" | "DELETE";
  path: string;
  query?: Record<string, string>;
  body?: unknown;
};

export type Sending = {
  scheme?: "md5" | "sha1";
  prefix?: string;
  /** Laid over the query before it is signed. */
  query?: Record<string, string>;
  /** What is made of the signature that is sent. */
  sent?: (signature: string) => string;
};

/** Signs as transmit.txt, API签名, or as the vendor's later scheme, and sends. */
export function send(transmit: Transmit, { method, path, query = {}, body }: Call, sending: Sending = {}) {
  const { scheme = "md5", prefix = "", sent = (signature: string) => signature } = sending;
  const { TRANSMIT_TOKEN: token = "", TRANSMIT_SALT: salt = "" } = transmit.environment;
  const whole: Record<string, string> = {
    ...query,
    [scheme === "md5" ? "token" : "accessKey"]: token,
    timestamp: String(Math.floor(transmit.clock.clientNow() / 1000)),
    ...sending.query,
  };
  const bodyText = body === undefined ? "" : JSON.stringify(body);
  const resource = `${prefix}${path}?${pairs(whole)}`;
  const keys = bodyText.startsWith("{") ? sorted(Object.keys(JSON.parse(bodyText))).join("&") : "";
  const text = scheme === "md5" ? resource + keys + salt : resource + bodyText + salt;
  const signature = sent(createHash(scheme).update(text).digest("hex").toUpperCase());
  const parameters = new URLSearchParams({ ...whole, [scheme === "md5" ? "sign" : "signature"]: signature });
  return call(`${transmit.url}${path}?${parameters}`, {
    method,
    ...(body !== undefined && { headers: { "content-type": "application/json" }, body: bodyText }),
  });
}

/** Sends a request and reads its text, and its JSON where it is some. */
export async function call(url: string, init: RequestInit = {}) {
  const response = await fetch(url, init);
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.startsWith("application/json");
  return {
    status: response.status,
    text,
    body: isJson ? JSON.parse(text) : undefined,
    headers: response.headers,
  };
}

function pairs(query: Record<string, string>): string {
  return sorted(Object.entries(query).map(([name, value]) => `${name}=${value}`)).join("&");
}

function sorted(texts: string[]): string[] {
  return texts.sort((a, b) => (a < b ? -1 : 1));
}

/** ISO 8601, so many hours from the vendor's present. */
export function hoursFrom({ clock }: Transmit, hours: number): string {
  return `${new Date(clock.now() + hours * 3_600_000).toISOString().slice(0, 19)}Z`;
}

export const sanFrancisco = { lat: 37.7576793, lng: -122.5076399, address: "San Francisco, CA" };
export const losAngeles = { lat: 34.0201812, lng: -118.69191881, address: "Los Angeles, CA" };

/** A load that begins now, with a carrier whose truck reports by itself unless another is named. */
export function load(transmit: Transmit, over: Record<string, unknown> = {}) {
  return {
    carrier_email: freeCarriers.reporting[0].email,
    from_date: hoursFrom(transmit, 0),
    to_date: hoursFrom(transmit, 48),
    from_location: sanFrancisco,
    to_location: losAngeles,
    ...over,
  };
}

/** Asks for a tracking. */
export function create(transmit: Transmit, over: Record<string, unknown> = {}) {
  return send(transmit, { method: "POST", path: "/trackings", body: load(transmit, over) });
}

/** A tracking as it stands. */
export async function lookUp(transmit: Transmit, id: string) {
  return (await send(transmit, { method: "GET", path: `/trackings/${id}` })).body;
}
