import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test, vi } from "vitest";
import { openStore } from "../../src/state/open-store.ts";
import { orderRequest, orderSteps } from "../support/order-steps.ts";
import { startOrderVendor } from "../support/order-vendor.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

vi.setConfig({ testTimeout: 60_000 });

const worker = fileURLToPath(new URL("../support/full-disk-worker.ts", import.meta.url));

async function vendorAndFile() {
  const vendor = await startOrderVendor();
  onTestFinished(() => vendor.close());
  return { vendor, location: join(temporaryFolder(), "waybill.db") };
}

/** A process that cannot make files larger than a few hundred kilobytes writes the order; gives what it was told. */
async function orderOnFullDisk(location: string, vendorUrl: string, when: string): Promise<unknown> {
  const command = `trap '' XFSZ; ulimit -f 512; exec "$0" "$@"`;
  const child = spawn("sh", ["-c", command, process.execPath, worker, location, vendorUrl, when]);
  const printed = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk: Buffer) => (printed.stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (printed.stderr += chunk.toString()));
  await once(child, "close");
  return JSON.parse(printed.stdout || JSON.stringify(printed));
}

async function openHere(location: string) {
  const store = await openStore({ location, now: Date.now, waits: { landingMilliseconds: 100 } });
  onTestFinished(() => store.close());
  return store;
}

test("nothing is sent when the disk is too full to record the intent", async () => {
  const { vendor, location } = await vendorAndFile();
  const told = await orderOnFullDisk(location, vendor.url, "intent");
  expect(told).toMatchObject({
    failure: { code: "unavailable", message: expect.stringContaining("WAYBILL_STATE") },
  });
  expect(vendor.orders).toEqual([]);
  const store = await openHere(location);
  const again = await store.writes.once(orderRequest("bread"), orderSteps(vendor.url, "bread"));
  expect(again.repeated).toBe(false);
  expect(vendor.orders).toEqual(["bread"]);
});

test("an outcome that the full disk takes no record of is told, and looked up before anything is sent again", async () => {
  const { vendor, location } = await vendorAndFile();
  const told = await orderOnFullDisk(location, vendor.url, "outcome");
  expect(told).toEqual({ result: { outcome: { key: "bread" }, repeated: false } });
  const store = await openHere(location);
  const kept = await store.writes.list({ limit: 5 });
  expect(kept.items).toMatchObject([{ state: "unknown" }]);
  const again = await store.writes.once(orderRequest("bread"), orderSteps(vendor.url, "bread"));
  expect(again).toEqual({ outcome: { key: "bread" }, repeated: true });
  expect(vendor.orders).toEqual(["bread"]);
});
