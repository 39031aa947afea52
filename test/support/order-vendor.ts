import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** Whether the order takes effect, and with which status it is answered; without one the connection is cut. */
const reactions = {
  answer: { isCarriedOut: true, status: 201 },
  "lose the answer": { isCarriedOut: true, status: undefined },
  "fail after": { isCarriedOut: true, status: 500 },
  "fail before": { isCarriedOut: false, status: 503 },
  "drop before": { isCarriedOut: false, status: undefined },
  refuse: { isCarriedOut: false, status: 422 },
};

/** What the vendor does with one order; a held one waits for the test to decide. */
export type OrderBehaviour = keyof typeof reactions | "hold";

/** A vendor on loopback that takes orders by key and has no notion of idempotency. */
export type OrderVendor = {
  url: string;
  /** The keys of all orders that took effect. */
  orders: string[];
  /** Set to decide what happens to the requests that follow. */
  behaviour: OrderBehaviour;
  /** Resolves when a request is held. */
  held: Promise<void>;
  /** Carries the held request out (or forgets it) and answers it, if anyone still listens. */
  release: (isCarriedOut: boolean) => void;
  close: () => Promise<void>;
};

/** Starts such a vendor on a free port. */
export async function startOrderVendor(): Promise<OrderVendor> {
  const heldOnce = Promise.withResolvers<void>();
  let heldRequest: { key: string; response: ServerResponse } | undefined;
  const server = createServer((request, response) => {
    const key = new URL(request.url ?? "/", "http://vendor").searchParams.get("key") ?? "";
    if (request.method === "GET") {
      respond(response, 200, { orders: vendor.orders.filter((ordered) => ordered === key) });
      return;
    }
    if (vendor.behaviour === "hold") {
      heldRequest = { key, response };
      heldOnce.resolve();
      return;
    }
    const { isCarriedOut, status } = reactions[vendor.behaviour];
    if (isCarriedOut) vendor.orders.push(key);
    if (status === undefined) response.destroy();
    else respond(response, status, { key });
  });
  const vendor: OrderVendor = {
    url: "",
    orders: [],
    behaviour: "answer",
    held: heldOnce.promise,
    release: (isCarriedOut) => {
      if (!heldRequest) throw new Error("No request is held.");
      const { key, response } = heldRequest;
      if (isCarriedOut) vendor.orders.push(key);
      respond(response, isCarriedOut ? 201 : 503, { key });
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  vendor.url = `http://127.0.0.1:${port}/orders`;
  return vendor;
}

function respond(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
