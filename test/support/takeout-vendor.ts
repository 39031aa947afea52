import type { TakeoutSettings } from "../../src/domain/vendor-settings.ts";
import { createTakeout, type TakeoutClient } from "../../src/providers/takeout/client.ts";
import { fixture } from "./fixture.ts";
import { createTestHttp } from "./test-http.ts";
import {
  type Answering,
  json,
  type ReceivedRequest,
  startVendorServer,
  type VendorServer,
} from "./vendor-server.ts";

/** The account of the document (takeout.txt, 2.1). */
export const account = {
  phone: "13800138000",
  password: "password123",
  loginType: "customer",
} as const;

/** The token that 2.1 answers. */
export const documentedToken = "eyJhbGciOiJIUzI1NiIs...";

/** A client on a loopback server that lets it sign in as the document shows, and answers the rest as it is told. */
export type TakeoutVendor = {
  server: VendorServer;
  takeout: TakeoutClient;
  /** How requests other than signing in are answered. */
  answer: (answering: Answering) => void;
  /** The requests other than signing in. */
  calls: () => ReceivedRequest[];
  open: (config?: Partial<TakeoutSettings>, ...rest: Parameters<typeof createTestHttp>) => TakeoutClient;
  close: () => Promise<void>;
};

/** Starts answering every call with an empty success. */
export async function startTakeoutVendor(): Promise<TakeoutVendor> {
  let answering: Answering = json(200, fixture("takeout/success.json"));
  const signsIn = json(200, fixture("takeout/login.json"));
  const server = await startVendorServer((request, response) =>
    (request.url === "/api/v1/auth/login" ? signsIn : answering)(request, response),
  );
  const clients: TakeoutClient[] = [];
  const open: TakeoutVendor["open"] = (config, ...rest) => {
    const client = createTakeout(
      { baseUrl: `${server.url}/api/v1`, ...account, ...config },
      createTestHttp(...rest),
    );
    clients.push(client);
    return client;
  };
  return {
    server,
    takeout: open(),
    answer: (next) => {
      answering = next;
    },
    calls: () => server.requests.filter(({ url }) => url !== "/api/v1/auth/login"),
    open,
    close: async () => {
      await Promise.all(clients.map((client) => client.close()));
      await server.close();
    },
  };
}

/** A sample as its answer. */
export function sample(path: `takeout/${string}.json`): Answering {
  return json(200, fixture(path));
}

/** A sample of the document without its line breaks and indentation, its numbers as they are written. */
export function compact(path: `takeout/${string}.json`): string {
  return fixture(path).replace(/\n\s*/g, "").replace(/": /g, '":').replace(/", "/g, '","');
}
