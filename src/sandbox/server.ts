import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { Failure } from "../domain/failure.ts";
import { answerControl, type ControlTargets, isControlPath } from "./control.ts";
import { deliverFault, type SentStatus } from "./faulty-answers.ts";
import type { Answer, Endpoint, SandboxRequest, Vendor } from "./message.ts";
import { sendAnswer } from "./send.ts";
import { createSockets } from "./sockets.ts";

/** Everything a server stands on. */
export type ServerParts = Omit<ControlTargets, "dropSockets">;

/** A server that listens on 127.0.0.1. */
export type RunningServer = {
  url: string;
  /** Cuts every open WebSocket and gives their number. */
  dropSockets: () => number;
  close: () => Promise<void>;
};

const host = "127.0.0.1";
const largestBodyBytes = 8 * 2 ** 20;

/** Listens on a loopback port (0: any free one); a Failure when the port cannot be had. */
export async function startServer(parts: ServerParts, port: number): Promise<RunningServer> {
  const sockets = createSockets(parts);
  const targets = { ...parts, dropSockets: sockets.drop };
  const server = createServer((message, response) => void handle(targets, message, response));
  server.on("upgrade", (message, _socket, head) => sockets.upgrade(message, head));
  const url = `http://${host}:${await listen(server, port)}`;
  const stop = () => {
    sockets.close();
    return close(server);
  };
  return { url, dropSockets: sockets.drop, close: stop };
}

async function handle(
  parts: ControlTargets,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const body = await readBody(message);
    const method = message.method ?? "GET";
    const url = URL.parse(message.url ?? "/", `http://${message.headers.host ?? host}`);
    if (!url) return void sendAnswer(response, { status: 400, body: { error: "The address is malformed." } });
    if (isControlPath(url.pathname)) {
      const control = { method, path: url.pathname, body: body?.toString("utf8") ?? "", message };
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
  body: Buffer | undefined;
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
  const found = findEndpoint(vendor, { method, path });
  const endpoint = "match" in found ? found.match.name : null;
  const settle = parts.requests.add({ vendor: vendor.name, method, path, query: url.search, endpoint });
  settle(await answerVendorCall(parts, vendor, { ...call, found }));
}

async function answerVendorCall(
  { faults, clock }: ServerParts,
  vendor: Vendor,
  { found, response, body, ...call }: VendorCall & { found: FoundEndpoint },
): Promise<SentStatus> {
  if ("refusal" in found) return sendAnswer(response, found.refusal);
  if (body === undefined) return sendAnswer(response, vendor.refuse({ status: 413 }));
  const { match, parameters } = found;
  const fault = faults.take(vendor.name, match.name);
  const clockOffsetMilliseconds = fault?.kind === "clock_off" ? fault.clockOffsetSeconds * 1000 : 0;
  response.setHeader("date", new Date(clock.clientNow() + clockOffsetMilliseconds).toUTCString());
  const request: SandboxRequest = {
    method: call.method,
    url: call.url,
    parameters,
    query: call.url.searchParams,
    headers: call.headers,
    body: body.toString("utf8"),
    bytes: body,
    clockOffsetMilliseconds,
  };
  const commit = async () => match.answer(request);
  return fault ? deliverFault({ fault, vendor, response, commit }) : sendAnswer(response, await commit());
}

type FoundEndpoint = { match: Endpoint; parameters: Record<string, string> } | { refusal: Answer };

/** The endpoint on this path with this method: else 404 for the path or 405 for the method. */
function findEndpoint(vendor: Vendor, { method, path }: { method: string; path: string }): FoundEndpoint {
  const onPath = vendor.endpoints.filter((endpoint) => endpoint.path.test(path));
  const match = onPath.find((endpoint) => endpoint.method === method);
  const parameters = match ? decodeGroups(match.path.exec(path)?.groups) : {};
  if (method === "GET" && vendor.socket?.path === path) return { refusal: upgradeRequired(vendor) };
  if (onPath.length === 0 || !parameters) return { refusal: vendor.refuse({ status: 404 }) };
  if (match) return { match, parameters };
  const refusal = vendor.refuse({ status: 405 });
  const allow = onPath.map((endpoint) => endpoint.method).join(", ");
  return { refusal: { ...refusal, headers: { ...refusal.headers, allow } } };
}

/** The answer to a plain request for a WebSocket (RFC 9110, 426). */
function upgradeRequired(vendor: Vendor): Answer {
  const refusal = vendor.refuse({ status: 426 });
  return { ...refusal, headers: { ...refusal.headers, upgrade: "websocket" } };
}

function decodeGroups(groups: Record<string, string> = {}): Record<string, string> | undefined {
  try {
    return Object.fromEntries(Object.entries(groups).map(([name, text]) => [name, decodeURIComponent(text)]));
  } catch {
    return undefined;
  }
}

/** The body; one that is too long is read to its end, so that the client hears the answer, but not kept. */
async function readBody(message: IncomingMessage): Promise<Buffer | undefined> {
  let chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of message) {
    bytes += chunk.length;
    if (bytes <= largestBodyBytes) chunks.push(chunk);
    else chunks = [];
  }
  return bytes <= largestBodyBytes ? Buffer.concat(chunks) : undefined;
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
