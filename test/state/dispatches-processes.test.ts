import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import type { Plan, PlanRoute } from "../../src/domain/plan.ts";
import type { NewClaim } from "../../src/state/dispatches/claim-route.ts";
import { openStore, type Store } from "../../src/state/open-store.ts";
import { claimOf } from "../support/dispatched-plan.ts";
import { failureOf } from "../support/failures.ts";
import { startOrderVendor } from "../support/order-vendor.ts";
import { samplePlan } from "../support/sample-plan.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { startWorker, startWorkers } from "../support/worker-process.ts";

// Several processes take their time to start on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

async function sharedState() {
  const location = join(temporaryFolder(), "waybill.db");
  const waits = { landingMilliseconds: 100, ownerMilliseconds: 200 };
  const store = await openStore({ location, now: Date.now, waits });
  onTestFinished(() => store.close());
  const vendor = await startOrderVendor();
  onTestFinished(() => vendor.close());
  return { location, store, vendor, plan: () => planned(store) };
}

/** A plan of one route over shipments that every such plan has. */
async function planned({ plans }: Store): Promise<NewClaim> {
  const plan: Plan = await plans.save(samplePlan({ vehicles: 1, stopsPerVehicle: 3 }));
  const [route] = plan.routes as [PlanRoute];
  return claimOf(plan, route);
}

async function openedWorkers(location: string, count: number) {
  const workers = await startWorkers(count);
  await Promise.all(workers.map((worker) => worker.ask({ do: "open", location })));
  return workers;
}

test("one route that six processes dispatch at once is one claim and one job, told to all of them", async () => {
  const { location, store, vendor, plan } = await sharedState();
  const workers = await openedWorkers(location, 6);
  for (const _ of Array(10).keys()) {
    const route = await plan();
    const results = await Promise.all(
      workers.map((worker) => worker.ask({ do: "dispatch", vendorUrl: vendor.url, route })),
    );
    expect(results).toHaveLength(6);
    expect(vendor.orders.filter((job) => job === route.externalJobId)).toHaveLength(1);
    expect(await store.dispatches.ofPlan(route.planId)).toMatchObject([{ state: "dispatched" }]);
    await store.dispatches.release(route.shipmentIds);
  }
});

test("of plans that share shipments and are dispatched at once exactly one goes out", async () => {
  const { location, store, vendor, plan } = await sharedState();
  const workers = await openedWorkers(location, 6);
  for (const _ of Array(10).keys()) {
    const before = vendor.orders.length;
    const routes = [await plan(), await plan(), await plan()];
    const results = await Promise.allSettled(
      workers.map((worker, index) => {
        const route = routes[index % routes.length]!;
        return worker.ask({ do: "dispatch", vendorUrl: vendor.url, route });
      }),
    );
    const refused = results.filter(({ status }) => status === "rejected");
    expect(refused).toHaveLength(4);
    for (const { reason } of refused as PromiseRejectedResult[])
      expect(reason).toMatchObject({ code: "conflict" });
    expect(vendor.orders.length - before).toBe(1);
    const ids = routes[0]!.shipmentIds;
    expect(await store.dispatches.withShipments(ids)).toHaveLength(ids.length);
    await store.dispatches.release(ids);
  }
});

test.each([
  { hang: "claimed", held: 0, state: undefined },
  { hang: "intended", held: 0, state: "unknown" },
  { hang: "answered", held: 1, state: "unknown" },
] as const)(
  "a process killed once it has $hang: its shipments are told truly (unknown where it had begun), and the route goes out once",
  async ({ hang, held, state }) => {
    const { location, store, vendor, plan } = await sharedState();
    const [route, other] = [await plan(), await plan()];
    const [worker, second] = await Promise.all([startWorker(), startWorker()]);
    await Promise.all([worker, second].map((one) => one.ask({ do: "open", location })));
    worker.ask({ do: "dispatch", vendorUrl: vendor.url, route, hang }).catch(() => {});
    await worker.answered;
    const alive = await store.dispatches.byJob(route.externalJobId);
    expect(alive?.state).toBe(hang === "claimed" ? "claimed" : "sending");
    expect((await failureOf(store.dispatches.claim(other))).code).toBe("conflict");
    expect((await failureOf(store.dispatches.release(route.shipmentIds))).code).toBe("conflict");

    await worker.kill();
    expect((await store.dispatches.byJob(route.externalJobId))?.state).toBe(state);
    expect(await store.dispatches.withShipments(route.shipmentIds)).toHaveLength(state ? 3 : 0);
    expect(vendor.orders).toHaveLength(held);
    const result = await second.ask({ do: "dispatch", vendorUrl: vendor.url, route });
    expect(result).toMatchObject({ outcome: { key: route.externalJobId } });
    expect(vendor.orders).toEqual([route.externalJobId]);
    expect((await store.dispatches.byJob(route.externalJobId))?.state).toBe("dispatched");
  },
);

test("what a killed process had claimed and not begun to send goes out with another plan", async () => {
  const { location, store, vendor, plan } = await sharedState();
  const [route, other] = [await plan(), await plan()];
  const worker = await startWorker();
  await worker.ask({ do: "open", location });
  worker.ask({ do: "dispatch", vendorUrl: vendor.url, route, hang: "claimed" }).catch(() => {});
  await worker.answered;
  await worker.kill();
  const claimed = await store.dispatches.claim(other);
  expect(await store.dispatches.maySend(claimed.claimId)).toBe(true);
  expect((await failureOf(store.dispatches.claim(route))).message).toContain(other.planId);
});

test("a revision and a claim of one plan at once: the claimed route is the newest revision's", async () => {
  const { location, store, vendor, plan } = await sharedState();
  const workers = await openedWorkers(location, 4);
  for (const round of Array(10).keys()) {
    const route = await plan();
    const [first, second, ...others] = workers;
    const dispatched = others.map((worker) => worker.ask({ do: "dispatch", vendorUrl: vendor.url, route }));
    const revised = [first, second].map((worker) =>
      worker?.ask({ do: "revise plan", planId: route.planId, times: 1, stopAtConflict: true }),
    );
    const [outcomes] = await Promise.all([Promise.allSettled(dispatched), Promise.allSettled(revised)]);
    const [out] = await store.dispatches.ofPlan(route.planId);
    const { revision } = await store.plans.get(route.planId);
    if (out) expect(revision, `round ${round}`).toBe(out.revision);
    else expect(revision).toBeGreaterThan(1);
    const isOut = outcomes.some(({ status }) => status === "fulfilled");
    expect(vendor.orders.includes(route.externalJobId)).toBe(isOut);
    await store.dispatches.release(route.shipmentIds);
  }
});
