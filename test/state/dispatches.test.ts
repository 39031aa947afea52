import { expect, onTestFinished, test } from "vitest";
import type { PlanRoute } from "../../src/domain/plan.ts";
import { openStore, type Store } from "../../src/state/open-store.ts";
import { failureOf } from "../support/failures.ts";
import { samplePlan } from "../support/sample-plan.ts";

async function freshStore(location = ":memory:"): Promise<Store> {
  const store = await openStore({ location, now: () => Date.parse("2026-11-22T10:00:00Z") });
  onTestFinished(() => store.close());
  return store;
}

/** A kept plan and the claims of its routes. */
async function planned(store: Store) {
  const plan = await store.plans.save(samplePlan({ vehicles: 2, stopsPerVehicle: 2 }));
  const claimOf = ({ licensePlate, stops }: PlanRoute) => ({
    planId: plan.planId,
    revision: plan.revision,
    licensePlate,
    externalJobId: `${plan.planId}-${licensePlate}`,
    driverEmail: "wang@example.com",
    shipmentIds: stops.flatMap(({ shipmentIds }) => shipmentIds),
  });
  const [first, second] = plan.routes as [PlanRoute, PlanRoute];
  return { plan, first: claimOf(first), second: claimOf(second) };
}

type Claim = Awaited<ReturnType<typeof planned>>["first"];

/** The write of a claimed route, as dispatching makes it. */
async function write(store: Store, { externalJobId }: Claim, send: () => Promise<unknown>) {
  const request = {
    tool: "dispatch_plan",
    vendor: "routemate" as const,
    requestId: externalJobId,
    arguments: { externalJobId },
    naturalKey: externalJobId,
  };
  return store.writes.once(request, { send, settleHint: "Ask." });
}

test("a claimed route is out once its write is done, with the vendor's job", async () => {
  const store = await freshStore();
  const { plan, first } = await planned(store);
  const claimed = await store.dispatches.claim(first);
  expect(claimed).toMatchObject({ ...first, state: "claimed", jobId: null, driven: null });
  await write(store, first, async () => {
    expect((await store.dispatches.ofPlan(plan.planId))[0]?.state).toBe("sending");
    expect(await store.dispatches.maySend(claimed.claimId)).toBe(true);
    return { jobId: "job-1" };
  });
  const out = { ...claimed, state: "dispatched", jobId: "job-1" };
  expect(await store.dispatches.ofPlan(plan.planId)).toEqual([out]);
  expect(await store.dispatches.byJob(first.externalJobId)).toEqual(out);
  expect(await store.dispatches.latest(5)).toEqual([out]);
  expect(await store.dispatches.countByPlan([plan.planId, "plan-none"])).toEqual(new Map([[plan.planId, 1]]));
});

test("shipments that are out are refused to another plan until they are released", async () => {
  const store = await freshStore();
  const { first } = await planned(store);
  const other = await planned(store);
  const claimed = await store.dispatches.claim(first);
  await write(store, first, async () => ({ jobId: "job-1" }));
  const refused = await failureOf(store.dispatches.claim(other.first));
  expect(refused.code).toBe("conflict");
  expect(refused.message).toContain(first.planId);
  expect(await store.dispatches.ofPlan(other.plan.planId)).toEqual([]);
  const asText = first.shipmentIds.map(String);
  const released = await store.dispatches.release([...asText, "S-unknown"]);
  expect(new Set(released.released.map(({ shipmentId }) => shipmentId))).toEqual(new Set(asText));
  expect(released).toMatchObject({ releasedBefore: [], notOut: ["S-unknown"] });
  expect(await store.dispatches.release(asText)).toEqual({
    released: [],
    releasedBefore: asText,
    notOut: [],
  });
  expect(await store.dispatches.withShipments(asText)).toEqual([]);
  expect(await store.dispatches.byJob(first.externalJobId)).toMatchObject({ state: "dispatched" });
  expect(await store.dispatches.maySend(claimed.claimId)).toBe(false);
  expect(await store.dispatches.claim(other.first)).toMatchObject({ state: "claimed" });
});

test("a refused route is no longer out, and claiming it again makes another claim", async () => {
  const store = await freshStore();
  const { plan, first } = await planned(store);
  const claimed = await store.dispatches.claim(first);
  const { Failure } = await import("../../src/domain/failure.ts");
  await failureOf(write(store, first, () => Promise.reject(new Failure("rejected", "No such driver."))));
  expect(await store.dispatches.ofPlan(plan.planId)).toMatchObject([{ state: "refused" }]);
  expect(await store.dispatches.withShipments(first.shipmentIds)).toEqual([]);
  const again = await store.dispatches.claim({ ...first, driverEmail: "li@example.com" });
  expect(again).toMatchObject({ state: "claimed", driverEmail: "li@example.com" });
  expect(again.claimId).toBeGreaterThan(claimed.claimId);
  expect(await store.dispatches.maySend(claimed.claimId)).toBe(false);
});

test("a revision is kept only on the ground of what is out", async () => {
  const store = await freshStore();
  const { plan, first } = await planned(store);
  const { claimId } = await store.dispatches.claim(first);
  const revision = { planId: plan.planId, expectedRevision: 1, plan };
  const refused = await failureOf(store.plans.revise(revision));
  expect(refused).toMatchObject({ code: "conflict" });
  expect(refused.message).toContain(first.licensePlate);
  const frozen = { ...revision, frozenPlates: [first.licensePlate] };
  expect((await store.plans.revise(frozen)).revision).toBe(2);
  await store.dispatches.drop(claimId);
  expect((await failureOf(store.plans.revise({ ...frozen, expectedRevision: 2 }))).code).toBe("conflict");
});

test("a route of an older revision is not claimed, and a new one names the newest", async () => {
  const store = await freshStore();
  const { plan, first } = await planned(store);
  await store.plans.revise({ planId: plan.planId, expectedRevision: 1, plan });
  const refused = await failureOf(store.dispatches.claim(first));
  expect(refused).toMatchObject({ code: "conflict", details: { fields: ["revision"] } });
  expect(refused.message).toContain("revision 2");
});
