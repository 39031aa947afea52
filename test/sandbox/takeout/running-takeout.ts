import { afterEach, beforeEach } from "vitest";
import { createCallbacks } from "../../../src/sandbox/callbacks.ts";
import { type Clock, createClock } from "../../../src/sandbox/clock.ts";
import { createFaultQueue, type FaultQueue } from "../../../src/sandbox/faults.ts";
import type { Vendor } from "../../../src/sandbox/message.ts";
import { createRequestLog, type RequestLog } from "../../../src/sandbox/request-log.ts";
import { startServer } from "../../../src/sandbox/server.ts";
import { createTakeout, type TakeoutOptions } from "../../../src/sandbox/takeout/takeout.ts";
import { call, startedAt } from "../running-sandbox.ts";

/** The takeout vendor alone, on loopback, its clock standing still until a test moves it. */
export type RunningTakeout = {
  /** Of the whole server: control paths are below it. */
  url: string;
  vendor: Vendor;
  environment: Record<string, string>;
  clock: Clock;
  faults: FaultQueue;
  requests: RequestLog;
  close: () => Promise<void>;
};

/** Starts the vendor on the day that the sandbox's tests share. */
export async function startTakeout(
  options: Partial<Omit<TakeoutOptions, "clock">> = {},
): Promise<RunningTakeout> {
  const clock = createClock({ now: () => startedAt, timeScale: 0 });
  const vendor = createTakeout({ clock, seed: 1, ...options });
  const faults = createFaultQueue([vendor]);
  const requests = createRequestLog();
  const callbacks = createCallbacks("secret");
  const { url, close } = await startServer({ clock, faults, requests, callbacks, vendors: [vendor] }, 0);
  const environment = vendor.environment(`${url}/takeout`);
  return { url, vendor, environment, clock, faults, requests, close };
}

/** A fresh vendor for each test. */
export function runningTakeout(options: Parameters<typeof startTakeout>[0] = {}): () => RunningTakeout {
  let running: RunningTakeout | undefined;
  beforeEach(async () => {
    running = await startTakeout(options);
  });
  afterEach(() => running?.close());
  return () => {
    if (!running) throw new Error("the vendor runs only within a test");
    return running;
  };
}

/** What a request is sent with. */
export type Sending = { body?: unknown; headers?: Record<string, string>; token?: string };

/** Sends "METHOD /path" below /api/v1 with the right tenant; as JSON where there is a body. */
export async function send(running: RunningTakeout, endpoint: string, sending: Sending = {}) {
  const [method = "", path = ""] = endpoint.split(" ", 2);
  const { body, headers, token } = sending;
  const response = await fetch(variable(running, "TAKEOUT_BASE_URL") + path, {
    method,
    headers: {
      "x-tenant-id": variable(running, "TAKEOUT_TENANT_ID"),
      ...(body !== undefined && { "content-type": "application/json" }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const answer = text === "" ? null : JSON.parse(text);
  return { status: response.status, text, body: answer, data: answer?.data };
}

/** Signs in with the environment's account, with other fields where they are given. */
export function login(running: RunningTakeout, fields: Record<string, unknown> = {}) {
  const phone = variable(running, "TAKEOUT_PHONE");
  const password = variable(running, "TAKEOUT_PASSWORD");
  const body = { phone, password, loginType: variable(running, "TAKEOUT_LOGIN_TYPE"), ...fields };
  return send(running, "POST /auth/login", { body });
}

/** Sends as the environment's account. */
export type Client = {
  running: RunningTakeout;
  token: string;
  send: (endpoint: string, body?: unknown) => ReturnType<typeof send>;
};

/** A client that has signed in. */
export async function signIn(running: RunningTakeout): Promise<Client> {
  const token: string = (await login(running)).data.accessToken;
  return {
    running,
    token,
    send: (endpoint, body) => send(running, endpoint, { token, ...(body !== undefined && { body }) }),
  };
}

/** A variable of the environment. */
export function variable({ environment }: RunningTakeout, name: string): string {
  const value = environment[name];
  if (value === undefined) throw new Error(`the vendor gives no ${name}`);
  return value;
}

/** Everything the vendor holds, as its control path shows it. */
export async function holdings({ url }: RunningTakeout) {
  return (await call(`${url}/_holdings`)).body.takeout;
}
