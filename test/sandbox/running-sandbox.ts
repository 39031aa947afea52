import { afterEach, beforeEach } from "vitest";
import type { ShipmentRecord } from "../../src/sandbox/fleet/records.ts";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../src/sandbox/sandbox.ts";

/** 2026-04-14 10:00 in Guangzhou. */
export const startedAt = Date.UTC(2026, 3, 14, 2);

/** A fresh sandbox for each test, its clock standing still until `advance`. */
export function runningSandbox(options: SandboxOptions = {}): () => Sandbox {
  let sandbox: Sandbox | undefined;
  beforeEach(async () => {
    sandbox = await startSandbox({ now: () => startedAt, ...options });
  });
  afterEach(() => sandbox?.close());
  return () => {
    if (!sandbox) throw new Error("the sandbox runs only within a test");
    return sandbox;
  };
}

/** A variable of the sandbox's environment. */
export function variable({ environment }: Sandbox, name: string): string {
  const value = environment[name];
  if (value === undefined) throw new Error(`the sandbox gives no ${name}`);
  return value;
}

/** Sends a request and reads its JSON. */
export async function call(url: string, init: RequestInit = {}) {
  const response = await fetch(url, init);
  const body = JSON.parse(await response.text());
  return { status: response.status, body, headers: response.headers };
}

/** Sends a body as JSON. */
export function post(url: string, body: unknown, headers: Record<string, string> = {}) {
  return call(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
}

/** Reads the factory's ERP with the right key. */
export function fleet(sandbox: Sandbox, path: string, headers: Record<string, string> = {}) {
  const authorization = variable(sandbox, "FLEET_ACCESS_KEY");
  return call(variable(sandbox, "FLEET_BASE_URL") + path, { headers: { authorization, ...headers } });
}

/** All unshipped shipments of an area, page by page. */
export async function unshipped(sandbox: Sandbox, area: string, merchantId = 10): Promise<ShipmentRecord[]> {
  const shipments: ShipmentRecord[] = [];
  for (;;) {
    const path = `/shipments/unshipped/?merchant_id=${merchantId}&area=${area}&offset=${shipments.length}`;
    const { body } = await fleet(sandbox, path);
    shipments.push(...body.results);
    if (body.next === null) return shipments;
  }
}

/** An access token of the sandbox's own integration. */
export async function accessToken(sandbox: Sandbox): Promise<string> {
  const { body } = await post(`${variable(sandbox, "ROUTEMATE_BASE_URL")}/integration-token`, {
    client_id: variable(sandbox, "ROUTEMATE_CLIENT_ID"),
    client_secret: variable(sandbox, "ROUTEMATE_CLIENT_SECRET"),
  });
  return body.access_token;
}

/** Imports with a token; an idempotency key where one is given. */
export function importRoute(
  sandbox: Sandbox,
  body: unknown,
  { token, key }: { token: string; key?: string },
) {
  return post(`${variable(sandbox, "ROUTEMATE_BASE_URL")}/integration-import`, body, {
    authorization: `Bearer ${token}`,
    ...(key === undefined ? {} : { "idempotency-key": key }),
  });
}

/** Asks how a job stands: `query` is what follows the question mark. */
export function jobStatus(sandbox: Sandbox, query: string, token: string) {
  const url = `${variable(sandbox, "ROUTEMATE_BASE_URL")}/integration-jobs?${query}`;
  return call(url, { headers: { authorization: `Bearer ${token}` } });
}
