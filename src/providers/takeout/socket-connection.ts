import { type RawData, WebSocket } from "ws";
import type { DisconnectReason } from "../../domain/takeout/live.ts";
import type { Clock } from "../../pipeline/clock.ts";

/** How long the socket waits for what, and what a message may weigh. */
export type SocketLimits = {
  handshakeMilliseconds: number;
  /** Between pings; a peer that lets a whole interval pass without a sign is given up. */
  heartbeatMilliseconds: number;
  /** For the peer's part of an orderly end. */
  closingMilliseconds: number;
  maxMessageBytes: number;
};

type Connection = {
  /** With the token: never to be shown. */
  address: URL;
  headers: Readonly<Record<string, string>>;
  /** The first message. */
  greeting: string;
  clock: Clock;
  limits: SocketLimits;
  signal: AbortSignal;
  onOpen: () => void;
  onMessage: (bytes: Uint8Array) => void;
};

/** HTTP statuses and close codes with which a server says that it does not take the token (RFC 6455, 7.4; IANA). */
const refusingStatuses: ReadonlySet<number> = new Set([401, 403]);
const refusingCloseCodes: ReadonlySet<number> = new Set([1008, 3000, 3003, 4001, 4003, 4401, 4403]);

/** Opens one connection and holds it until it ends, which it does at the latest when the signal aborts. */
export function holdConnection(connection: Connection): Promise<DisconnectReason> {
  const { address, headers, limits, signal } = connection;
  const socket = new WebSocket(address, {
    headers: { ...headers },
    handshakeTimeout: limits.handshakeMilliseconds,
    maxPayload: limits.maxMessageBytes,
    perMessageDeflate: false,
  });
  const over = new AbortController();
  const course = follow(socket, connection, over.signal);
  const stop = () => endOrderly(socket, connection, over.signal);
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  return new Promise((resolve) => {
    socket.once("close", (code) => {
      over.abort();
      signal.removeEventListener("abort", stop);
      const usual = course.wasOpen ? "closed" : "unreachable";
      resolve(course.reason ?? (refusingCloseCodes.has(code) ? "refused" : usual));
    });
  });
}

/** What a connection has shown so far, and what of it says why it ends. */
type Course = { wasOpen: boolean; reason?: DisconnectReason };

/** Greets, hands on what comes and notes what speaks of an end. */
function follow(socket: WebSocket, connection: Connection, over: AbortSignal): Course {
  const course: Course = { wasOpen: false };
  socket.on("open", () => {
    course.wasOpen = true;
    socket.send(connection.greeting);
    connection.onOpen();
    giveUpWhenSilent(socket, connection, over).then(
      () => {
        course.reason = "silent";
      },
      () => {}, // it ended otherwise
    );
  });
  socket.on("message", (data) => connection.onMessage(toBytes(data)));
  socket.on("unexpected-response", (_request, { statusCode = 0 }) => {
    course.reason = refusingStatuses.has(statusCode) ? "refused" : "unreachable";
    socket.terminate();
  });
  socket.on("error", (error) => {
    if ("code" in error && error.code === "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH") course.reason = "oversize";
  });
  return course;
}

/** Pings, and cuts the connection when nothing at all came back; rejects when the connection ended before. */
async function giveUpWhenSilent(
  socket: WebSocket,
  { clock, limits }: Connection,
  over: AbortSignal,
): Promise<void> {
  let hasSign = true;
  for (const event of ["pong", "ping", "message"]) {
    socket.on(event, () => {
      hasSign = true;
    });
  }
  while (hasSign) {
    hasSign = false;
    socket.ping();
    await clock.sleep(limits.heartbeatMilliseconds, over);
  }
  socket.terminate();
}

/** Says goodbye, and cuts the connection where the peer does not answer it. */
function endOrderly(socket: WebSocket, { clock, limits }: Connection, over: AbortSignal): void {
  socket.close(1000);
  clock.sleep(limits.closingMilliseconds, over).then(
    () => socket.terminate(),
    () => {}, // it is closed
  );
}

function toBytes(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}
