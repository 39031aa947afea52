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
};

/** What an endpoint answers; the body is sent as JSON. */
export type Answer = { status: number; body: unknown; headers?: Record<string, string> };

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

/** A vendor as the server mounts it: everything under /<name>/ is its own. */
export type Vendor = {
  name: VendorName;
  endpoints: readonly Endpoint[];
  /** An error in the form that the vendor's document shows. */
  refuse: (refusal: Refusal) => Answer;
  /** The variables that point a Waybill server at it; `mountUrl` has no slash at the end. */
  environment: (mountUrl: string) => Record<string, string>;
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
