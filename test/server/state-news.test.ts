import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { type App, createApp } from "../../src/app.ts";
import { readConfig } from "../../src/config/config.ts";
import type { Plan } from "../../src/domain/plan.ts";
import { planUri, shipmentUri } from "../../src/domain/resource-uri.ts";
import { connectHttp, connectStdio, type TestClient } from "../support/clients.ts";
import { claimOf } from "../support/dispatched-plan.ts";
import { combinations } from "../support/fixture-clients.ts";
import { collectUpdates, watch } from "../support/listening.ts";
import { keepPlan } from "../support/sent-plan.ts";
import { startHttpServer } from "../support/server-process.ts";
import { smallDay } from "../support/small-day.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** What this process does on a state is another process to the server that the client speaks to. */
async function openWriter(location: string): Promise<App> {
  const app = createApp(readConfig({ WAYBILL_STATE: location, WAYBILL_LOG_LEVEL: "silent" }));
  onTestFinished(() => app.close());
  return app;
}

async function connect({ kind, transport }: (typeof combinations)[number], location: string) {
  const env = { WAYBILL_STATE: location };
  if (transport === "stdio") {
    const client = await connectStdio(kind, { env });
    onTestFinished(() => client.close());
    return client;
  }
  const server = await startHttpServer(env);
  onTestFinished(async () => void (await server.stop()));
  const client = await connectHttp(kind, server.url);
  onTestFinished(() => client.close());
  return client;
}

async function revise(app: App, planId: string, change = (plan: Plan): Plan => plan): Promise<void> {
  const { plans } = await app.store();
  const newest = await plans.get(planId);
  const { planId: _, revision, createdAt: __, ...plan } = change(newest);
  await plans.revise({ planId, expectedRevision: revision, plan });
}

/** Two stops of the first route in the other order. */
function swapStops(plan: Plan): Plan {
  const [first, ...others] = plan.routes;
  if (!first) return plan;
  const [a, b, ...rest] = first.stops;
  if (!a || !b) return plan;
  const stops = [{ ...b, sequence: 1 }, { ...a, sequence: 2 }, ...rest];
  return { ...plan, routes: [{ ...first, stops }, ...others] };
}

/** What the client is told between one look and the next; a plan of its own is revised to see that all has come. */
async function listen(app: App, client: TestClient) {
  const shipments = smallDay.shipments.slice(0, 1).map((shipment) => ({ ...shipment, id: 901 }));
  const fence = await keepPlan(app, { shipments });
  const updates = collectUpdates(client);
  await watch(client, planUri(fence.planId));
  const fences = () => updates.filter((uri) => uri === planUri(fence.planId)).length;
  const pass = async () => {
    const before = fences();
    // Older clients open their stream over HTTP some time after they connected.
    await vi.waitFor(
      async () => {
        if (fences() > before) return;
        await revise(app, fence.planId);
        await vi.waitFor(() => expect(fences()).toBeGreaterThan(before), { timeout: 2_000 });
      },
      { timeout: 20_000 },
    );
  };
  await pass();
  return async (act: () => Promise<unknown>) => {
    await pass();
    updates.length = 0;
    await act();
    await pass();
    return updates.filter((uri) => uri !== planUri(fence.planId)).toSorted((a, b) => a.localeCompare(b));
  };
}

test.each(combinations)(
  "a $kind client on $transport is told once of what another process keeps, and of nothing else",
  async (combination) => {
    const location = join(temporaryFolder(), "waybill.db");
    const app = await openWriter(location);
    const plan = await keepPlan(app);
    const [route, other] = plan.routes;
    if (!route || !other) throw new Error("the day needs two routes");
    const stops = route.stops.map(({ shipmentIds }) => String(shipmentIds[0]));
    const [first = "", second = "", third = ""] = stops;
    const elsewhere = String(other.stops[0]?.shipmentIds[0]);
    const client = await connect(combination, location);
    const uris = [planUri(plan.planId), ...[first, second, third, elsewhere].map(shipmentUri)];
    for (const uri of uris) await watch(client, uri);
    const told = await listen(app, client);

    const swap = () => revise(app, plan.planId, swapStops);
    expect(await told(swap)).toEqual([planUri(plan.planId), ...[first, second].map(shipmentUri)].toSorted());

    const { dispatches, events, ...store } = await app.store();
    const swapped = await store.plans.get(plan.planId);
    const claim = claimOf(swapped, route);
    expect(await told(() => dispatches.claim(claim))).toEqual(
      [planUri(plan.planId), ...[first, second, third].map(shipmentUri)].toSorted(),
    );
    const sent = stops.map((externalStopId) => ({ externalStopId }));
    await told(() =>
      store.writes.once(
        {
          tool: "dispatch_plan",
          vendor: "routemate",
          requestId: claim.externalJobId,
          arguments: { route: { externalJobId: claim.externalJobId, stops: sent } },
          naturalKey: claim.externalJobId,
        },
        { send: async () => ({ jobId: "job-1" }), settleHint: "" },
      ),
    );

    const ofStop = (kind: string, stopId: string) => ({
      vendor: "routemate" as const,
      kind,
      occurredAt: "2026-11-23T01:00:00Z",
      subject: { jobId: "job-1", externalJobId: claim.externalJobId, stopId },
      data: {},
    });
    const failed = ofStop("stop.failed", second);
    expect(await told(() => events.keep([failed]))).toEqual(
      [planUri(plan.planId), shipmentUri(second)].toSorted(),
    );
    expect(await told(() => events.keep([failed]))).toEqual([]);

    const text = async (uri: string) => {
      const { contents } = await client.raw.readResource({ uri });
      return JSON.parse(String((contents[0] as { text: string }).text));
    };
    expect(await text(shipmentUri(second))).toMatchObject({
      shipment_id: second,
      status: "failed",
      delivery: { plan_id: plan.planId, license_plate: route.licensePlate, stop_state: "failed" },
    });
    expect(await text(planUri(plan.planId))).toMatchObject({
      following: [{ license_plate: route.licensePlate, progress: "under_way", failed: 1 }],
    });
  },
  120_000,
);

test("a client that stops watching is told no more, and shipments are completed by their beginning", async () => {
  const location = join(temporaryFolder(), "waybill.db");
  const app = await openWriter(location);
  const plan = await keepPlan(app);
  const client = await connect({ kind: "v2 auto", transport: "stdio" }, location);
  const stop = await watch(client, planUri(plan.planId));
  const told = await listen(app, client);
  expect(await told(() => revise(app, plan.planId))).toEqual([planUri(plan.planId)]);
  await stop();
  expect(await told(() => revise(app, plan.planId))).toEqual([]);
  const { completion } = await client.raw.complete({
    ref: { type: "ref/resource", uri: "waybill://shipments/{shipment_id}" },
    argument: { name: "shipment_id", value: "" },
  });
  expect(completion.values).toEqual(["1", "2", "3", "4", "5", "6", "901"]);
  await expect(client.raw.readResource({ uri: shipmentUri("none") })).rejects.toThrow(/Nothing is known/);
});
