import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { Failure } from "../../src/domain/failure.ts";
import type { PlanRoute } from "../../src/domain/plan.ts";
import { openStore, type Store } from "../../src/state/open-store.ts";
import { claimOf, writeOf } from "../support/dispatched-plan.ts";
import { failureOf } from "../support/failures.ts";
import { samplePlan } from "../support/sample-plan.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

async function freshStore(location = ":memory:"): Promise<Store> {
  const store = await openStore({ location, now: () => Date.parse("2026-11-22T10:00:00Z") });
  onTestFinished(() => store.close());
  return store;
}

/** A kept plan and the claims of its routes. */
async function planned(store: Store) {
  const plan = await store.plans.save(samplePlan({ vehicles: 2, stopsPerVehicle: 2 }));
  const [first, second] = plan.routes as [PlanRoute, PlanRoute];
  return { plan, first: claimOf(plan, first), second: claimOf(plan, second) };
}

test("a claimed route is out once its write is done, with the vendor's job", async () => {
  const store = await freshStore();
  const { plan, first } = await planned(store);
  const claimed = await store.dispatches.claim(first);
  expect(claimed).toMatchObject({ ...first, state: "claimed", jobId: null, driven: null });
  await writeOf(store, first.externalJobId, async () => {
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
  await writeOf(store, first.externalJobId, async () => ({ jobId: "job-1" }));
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
  await failureOf(
    writeOf(store, first.externalJobId, () => Promise.reject(new Failure("rejected", "No such driver."))),
  );
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

test("a claim of the same plate with another driver is refused while the first stands, and says to whom it goes", async () => {
  const location = join(temporaryFolder(), "waybill.db");
  const [store, other] = [await freshStore(location), await freshStore(location)];
  const { first } = await planned(store);
  const claimed = await store.dispatches.claim(first);
  expect(await other.dispatches.claim({ ...first, driverEmail: "WANG@example.com" })).toEqual(claimed);
  const refused = await failureOf(other.dispatches.claim({ ...first, driverEmail: "li@example.com" }));
  expect(refused.code).toBe("conflict");
  expect(refused.message).toContain("wang@example.com");
  await writeOf(store, first.externalJobId, async () => ({ jobId: "job-1" }));
  const late = await failureOf(store.dispatches.claim({ ...first, driverEmail: "li@example.com" }));
  expect(late.message).toContain("is out to wang@example.com already");
});

test("a process may take its own claim anew with another driver; the call that lost it sends nothing", async () => {
  const store = await freshStore();
  const { first } = await planned(store);
  const lost = await store.dispatches.claim(first);
  const won = await store.dispatches.claim({ ...first, driverEmail: "li@example.com" });
  expect(await store.dispatches.maySend(lost.claimId)).toBe(false);
  expect(await store.dispatches.maySend(won.claimId)).toBe(true);
});

test("another process's claim is not given back by a call that found it", async () => {
  const location = join(temporaryFolder(), "waybill.db");
  const [store, other] = [await freshStore(location), await freshStore(location)];
  const { plan, first } = await planned(store);
  const { claimId } = await store.dispatches.claim(first);
  await other.dispatches.drop(claimId);
  expect(await store.dispatches.ofPlan(plan.planId)).toMatchObject([{ state: "claimed" }]);
  await store.dispatches.drop(claimId);
  expect(await store.dispatches.ofPlan(plan.planId)).toEqual([]);
});

test("a split shipment goes out on several routes of its plan and is released from all of them", async () => {
  const store = await freshStore();
  const { first, second } = await planned(store);
  const { claimId } = await store.dispatches.claim({ ...first, shipmentIds: [17, "A", 17] });
  const same = await store.dispatches.claim({ ...first, shipmentIds: ["A", 17, 17] });
  expect(same.claimId).toBe(claimId);
  await store.dispatches.claim({ ...second, shipmentIds: ["17", 18] });
  for (const { externalJobId } of [first, second])
    await writeOf(store, externalJobId, async () => ({ jobId: `job of ${externalJobId}` }));
  expect((await store.dispatches.byJob(first.externalJobId))?.shipmentIds).toEqual([17, "A"]);
  expect(await store.dispatches.withShipments([17])).toHaveLength(2);
  const { released } = await store.dispatches.release(["17"]);
  expect(released.map(({ licensePlate }) => licensePlate)).toEqual([first.licensePlate, second.licensePlate]);
  expect((await store.dispatches.withShipments()).map(({ shipmentId }) => shipmentId)).toEqual(["A", "18"]);
});

test("of 5,000 shipments one that is out elsewhere keeps all of them from being claimed", async () => {
  const store = await freshStore();
  const [{ first }, other] = [await planned(store), await planned(store)];
  await store.dispatches.claim({ ...first, shipmentIds: [5_000] });
  const shipmentIds = Array.from({ length: 5_000 }, (_, index) => index + 1);
  const refused = await failureOf(store.dispatches.claim({ ...other.first, shipmentIds }));
  expect(refused.message).toContain("5000");
  expect(await store.dispatches.withShipments(shipmentIds)).toHaveLength(1);
  const rest = shipmentIds.slice(0, -1);
  await store.dispatches.claim({ ...other.first, shipmentIds: rest });
  expect(await store.dispatches.withShipments(rest)).toHaveLength(rest.length);
});

test("how a route is driven is kept with it, and an unknown plan is told", async () => {
  const store = await freshStore();
  const { plan, first } = await planned(store);
  await store.dispatches.claim(first);
  const [route] = plan.routes as [PlanRoute];
  const driven = { ...route, stops: route.stops.toReversed() };
  await store.dispatches.keepDriven({ planId: plan.planId, licensePlate: first.licensePlate, driven });
  expect((await store.dispatches.ofPlan(plan.planId))[0]?.driven).toEqual(driven);
  const unknown = await failureOf(store.dispatches.claim({ ...first, planId: "plan-none" }));
  expect(unknown).toMatchObject({ code: "not_found", details: { fields: ["plan_id"] } });
});
