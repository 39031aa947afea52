import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { getResponse, type RequestHandler } from "msw";

/** A request as it came over the wire. */
export type ReceivedRequest = {
  method: string;
  /** Path and query, undecoded. */
  url: string;
  /** By the names as they were sent. */
  headers: Record<string, string>;
  body: string;
};

/** Answers one request; may as well break it. */
export type Answering = (request: ReceivedRequest, response: ServerResponse) => unknown;

/** A loopback server that keeps what it was sent. */
export type VendorServer = {
  url: string;
  requests: ReceivedRequest[];
  /** How the next requests are answered. */
  answer: (answering: Answering) => void;
  close: () => Promise<void>;
};

/** Listens on a free port of 127.0.0.1. */
export async function startVendorServer(first: Answering = json(200, {})): Promise<VendorServer> {
  let answering = first;
  const requests: ReceivedRequest[] = [];
  const server = createServer((message, response) => {
    receive(message).then(
      (request) => {
        requests.push(request);
        return answering(request, response);
      },
      () => response.destroy(),
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    answer: (next) => {
      answering = next;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** Answers with JSON: text is sent as it is. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): Answering {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return (_request, response) =>
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(text);
}

/** Answers with a web page. */
export function html(status: number): Answering {
  return (_request, response) =>
    response.writeHead(status, { "content-type": "text/html" }).end("<html><h1>Bad Gateway</h1></html>");
}

/** Answers by msw's handlers, whose paths begin with a star for the server's address; 404 where none fits. */
export function handlers(...list: RequestHandler[]): Answering {
  return async ({ method, url, headers, body }, response) => {
    const request = new Request(`http://vendor.test${url}`, {
      method,
      headers,
      ...(body !== "" && { body }),
    });
    const answer = (await getResponse(list, request)) ?? new Response("{}", { status: 404 });
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
  };
}

/** Answers the first call with the first answer and so on; the last one stays. */
export function inTurn(...answers: Answering[]): Answering {
  let turn = 0;
  return (request, response) => answers[Math.min(turn++, answers.length - 1)]?.(request, response);
}

/** Promises half a megabyte, sends a bracket and hangs up. */
export const cut: Answering = (_request, response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": "500000" });
  response.write("{", () => response.destroy());
};

/** Reads the request and hangs up. */
export const reset: Answering = (_request, response) => response.destroy();

/** Never answers. */
export const silence: Answering = () => {};

async function receive(message: IncomingMessage): Promise<ReceivedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  const headers: Record<string, string> = {};
  for (let index = 0; index < message.rawHeaders.length; index += 2) {
    headers[message.rawHeaders[index] ?? ""] = message.rawHeaders[index + 1] ?? "";
  }
  return {
    method: message.method ?? "",
    url: message.url ?? "",
    headers,
    body: Buffer.concat(chunks).toString("utf8"),
  };
}
