import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";

/** A socket that the vendor holds, and what came over it. */
export type LiveSocket = {
  url: string;
  headers: IncomingMessage["headers"];
  received: string[];
  socket: WebSocket;
};

/** A takeout system on loopback that issues tokens and holds live connections. */
export type LiveVendor = {
  url: string;
  /** Every connection there was, the newest last. */
  sockets: LiveSocket[];
  /** Paths that were asked for over HTTP. */
  requests: string[];
  /** What the next connection or sign-in gets instead; undefined lets it pass. */
  refuseSocket: (refusal: ((token: string) => number | undefined) | undefined) => void;
  refuseSignIn: (status: number | undefined) => void;
  /** Sends to the newest connection. */
  say: (message: string | Uint8Array) => void;
  close: () => Promise<void>;
};

/** Issues `token-1`, `token-2` and so on; leaves pings unanswered when it is `deaf`. */
export async function startLiveVendor({ deaf = false, lifetimeSeconds = 7200 } = {}): Promise<LiveVendor> {
  const sockets: LiveSocket[] = [];
  const requests: string[] = [];
  let issued = 0;
  let refusal: ((token: string) => number | undefined) | undefined;
  let signInStatus: number | undefined;
  const server = createServer((request, response) => {
    requests.push(request.url ?? "");
    const tokens = { accessToken: `token-${++issued}`, refreshToken: "renewal", expiresIn: lifetimeSeconds };
    response.writeHead(signInStatus ?? 200, { "content-type": "application/json" });
    response.end(JSON.stringify({ success: signInStatus === undefined, code: signInStatus, data: tokens }));
  });
  const upgrades = new WebSocketServer({ noServer: true, autoPong: !deaf });
  server.on("upgrade", (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const token = new URL(request.url ?? "", "http://vendor.test").searchParams.get("token") ?? "";
    const status = refusal?.(token);
    if (status !== undefined) return stream.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\n\r\n`);
    return upgrades.handleUpgrade(request, stream, head, (socket) => {
      const received: string[] = [];
      socket.on("message", (data) => received.push(String(data)));
      socket.on("error", () => {}); // the client's to complain of
      sockets.push({ url: request.url ?? "", headers: request.headers, received, socket });
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    sockets,
    requests,
    refuseSocket: (next) => {
      refusal = next;
    },
    refuseSignIn: (status) => {
      signInStatus = status;
    },
    say: (message) => sockets.at(-1)?.socket.send(message),
    close: async () => {
      for (const { socket } of sockets) socket.terminate();
      upgrades.close();
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
