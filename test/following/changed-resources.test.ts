import { expect, onTestFinished, test } from "vitest";
import { changedResources } from "../../src/following/changed-resources.ts";
import { openStore } from "../../src/state/open-store.ts";

test("a route sent by hand concerns every shipment of its stops, as their identifiers are written there", async () => {
  const store = await openStore({ location: ":memory:", now: Date.now });
  onTestFinished(() => store.close());
  const stops = ["17+A%2B1", "17+18~2"].map((externalStopId) => ({ externalStopId }));
  await store.writes.once(
    {
      tool: "import_route",
      vendor: "routemate",
      arguments: { route: { externalJobId: "JOB-7", driverEmail: "wang@example.com", stops } },
      naturalKey: "JOB-7",
    },
    { send: async () => ({ jobId: "job-7" }), settleHint: "get_route_job tells." },
  );
  const { uris } = await changedResources(store, [{ kind: "write", externalJobId: "JOB-7" }]);
  expect([...uris]).toEqual(
    expect.arrayContaining(["17", "A%2B1", "18"].map((id) => `waybill://shipments/${id}`)),
  );
});
