import type { ServerResponse } from "node:http";
import { onTestFinished } from "vitest";
import { fixture } from "./fixture.ts";
import { type ReceivedRequest, startVendorServer, type VendorServer } from "./vendor-server.ts";

type Entry = Record<string, unknown> & { id: string };

/** Whether the next write takes effect, and with which status it is answered; without one the connection is cut. */
const reactions = {
  answer: { isCarriedOut: true, status: 200 },
  "lose the answer": { isCarriedOut: true, status: undefined },
  "fail after": { isCarriedOut: true, status: 500 },
  "fail before": { isCarriedOut: false, status: 500 },
};

export type Reaction = keyof typeof reactions;

/** The reactions after which the vendor has what was written and the caller does not know it. */
export const lossyReactions = ["lose the answer", "fail after"] as const satisfies Reaction[];

/** A vendor on loopback that keeps what takeout.txt, 3, 4, 8, 9 and 11 write, and can lose an answer. */
export type CatalogVendor = {
  server: VendorServer;
  /** Points a configuration at it. */
  environment: Record<string, string>;
  merchants: Entry[];
  dishes: Entry[];
  reviews: Entry[];
  /** The bodies that were uploaded. */
  uploads: string[];
  /** The coupons that were received. */
  claims: string[];
  /** What happens to the next write; the ones after it are answered again. */
  nextWrite: Reaction;
  /** Refuses every read while it is set. */
  isDeaf: boolean;
  /** The writes that arrived, as "PUT /dishes/D1", oldest first. */
  writes: () => string[];
};

/** Starts an empty one for the running test. */
export async function startCatalogVendor(): Promise<CatalogVendor> {
  const server = await startVendorServer((request, response) => answer(vendor, request, response));
  onTestFinished(() => server.close());
  const vendor: CatalogVendor = {
    server,
    environment: {
      TAKEOUT_BASE_URL: `${server.url}/api/v1`,
      TAKEOUT_PHONE: "13800138000",
      TAKEOUT_PASSWORD: "password123",
    },
    merchants: [],
    dishes: [],
    reviews: [],
    uploads: [],
    claims: [],
    nextWrite: "answer",
    isDeaf: false,
    writes: () =>
      server.requests
        .map(({ method, url }) => `${method} ${url.replace("/api/v1", "")}`)
        .filter((call) => !call.startsWith("GET ") && !call.includes("/auth/")),
  };
  return vendor;
}

function answer(vendor: CatalogVendor, request: ReceivedRequest, response: ServerResponse): void {
  const { pathname, searchParams } = new URL(request.url, "http://vendor.test");
  const path = pathname.replace("/api/v1/", "").split("/");
  if (path[0] === "auth") {
    response.writeHead(200).end(fixture("takeout/login.json"));
    return;
  }
  if (request.method === "GET") {
    const found = vendor.isDeaf ? undefined : read(vendor, path, searchParams);
    respond(response, found === undefined ? 404 : 200, found);
    return;
  }
  const { isCarriedOut, status } = reactions[vendor.nextWrite];
  vendor.nextWrite = "answer";
  const done = isCarriedOut ? write(vendor, path, request) : {};
  if (status === undefined) response.destroy();
  else respond(response, status, done);
}

function read(vendor: CatalogVendor, [kind = "", id]: string[], query: URLSearchParams): unknown {
  const entries = entriesOf(vendor, kind);
  if (id !== undefined) return entries.find((entry) => entry.id === id);
  const fitting = entries.filter(({ name = "" }) => String(name).includes(query.get("keyword") ?? ""));
  const size = Number(query.get("pageSize"));
  const start = (Number(query.get("pageIndex")) - 1) * size;
  return { items: fitting.slice(start, start + size), totalCount: fitting.length };
}

function write(
  vendor: CatalogVendor,
  [kind = "", id = "", step]: string[],
  request: ReceivedRequest,
): unknown {
  if (kind === "files") {
    const fileName = `${vendor.uploads.push(request.body)}.jpg`;
    return { url: `https://cdn.example.com/images/${fileName}`, fileName, fileSize: 102400 };
  }
  if (kind === "coupons") return { id: `claim-${vendor.claims.push(id)}` };
  const body = request.body === "" ? {} : JSON.parse(request.body);
  const entries = entriesOf(vendor, kind);
  const index = entries.findIndex((entry) => entry.id === id);
  if (request.method === "DELETE") return { deleted: entries.splice(index, 1).length };
  if (request.method === "PUT" || step === "reply") return Object.assign(entries[index] ?? {}, body);
  if (request.method === "PATCH") return setStatus(vendor, body);
  const created = { ...body, id: `${kind}-${entries.length + 1}`, createdAt: new Date().toISOString() };
  entries.push(created);
  return { id: created.id };
}

function setStatus(
  { dishes }: CatalogVendor,
  { dishIds, status }: { dishIds: string[]; status: number },
): unknown {
  for (const dish of dishes) if (dishIds.includes(dish.id)) dish["status"] = status;
  return {};
}

function entriesOf({ merchants, dishes, reviews }: CatalogVendor, kind: string): Entry[] {
  if (kind === "merchants") return merchants;
  return kind === "dishes" ? dishes : reviews;
}

function respond(response: ServerResponse, status: number, data: unknown): void {
  response.writeHead(status).end(JSON.stringify({ success: status < 300, code: status, data }));
}
