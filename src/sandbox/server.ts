import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { Failure } from "../domain/failure.ts";
import { answerControl, type ControlTargets, isControlPath } from "./control.ts";
import { deliverFault, type SentStatus } from "./faulty-answers.ts";
import type { Answer, Endpoint, SandboxRequest, Vendor } from "./message.ts";
import { sendAnswer } from "./send.ts";

/** Everything a server stands on. */
export type ServerParts = ControlTargets & { vendors: readonly Vendor[] };

/** A server that listens on 127.0.0.1. */
export type RunningServer = { url: string; close: () => Promise<void> };

const host = "127.0.0.1";
const largestBodyBytes = 8 * 2 ** 20;

/** Listens on a loopback port (0: any free one); a Failure when the port cannot be had. */
export async function startServer(parts: ServerParts, port: number): Promise<RunningServer> {
  const server = createServer((message, response) => void handle(parts, message, response));
  const url = `http://${host}:${await listen(server, port)}`;
  return { url, close: () => close(server) };
}

async function handle(parts: ServerParts, message: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const body = await readBody(message);
    const method = message.method ?? "GET";
    const url = URL.parse(message.url ?? "/", `http://${message.headers.host ?? host}`);
    if (!url) return void sendAnswer(response, { status: 400, body: { error: "The address is malformed." } });
    if (isControlPath(url.pathname)) {
      const control = { method, path: url.pathname, body: body ?? "", message };
      return void sendAnswer(response, answerControl(parts, control));
    }
    await handleVendorCall(parts, { method, url, body, headers: message.headers, response });
  } catch (error) {
    if (message.destroyed && !message.complete) return;
    console.error("waybill sandbox: an endpoint broke:", error);
    if (response.headersSent) response.destroy();
    else sendAnswer(response, { status: 500, body: { error: "The sandbox broke; its stderr says why." } });
  }
}

type VendorCall = {
  method: string;
  url: URL;
  /** Undefined when it is longer than the sandbox reads. */
  body: string | undefined;
  headers: IncomingMessage["headers"];
  response: ServerResponse;
};

async function handleVendorCall(parts: ServerParts, call: VendorCall): Promise<void> {
  const { method, url, response } = call;
  const mount = url.pathname.split("/", 2)[1] ?? "";
  const vendor = parts.vendors.find(({ name }) => name === mount);
  if (!vendor) {
    const mounts = parts.vendors.map(({ name }) => `/${name}/`).join(", ");
    return void sendAnswer(response, { status: 404, body: { error: `The vendors are at ${mounts}` } });
  }
  const path = url.pathname.slice(mount.length + 1);
  const settle = parts.requests.add({ vendor: vendor.name, method, path, query: url.search });
  settle(await answerVendorCall(parts, vendor, { ...call, path }));
}

async function answerVendorCall(
  { faults }: ServerParts,
  vendor: Vendor,
  call: VendorCall & { path: string },
): Promise<SentStatus> {
  const { response, body } = call;
  const endpoint = findEndpoint(vendor, call);
  if ("refusal" in endpoint) return sendAnswer(response, endpoint.refusal);
  if (body === undefined) return sendAnswer(response, vendor.refuse({ status: 413 }));
  const request: SandboxRequest = {
    method: call.method,
    url: call.url,
    parameters: endpoint.parameters,
    query: call.url.searchParams,
    headers: call.headers,
    body,
  };
  const commit = async () => endpoint.match.answer(request);
  const fault = faults.take(vendor.name, endpoint.match.name);
  return fault ? deliverFault({ fault, vendor, response, commit }) : sendAnswer(response, await commit());
}

type FoundEndpoint = { match: Endpoint; parameters: Record<string, string> } | { refusal: Answer };

/** The endpoint on this path with this method: else 404 for the path or 405 for the method. */
function findEndpoint(vendor: Vendor, { method, path }: { method: string; path: string }): FoundEndpoint {
  const onPath = vendor.endpoints.filter((endpoint) => endpoint.path.test(path));
  const match = onPath.find((endpoint) => endpoint.method === method);
  const parameters = match ? decodeGroups(match.path.exec(path)?.groups) : {};
  if (onPath.length === 0 || !parameters) return { refusal: vendor.refuse({ status: 404 }) };
  if (match) return { match, parameters };
  const refusal = vendor.refuse({ status: 405 });
  const allow = onPath.map((endpoint) => endpoint.method).join(", ");
  return { refusal: { ...refusal, headers: { ...refusal.headers, allow } } };
}

function decodeGroups(groups: Record<string, string> = {}): Record<string, string> | undefined {
  try {
    return Object.fromEntries(Object.entries(groups).map(([name, text]) => [name, decodeURIComponent(text)]));
  } catch {
    return undefined;
  }
}

/** The body as text; one that is too long is read to its end, so that the client hears the answer, but not kept. */
async function readBody(message: IncomingMessage): Promise<string | undefined> {
  let chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of message) {
    bytes += chunk.length;
    if (bytes <= largestBodyBytes) chunks.push(chunk);
    else chunks = [];
  }
  return bytes <= largestBodyBytes ? Buffer.concat(chunks).toString("utf8") : undefined;
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause) => {
      const hint = "Choose another port, or 0 for any free one.";
      reject(new Failure("unavailable", `The sandbox cannot listen on port ${port}.`, { hint }, cause));
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : port);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
