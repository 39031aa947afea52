import { createServer, type IncomingHttpHeaders } from "node:http";
import { afterEach, beforeEach } from "vitest";

/** A push as it came in. */
export type ReceivedPush = {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  fields: Record<string, string>;
};

/** Something on loopback that takes pushes. */
export type CallbackReceiver = {
  url: string;
  received: ReceivedPush[];
  /** What the next pushes are answered, one status each; 200 once they are used up. */
  answers: number[];
};

/** A fresh receiver for each test. */
export function callbackReceiver(): () => CallbackReceiver {
  let receiver: CallbackReceiver | undefined;
  let close: (() => void) | undefined;
  beforeEach(async () => {
    const received: ReceivedPush[] = [];
    const answers: number[] = [];
    const server = createServer(async (message, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of message) chunks.push(chunk);
      const fields = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString("utf8")));
      received.push({
        method: message.method ?? "",
        path: message.url ?? "",
        headers: message.headers,
        fields,
      });
      const status = answers.shift() ?? 200;
      response.writeHead(status, status === 302 ? { location: "/elsewhere" } : {}).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" && address ? address.port : 0;
    receiver = { url: `http://127.0.0.1:${port}/webhooks/yunji`, received, answers };
    close = () => {
      server.close();
      server.closeAllConnections();
    };
  });
  afterEach(() => close?.());
  return () => {
    if (!receiver) throw new Error("the receiver runs only within a test");
    return receiver;
  };
}
