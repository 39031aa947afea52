import { Failure, type VendorName } from "../domain/failure.ts";
import { createCallbacks } from "./callbacks.ts";
import { createClock } from "./clock.ts";
import { checkStep } from "./control.ts";
import { createFaultQueue, type Fault, type FaultOrder } from "./faults.ts";
import { createFleet } from "./fleet/fleet.ts";
import type { Vendor } from "./message.ts";
import { hexOf } from "./random.ts";
import { createRequestLog, type LoggedRequest } from "./request-log.ts";
import type { JobAnswer } from "./routemate/answers.ts";
import { createRouteMate } from "./routemate/routemate.ts";
import type { StopOrder } from "./routemate/stop-orders.ts";
import { startServer } from "./server.ts";
import { createTakeout } from "./takeout/takeout.ts";
import { createTransmit } from "./transmit/transmit.ts";
import { createYunji } from "./yunji/yunji.ts";

/** How a sandbox starts; everything has a default. */
export type SandboxOptions = {
  /** 0 takes any free one. */
  port?: number;
  /** The only address it listens on, whatever is asked for. */
  host?: "127.0.0.1";
  /** The real clock, milliseconds since the epoch. */
  now?: () => number;
  /** Simulated seconds a real second; 0 stands still until `advance`. */
  timeScale?: number;
  /** The same seed gives the same factory, credentials and failures. */
  seed?: number;
  /** How long an access token lives: of RouteMate an hour, of the takeout SaaS two, as their documents say. */
  tokenSeconds?: number;
};

/** A running sandbox: the vendors as real HTTP servers on loopback. */
export type Sandbox = {
  url: string;
  /** The variables that point a Waybill server at it. */
  environment: Record<string, string>;
  /** Moves the simulated time on. */
  advance: (seconds: number) => void;
  /** What the vendors were asked, oldest first. */
  readonly requests: LoggedRequest[];
  /** The jobs RouteMate holds, oldest first, as its status endpoint would show them now. */
  readonly jobs: JobAnswer[];
  /** The endpoints that a vendor serves, by the names that faults and requests use. */
  endpoints: (vendor: VendorName) => string[];
  /** What a vendor holds by now, by kind. */
  holdings: (vendor: VendorName) => Record<string, unknown[]>;
  /** Where robots' callbacks go: `http://127.0.0.1:3920/webhooks/yunji`, the secret of `environment` behind the kind. */
  setCallbackUrl: (url: string | undefined) => void;
  addFault: (order: FaultOrder) => Fault;
  /** Makes a stop of RouteMate's end so when its driver comes to it, before or after its import. */
  orderStopEnd: (order: StopOrder) => StopOrder;
  close: () => Promise<void>;
};

/** Starts the vendors on one loopback port. Throws a Failure for an option it cannot take or a busy port. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { port = 0, now = Date.now, timeScale = 1, seed = 1, tokenSeconds = 3600 } = options;
  checkOption("port", port, { from: 0, to: 65_535 });
  checkOption("timeScale", timeScale, { from: 0, to: 86_400 });
  checkOption("tokenSeconds", tokenSeconds, { from: 1, to: 86_400 });
  const clock = createClock({ now, timeScale });
  const webhookSecret = hexOf(`webhook secret ${seed}`, 32);
  const callbacks = createCallbacks(webhookSecret);
  const routeMate = createRouteMate({ clock, seed, tokenSeconds });
  const vendors: Vendor[] = [
    createFleet({ seed, startedAt: clock.now() }),
    routeMate.vendor,
    createYunji({ clock, seed, callbacks }),
    createTransmit({ clock, seed }),
    createTakeout({ clock, seed, ...(options.tokenSeconds !== undefined && { tokenSeconds }) }),
  ];
  const vendorNamed = (name: VendorName) => vendors.find((vendor) => vendor.name === name);
  const faults = createFaultQueue(vendors);
  const requests = createRequestLog();
  const server = await startServer({ vendors, clock, faults, requests, callbacks }, port);
  const environments = vendors.map(({ name, environment }) => environment(`${server.url}/${name}`));
  return {
    url: server.url,
    environment: Object.assign({ WAYBILL_WEBHOOK_SECRET: webhookSecret }, ...environments),
    advance: (seconds) => clock.advance(checkStep(seconds)),
    get requests() {
      return requests.list();
    },
    get jobs() {
      return routeMate.jobs();
    },
    endpoints: (name) => vendorNamed(name)?.endpoints.map((endpoint) => endpoint.name) ?? [],
    holdings: (name) => vendorNamed(name)?.holdings?.() ?? {},
    setCallbackUrl: callbacks.setBaseUrl,
    addFault: faults.add,
    orderStopEnd: routeMate.stopOrders.add,
    close: async () => {
      clock.stop();
      callbacks.close();
      for (const vendor of vendors) vendor.close?.();
      await server.close();
    },
  };
}

function checkOption(name: string, value: number, { from, to }: { from: number; to: number }): void {
  if (value >= from && value <= to) return;
  const message = `The sandbox takes a ${name} from ${from} to ${to}.`;
  throw new Failure("invalid_input", message, { fields: [name] });
}
