import { once } from "node:events";
import { WebSocket } from "ws";

/** A message as the document shows it (takeout.txt, 12.1). */
export type NoticeMessage = { topic: string; data: Record<string, unknown>; timestamp: string };

/** A client of the notices' WebSocket. */
export type NoticeClient = {
  socket: WebSocket;
  /** Everything received, as text and read. */
  texts: string[];
  messages: () => NoticeMessage[];
  subscribe: (topics: unknown) => Promise<void>;
  /** Waits until whatever was sent to either side before this is there: a ping is answered in its turn. */
  settled: () => Promise<void>;
  /** The code the connection ended with. */
  closed: Promise<number>;
};

/** The address of the notices of a server. */
export function socketUrl(serverUrl: string, token: string): string {
  return `${serverUrl.replace(/^http/, "ws")}/takeout/ws?token=${encodeURIComponent(token)}`;
}

/** Connects; the promise fails where the upgrade is refused. */
export async function connect(url: string): Promise<NoticeClient> {
  const socket = new WebSocket(url);
  const texts: string[] = [];
  socket.on("message", (data) => texts.push(String(data)));
  const closed = new Promise<number>((resolve) => socket.once("close", resolve));
  await once(socket, "open");
  const settled = async () => {
    socket.ping();
    await once(socket, "pong");
  };
  return {
    socket,
    texts,
    messages: () => texts.map((text) => JSON.parse(text)),
    subscribe: async (topics) => {
      socket.send(JSON.stringify({ action: "subscribe", topics }));
      await settled();
    },
    settled,
    closed,
  };
}

/** The status and body that an upgrade is refused with, or the error's text where nothing came. */
export function refusedUpgrade(url: string): Promise<{ status: number; text: string } | { error: string }> {
  const socket = new WebSocket(url);
  return new Promise((resolve, reject) => {
    socket.once("open", () => reject(new Error("the upgrade was not refused")));
    socket.once("error", ({ message }) => resolve({ error: message }));
    socket.once("unexpected-response", (_request, response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk) => chunks.push(chunk));
      const finish = () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() });
      response.on("end", finish);
      response.on("error", finish);
    });
  });
}
