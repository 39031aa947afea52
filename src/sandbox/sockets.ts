import { type IncomingMessage, ServerResponse } from "node:http";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import type { Clock } from "./clock.ts";
import type { Fault, FaultQueue } from "./faults.ts";
import { deliverFault, type SentStatus } from "./faulty-answers.ts";
import type { ConnectionEvents, SocketEndpoint, Vendor } from "./message.ts";
import type { RequestLog } from "./request-log.ts";
import { answerText, sendAnswer } from "./send.ts";

/** What the WebSockets of all vendors stand on. */
export type SocketParts = {
  clock: Clock;
  faults: FaultQueue;
  requests: RequestLog;
  vendors: readonly Vendor[];
};

/** The WebSockets of all vendors. */
export type Sockets = {
  /** Answers a request for an upgrade: the connection is opened, or refused with the vendor's own error. */
  upgrade: (message: IncomingMessage, head: Buffer) => void;
  /** Cuts every open connection without a closing handshake and gives their number. */
  drop: () => number;
  /** Ends every connection: the server goes away. */
  close: () => void;
};

const largestMessageBytes = 64 * 1024;
const switchingProtocols = 101;
const goingAway = 1001;

/** No connection is open yet. */
export function createSockets(parts: SocketParts): Sockets {
  const server = new WebSocketServer({ noServer: true, maxPayload: largestMessageBytes });
  const open: OpenSocket = (message, head, opened) =>
    server.handleUpgrade(message, message.socket, head, (socket) => serve(socket, opened));
  // the HTTP server forgets a connection once it asks for an upgrade, also one that still waits for it
  const asked = new Set<IncomingMessage["socket"]>();
  return {
    upgrade: (message, head) => {
      const { socket } = message;
      asked.add(socket);
      socket.on("close", () => asked.delete(socket));
      socket.on("error", () => socket.destroy());
      upgrade(parts, { message, head, open }).catch((error) => {
        console.error("waybill sandbox: a WebSocket broke:", error);
        socket.destroy();
      });
    },
    drop: () => {
      const { size } = server.clients;
      for (const socket of server.clients) socket.terminate();
      return size;
    },
    close: () => {
      for (const socket of server.clients) socket.close(goingAway);
      for (const socket of asked) socket.destroy();
    },
  };
}

const nowhere = { status: 404, body: { error: "No vendor has a WebSocket here." } };

type Opened = (socket: WebSocket) => ConnectionEvents;
type OpenSocket = (message: IncomingMessage, head: Buffer, opened: Opened) => void;
type Upgrade = { message: IncomingMessage; head: Buffer; open: OpenSocket };

/** Finds the vendor's WebSocket of a request, and notes the request as any other. */
async function upgrade(parts: SocketParts, request: Upgrade): Promise<void> {
  const { message } = request;
  const response = plainResponse(message);
  const url = URL.parse(message.url ?? "/", "http://127.0.0.1");
  const mount = url?.pathname.split("/", 2)[1] ?? "";
  const vendor = parts.vendors.find(({ name }) => name === mount);
  if (!url || !vendor) return void sendAnswer(response, nowhere);
  const path = url.pathname.slice(mount.length + 1);
  const endpoint = vendor.socket?.path === path ? vendor.socket : undefined;
  const settle = parts.requests.add({
    vendor: vendor.name,
    method: message.method ?? "GET",
    path,
    query: url.search,
    endpoint: endpoint?.name ?? null,
  });
  if (!endpoint) return settle(sendAnswer(response, vendor.refuse({ status: 404 })));
  settle(await connect(parts, { ...request, vendor, endpoint, response, query: url.searchParams }));
}

type VendorUpgrade = Upgrade & {
  vendor: Vendor;
  endpoint: SocketEndpoint;
  response: ServerResponse;
  query: URLSearchParams;
};

/** Opens the connection unless a fault or the vendor's own check is against it. */
async function connect(parts: SocketParts, call: VendorUpgrade): Promise<SentStatus> {
  const { vendor, endpoint, response, message } = call;
  const fault = parts.faults.takeNamed(vendor.name, endpoint.name);
  if (fault && !letsPass(fault)) {
    return deliverFault({ fault, vendor, response, commit: async () => ({ status: 200, body: {} }) });
  }
  const clockOffsetMilliseconds = fault?.kind === "clock_off" ? fault.clockOffsetSeconds * 1000 : 0;
  const admission = endpoint.admit({ query: call.query, headers: message.headers, clockOffsetMilliseconds });
  if ("refusal" in admission) return sendAnswer(response, admission.refusal);
  if (fault?.kind === "late") await pause(fault.delaySeconds);
  if (message.socket.destroyed) return null;
  response.detachSocket(message.socket);
  call.open(message, call.head, (connected) =>
    admission.open({
      send: (body) => {
        if (connected.readyState === connected.OPEN) connected.send(answerText(body));
      },
      close: (code, reason) => connected.close(code, reason),
    }),
  );
  return switchingProtocols;
}

/** A connection that opens after all: late, or from a vendor whose clock is wrong. */
function letsPass({ kind }: Fault): boolean {
  return kind === "late" || kind === "clock_off";
}

function serve(socket: WebSocket, opened: Opened): void {
  const { received, closed } = opened(socket);
  socket.on("message", (data, isBinary) => {
    if (!isBinary) received(textOf(data));
  });
  socket.on("close", closed);
  socket.on("error", () => socket.terminate());
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString("utf8");
  return data instanceof ArrayBuffer ? Buffer.from(data).toString("utf8") : data.toString("utf8");
}

/** An ordinary answer on a connection that asked for an upgrade and does not get it. */
function plainResponse(message: IncomingMessage): ServerResponse {
  const response = new ServerResponse(message);
  response.shouldKeepAlive = false;
  response.assignSocket(message.socket);
  response.on("finish", () => message.socket.destroySoon());
  return response;
}

/** A timer that keeps no process alive: the listening server does that. */
function pause(seconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, seconds * 1000).unref();
  });
}
