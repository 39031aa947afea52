import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse, request as sendRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/**
 * How far a request has come when the gate stops it: at the vendor's door, carried out there but not answered, or
 * answered by half.
 */
export type Stage = "received" | "carried out" | "half answered";

/** A request that the gate has stopped: it goes on to the vendor, or is lost. */
export type StoppedRequest = { letThrough: () => Promise<void>; drop: () => void };

/** A door before the vendors' sandbox, at which requests can be stopped for as long as a test wants. */
export type VendorGate = {
  url: string;
  /** Stops the request of this path after `skip` others of it; resolves when it is there. */
  stop: (wanted: { path: string; stage: Stage; skip: number }) => Promise<StoppedRequest>;
  /** How many requests have come so far. */
  requests: () => number;
  /** Forgets a wish that no request has met. */
  forget: () => void;
  close: () => Promise<void>;
};

type Wish = { path: string; stage: Stage; skip: number; meet: (stopped: StoppedRequest) => void };

/** Opens a gate on loopback before the vendors at an address. */
export async function openVendorGate(vendorsUrl: string): Promise<VendorGate> {
  let wish: Wish | undefined;
  let requests = 0;
  const take = (path: string): Wish | undefined => {
    if (wish?.path !== path) return undefined;
    if (wish.skip-- > 0) return undefined;
    const taken = wish;
    wish = undefined;
    return taken;
  };
  const server = createServer((message, response) => {
    requests += 1;
    const [path = ""] = (message.url ?? "").split("?", 1);
    handle({ message, response, vendorsUrl }, take(path)).catch(() => response.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: (wanted) =>
      new Promise((meet) => {
        wish = { ...wanted, meet };
      }),
    requests: () => requests,
    forget: () => {
      wish = undefined;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

type Passage = { message: IncomingMessage; response: ServerResponse; vendorsUrl: string };

async function handle(passage: Passage, wish: Wish | undefined): Promise<void> {
  const { message, response } = passage;
  const body = await buffer(message);
  const stopAt = async (letThrough: StoppedRequest["letThrough"]) =>
    wish?.meet({ letThrough, drop: () => void response.destroy() });
  const passOn = async () => {
    const answer = await forward(passage, body);
    if (!response.destroyed) response.writeHead(answer.status, answer.headers).end(answer.body);
  };
  if (!wish) return passOn();
  if (wish.stage === "received") return stopAt(passOn);
  const answer = await forward(passage, body);
  if (wish.stage === "half answered") {
    response.writeHead(answer.status, answer.headers);
    await new Promise((sent) => response.write(answer.body.subarray(0, answer.body.length / 2), sent));
  }
  return stopAt(async () => {});
}

type VendorAnswer = { status: number; headers: IncomingMessage["headers"]; body: Buffer };

async function forward({ message, vendorsUrl }: Passage, body: Buffer): Promise<VendorAnswer> {
  const { method, headers, url = "/" } = message;
  const sent = sendRequest(new URL(url, vendorsUrl), { method, headers });
  sent.end(body);
  const [answer]: IncomingMessage[] = await once(sent, "response");
  if (!answer) throw new Error("the vendor gave no answer");
  return { status: answer.statusCode ?? 500, headers: answer.headers, body: await buffer(answer) };
}
