import { beforeEach, expect, onTestFinished, test } from "vitest";
import { createApp } from "../../../src/app.ts";
import { readConfig } from "../../../src/config/config.ts";
import type { Store } from "../../../src/state/open-store.ts";
import { callToolsOf } from "../../support/call-tool.ts";
import type { TestClient } from "../../support/clients.ts";
import { dispatchPlanned } from "../../support/dispatched-plan.ts";
import { failureOf } from "../../support/failures.ts";

let store: Store;
let call: TestClient["call"];
beforeEach(async () => {
  const app = createApp(readConfig({ WAYBILL_STATE: ":memory:", WAYBILL_LOG_LEVEL: "silent" }));
  onTestFinished(() => app.close());
  store = await app.store();
  call = callToolsOf(app);
});

type Preview = { routes: Record<string, unknown>[]; not_out: string[] };

async function ask(shipmentIds: unknown[]) {
  const { data, text } = await call("release_shipments", { shipment_ids: shipmentIds });
  expect(data["needs_confirmation"]).toBe(true);
  return { confirmation: data["confirmation"], preview: data["preview"] as Preview, text };
}

test("the preview says with which plan, route, job and driver each shipment is out, and what is not out", async () => {
  const { plan, route, shipmentIds } = await dispatchPlanned(store);
  const { preview, text } = await ask([...shipmentIds, "S-9"]);
  expect(preview.routes).toEqual([
    {
      plan_id: plan.planId,
      license_plate: route.licensePlate,
      state: "dispatched",
      external_job_id: `${plan.planId}-${route.licensePlate}`,
      job_id: "job-1",
      driver_email: "wang@example.com",
      shipment_ids: expect.arrayContaining(shipmentIds.map(String)),
    },
  ]);
  expect(preview.not_out).toEqual(["S-9"]);
  expect(text).toContain("stays at RouteMate");
  expect(await store.dispatches.withShipments(shipmentIds)).toHaveLength(shipmentIds.length);
});

test("the same call with the confirmation releases them, and a second one is a repeat that says so", async () => {
  const { shipmentIds } = await dispatchPlanned(store);
  const { confirmation } = await ask(shipmentIds);
  const args = { shipment_ids: shipmentIds, confirmation };
  const released = shipmentIds.map(String);
  expect((await call("release_shipments", args)).data).toEqual({
    released_shipment_ids: expect.arrayContaining(released),
    released_before: [],
    not_out: [],
  });
  expect(await store.dispatches.withShipments(shipmentIds)).toEqual([]);
  expect((await call("release_shipments", args)).data["repeated"]).toBe(true);
});

test("nobody is asked to agree to releasing nothing", async () => {
  const { shipmentIds } = await dispatchPlanned(store);
  const { confirmation } = await ask(shipmentIds);
  await call("release_shipments", { shipment_ids: shipmentIds, confirmation });
  const { data, text } = await call("release_shipments", { shipment_ids: shipmentIds });
  expect(data).toEqual({
    released_shipment_ids: [],
    released_before: [],
    not_out: shipmentIds.map(String),
  });
  expect(text).toContain("released before");
});

function stopEvent(kind: string, externalJobId: string, stopId: string) {
  const subject = { jobId: "job-1", externalJobId, stopId };
  return { vendor: "routemate" as const, kind, occurredAt: "2026-11-23T10:00:00Z", subject, data: {} };
}

test("a delivery that was told of is warned of, and one told of after the question asks again", async () => {
  const { route, shipmentIds, externalJobId } = await dispatchPlanned(store);
  const [first, second] = route.stops.map((stop) => stop.shipmentIds.map(String)) as [string[], string[]];
  await store.events.keep([stopEvent("stop.completed", externalJobId, first.join("+"))]);
  await store.events.keep([stopEvent("stop.failed", externalJobId, second.join("+"))]);
  const { preview, text, confirmation } = await ask(shipmentIds);
  expect(preview.routes).toMatchObject([{ delivered_shipment_ids: first, failed_shipment_ids: second }]);
  expect(text).toContain("DELIVERED");
  await store.events.keep([
    { ...stopEvent("stop.completed", externalJobId, second.join("+")), occurredAt: "2026-11-23T11:00:00Z" },
  ]);
  const args = { shipment_ids: shipmentIds, confirmation };
  const refused = await failureOf(call("release_shipments", args));
  expect(refused.code).toBe("conflict");
  expect(refused.message).toContain("delivered");
  expect(await store.dispatches.withShipments(shipmentIds)).toHaveLength(shipmentIds.length);
});

test("a shipment that went out with another plan after the question asks again", async () => {
  const { shipmentIds } = await dispatchPlanned(store);
  const { confirmation } = await ask(shipmentIds);
  await store.dispatches.release(shipmentIds);
  const other = await dispatchPlanned(store, { jobId: "job-2" });
  const refused = await failureOf(call("release_shipments", { shipment_ids: shipmentIds, confirmation }));
  expect(refused).toMatchObject({ code: "conflict" });
  expect(refused.message).toContain(other.plan.planId);
});

test("what is being sent at this moment is not released", async () => {
  const { claim, shipmentIds } = await dispatchPlanned(store, { isClaimedOnly: true });
  const { confirmation, text } = await ask(shipmentIds);
  expect(text).toContain("Being sent right now");
  const refused = await failureOf(call("release_shipments", { shipment_ids: shipmentIds, confirmation }));
  expect(refused).toMatchObject({ code: "conflict" });
  expect(refused.message).toContain(claim.licensePlate);
});
