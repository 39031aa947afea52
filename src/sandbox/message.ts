import type { IncomingHttpHeaders } from "node:http";
import type { VendorName } from "../domain/failure.ts";

/** A request as a vendor's endpoint sees it. */
export type SandboxRequest = {
  method: string;
  /** The whole address, with the vendor's mount: http://127.0.0.1:40001/fleet/api/v2/ai/… */
  url: URL;
  /** The named groups of the endpoint's path, percent-decoded. */
  parameters: Record<string, string>;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  /** UTF-8 text, empty when there is none. */
  body: string;
  /** The body as it came: for uploads. */
  bytes: Uint8Array;
  /** How far the vendor's clock is off while this is answered: 0 but for the fault `clock_off`. */
  clockOffsetMilliseconds: number;
};

/** What an endpoint answers; the body is sent as JSON, bigints as plain numbers, and not at all when undefined. */
export type Answer = { status: number; body?: unknown; headers?: Record<string, string> };

/** Why a request is refused before or instead of an endpoint's answer. */
export type Refusal = { status: number; message?: string; retryAfterSeconds?: number };

/** One method on one path. `name` is what faults and the request log call it. */
export type Endpoint = {
  name: string;
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Matched against the path below the vendor's mount, from ^ to $. */
  path: RegExp;
  answer: (request: SandboxRequest) => Answer | Promise<Answer>;
};

/** An open WebSocket as a vendor sees it. */
export type Connection = {
  /** Sends a message as JSON; nothing happens once the connection is gone. */
  send: (message: unknown) => void;
  /** Ends it with a code of RFC 6455 and a reason of at most 123 bytes. */
  close: (code: number, reason: string) => void;
};

/** What a vendor does with an open connection. */
export type ConnectionEvents = {
  /** A text message came; anything else is left out. */
  received: (text: string) => void;
  /** The connection is gone, whoever ended it. */
  closed: () => void;
};

/** The request that asks for a WebSocket. */
export type SocketRequest = Pick<SandboxRequest, "query" | "headers" | "clockOffsetMilliseconds">;

/** A WebSocket of a vendor. `name` is what faults and the request log call it. */
export type SocketEndpoint = {
  name: string;
  /** Below the vendor's mount: /ws */
  path: string;
  /** Who may connect: a refusal is sent instead of the upgrade. */
  admit: (
    request: SocketRequest,
  ) => { refusal: Answer } | { open: (connection: Connection) => ConnectionEvents };
};

/** A vendor as the server mounts it: everything under /<name>/ is its own. */
export type Vendor = {
  name: VendorName;
  endpoints: readonly Endpoint[];
  socket?: SocketEndpoint;
  /** An error in the form that the vendor's document shows. */
  refuse: (refusal: Refusal) => Answer;
  /** The variables that point a Waybill server at it; `mountUrl` has no slash at the end. */
  environment: (mountUrl: string) => Record<string, string>;
  /** What it holds by now, by kind, oldest first: GET /_holdings shows it, and tests count it. */
  holdings?: () => Record<string, unknown[]>;
  /** Control paths of its own ("POST /_stops"): each takes the body's JSON, and throws a Failure for a wrong one. */
  controls?: Record<string, (body: unknown) => unknown>;
  /** Stops what runs by itself: timers, callbacks under way. */
  close?: () => void;
};

/** Whether a value is a JSON object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value of a JSON text, undefined when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
