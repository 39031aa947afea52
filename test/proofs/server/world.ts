import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Sandbox, startSandbox } from "../../../src/sandbox/sandbox.ts";
import { openStore, type Store } from "../../../src/state/open-store.ts";
import { type KillableServer, startKillableServer } from "./killable-server.ts";
import { openVendorGate, type VendorGate } from "./vendor-gate.ts";

/** The vendors, the door before them, and one state file for all server processes of a proof. */
export type World = {
  sandbox: Sandbox;
  gate: VendorGate;
  /** The same state as another process sees it. */
  store: Store;
  /** Starts another server on this state. */
  start: (environment?: Record<string, string>) => KillableServer;
  /** The one server of proofs that have one: started again when it is dead. */
  server: () => KillableServer;
  close: () => Promise<void>;
};

/** Vendors count requests by the minute: a proof that has asked so much lets one pass. */
const minuteSeconds = 61;

/**
 * Everything fresh. Vendors' time runs at real speed, for an order's time must agree with the time that the vendor's
 * answers tell. Nothing is polled in the background.
 */
export async function openWorld(): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), "waybill-proof-"));
  const location = join(folder, "state.sqlite");
  const sandbox = await startSandbox({ timeScale: 1 });
  const gate = await openVendorGate(sandbox.url);
  const store = await openStore({ location, now: Date.now });
  const vendors = Object.fromEntries(
    Object.entries(sandbox.environment).map(([name, value]) => [name, value.replace(sandbox.url, gate.url)]),
  );
  const started: KillableServer[] = [];
  const start = (environment: Record<string, string> = {}) => {
    const server = startKillableServer({
      ...vendors,
      WAYBILL_STATE: location,
      WAYBILL_POLL_SECONDS: "0",
      ...environment,
    });
    started.push(server);
    return server;
  };
  let server: KillableServer | undefined;
  return {
    sandbox,
    gate,
    store,
    start,
    server: () => {
      if (!server?.isAlive()) server = start();
      return server;
    },
    close: async () => {
      await Promise.all(started.filter((one) => one.isAlive()).map((one) => one.close()));
      await store.close();
      await gate.close();
      await sandbox.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Lets a minute pass at the vendors, so that what was asked before counts no longer. */
export function passMinute({ sandbox }: Pick<World, "sandbox">): void {
  sandbox.advance(minuteSeconds);
}

/** Enough requests for vendors that count sixty a minute to refuse the next ones. */
const requestsPerMinute = 40;
const lookMilliseconds = 20;

/** Minutes pass at the vendors as quickly as they are asked, until the function that this gives is called. */
export function passMinutesAsNeeded({ sandbox, gate }: Pick<World, "sandbox" | "gate">): () => void {
  let seen = gate.requests();
  const timer = setInterval(() => {
    if (gate.requests() - seen < requestsPerMinute) return;
    seen = gate.requests();
    passMinute({ sandbox });
  }, lookMilliseconds);
  return () => clearInterval(timer);
}
