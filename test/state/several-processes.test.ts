import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { openStore } from "../../src/state/open-store.ts";
import { orderRequest, orderSteps } from "../support/order-steps.ts";
import { type OrderVendor, startOrderVendor } from "../support/order-vendor.ts";
import { samplePlan } from "../support/sample-plan.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { startWorker, startWorkers } from "../support/worker-process.ts";

// Eight processes take their time to start on a busy machine.
vi.setConfig({ testTimeout: 120_000 });
const processes = 8;

async function vendorOnLoopback(): Promise<OrderVendor> {
  const vendor = await startOrderVendor();
  onTestFinished(() => vendor.close());
  return vendor;
}

async function openHere(location: string) {
  const waits = { landingMilliseconds: 100, ownerMilliseconds: 200 };
  const store = await openStore({ location, now: Date.now, waits });
  onTestFinished(() => store.close());
  return store;
}

test("processes that start at once on a new file all find it ready, and no plan that they keep is lost", async () => {
  const location = join(temporaryFolder(), "data", "waybill.db");
  const workers = await startWorkers(processes);
  const opened = await Promise.all(workers.map((worker) => worker.ask({ do: "open", location })));
  expect(opened).toEqual(Array(processes).fill("opened"));
  expect(statSync(location).mode & 0o777).toBe(0o600);
  const saved = await Promise.all(workers.map((worker) => worker.ask({ do: "save plans", count: 10 })));
  const store = await openHere(location);
  const { items, total } = await store.plans.list({ limit: 500 });
  expect(total).toBe(processes * 10);
  expect(new Set(items.map(({ planId }) => planId))).toEqual(new Set(saved.flat()));
});

test("of revisions that many processes make of one plan none is lost and none counted twice", async () => {
  const location = join(temporaryFolder(), "waybill.db");
  const store = await openHere(location);
  const { planId } = await store.plans.save(samplePlan({ vehicles: 1, stopsPerVehicle: 2 }));
  const workers = await startWorkers(4);
  await Promise.all(workers.map((worker) => worker.ask({ do: "open", location })));
  const revised = await Promise.all(
    workers.map((worker) => worker.ask({ do: "revise plan", planId, times: 5 })),
  );
  const revisions = revised.flat().map(Number);
  expect(revisions.sort((a, b) => a - b)).toEqual(Array.from({ length: 4 * 5 }, (_, index) => index + 2));
});

test("one order of eight processes is sent once, and seven hear that they repeat it", async () => {
  const location = join(temporaryFolder(), "waybill.db");
  const vendor = await vendorOnLoopback();
  const workers = await startWorkers(processes);
  await Promise.all(workers.map((worker) => worker.ask({ do: "open", location })));
  for (const round of Array(15).keys()) {
    const key = `order-${round}`;
    const requestId = round % 2 === 0 ? {} : { requestId: `request-${round}` };
    const results = await Promise.all(
      workers.map((worker) => worker.ask({ do: "order", vendorUrl: vendor.url, key, ...requestId })),
    );
    expect(vendor.orders.filter((ordered) => ordered === key)).toHaveLength(1);
    expect(results).toEqual(expect.arrayContaining([{ outcome: { key }, repeated: false }]));
    expect(results.filter((result) => JSON.stringify(result).includes('"repeated":true'))).toHaveLength(7);
  }
});

test.each([
  { isCarriedOut: true, repeated: true },
  { isCarriedOut: false, repeated: false },
])(
  "a process killed while the vendor works (carried out: $isCarriedOut) leaves one order",
  async ({ isCarriedOut, repeated }) => {
    const location = join(temporaryFolder(), "waybill.db");
    const vendor = await vendorOnLoopback();
    vendor.behaviour = "hold";
    const worker = await startWorker();
    await worker.ask({ do: "open", location });
    worker.ask({ do: "order", vendorUrl: vendor.url, key: "bread" }).catch(() => {});
    await vendor.held;
    await worker.kill();
    vendor.behaviour = "answer";
    vendor.release(isCarriedOut);
    const store = await openHere(location);
    const result = await store.writes.once(orderRequest("bread"), orderSteps(vendor.url, "bread"));
    expect(result).toEqual({ outcome: { key: "bread" }, repeated });
    expect(vendor.orders).toEqual(["bread"]);
  },
);

test("an order that the vendor carries out only after its sender was killed is not sent again", async () => {
  const location = join(temporaryFolder(), "waybill.db");
  const vendor = await vendorOnLoopback();
  vendor.behaviour = "hold";
  const worker = await startWorker();
  await worker.ask({ do: "open", location });
  worker.ask({ do: "order", vendorUrl: vendor.url, key: "bread" }).catch(() => {});
  await vendor.held;
  await worker.kill();
  const store = await openHere(location);
  const steps = orderSteps(vendor.url, "bread");
  let looks = 0;
  const result = await store.writes.once(orderRequest("bread"), {
    ...steps,
    landsWithinMilliseconds: 60_000,
    lookUp: async (write) => {
      looks++;
      if (looks === 3) vendor.release(true);
      return steps.lookUp(write);
    },
  });
  expect(result.repeated).toBe(true);
  expect(vendor.orders).toEqual(["bread"]);
});

test("a process killed between the answer and its record leaves one order, told as a repeat", async () => {
  const location = join(temporaryFolder(), "waybill.db");
  const vendor = await vendorOnLoopback();
  const worker = await startWorker();
  await worker.ask({ do: "open", location });
  worker.ask({ do: "order", vendorUrl: vendor.url, key: "bread", hangBeforeRecord: true }).catch(() => {});
  await worker.answered;
  await worker.kill();
  const next = await startWorker();
  await next.ask({ do: "open", location });
  const result = await next.ask({ do: "order", vendorUrl: vendor.url, key: "bread" });
  expect(result).toEqual({ outcome: { key: "bread" }, repeated: true });
  expect(vendor.orders).toEqual(["bread"]);
});

test("a write that a living process still sends is never taken over, however long it takes", async () => {
  const location = join(temporaryFolder(), "waybill.db");
  const vendor = await vendorOnLoopback();
  vendor.behaviour = "hold";
  const worker = await startWorker();
  await worker.ask({ do: "open", location });
  const first = worker.ask({ do: "order", vendorUrl: vendor.url, key: "bread" });
  await vendor.held;
  vendor.behaviour = "answer";
  const store = await openHere(location);
  const repeat = store.writes.once(orderRequest("bread"), orderSteps(vendor.url, "bread"));
  await expect(repeat).rejects.toMatchObject({ code: "outcome_unknown" });
  expect(vendor.orders).toEqual([]);
  vendor.release(true);
  expect(await first).toEqual({ outcome: { key: "bread" }, repeated: false });
  expect(await store.writes.once(orderRequest("bread"), orderSteps(vendor.url, "bread"))).toEqual({
    outcome: { key: "bread" },
    repeated: true,
  });
  expect(vendor.orders).toEqual(["bread"]);
});

test("processes that find a dead one's write together send it again once", async () => {
  const location = join(temporaryFolder(), "waybill.db");
  const vendor = await vendorOnLoopback();
  vendor.behaviour = "hold";
  const worker = await startWorker();
  await worker.ask({ do: "open", location });
  worker.ask({ do: "order", vendorUrl: vendor.url, key: "bread" }).catch(() => {});
  await vendor.held;
  await worker.kill();
  vendor.behaviour = "answer";
  vendor.release(false);
  const others = await startWorkers(4);
  await Promise.all(others.map((other) => other.ask({ do: "open", location })));
  const results = await Promise.all(
    others.map((other) => other.ask({ do: "order", vendorUrl: vendor.url, key: "bread" })),
  );
  expect(vendor.orders).toEqual(["bread"]);
  expect(results).toEqual(expect.arrayContaining([{ outcome: { key: "bread" }, repeated: false }]));
  expect(results.filter((result) => JSON.stringify(result).includes('"repeated":true'))).toHaveLength(3);
});

test("a closed store leaves no lock behind, and a killed process's is swept away", async () => {
  const location = join(temporaryFolder(), "waybill.db");
  const vendor = await vendorOnLoopback();
  const [killed, closed] = await startWorkers(2);
  await killed?.ask({ do: "open", location });
  await closed?.ask({ do: "open", location });
  await killed?.ask({ do: "order", vendorUrl: vendor.url, key: "bread" });
  await killed?.kill();
  await closed?.ask({ do: "order", vendorUrl: vendor.url, key: "milk" });
  expect(readdirSync(`${location}-owners`)).toHaveLength(1);
  await closed?.ask({ do: "close" });
  expect(readdirSync(`${location}-owners`)).toEqual([]);
});
