import { expect, onTestFinished, test } from "vitest";
import { createTransmit } from "../../../src/providers/transmit/client.ts";
import { createCallbacks } from "../../../src/sandbox/callbacks.ts";
import { createClock } from "../../../src/sandbox/clock.ts";
import { createFaultQueue } from "../../../src/sandbox/faults.ts";
import { createRequestLog } from "../../../src/sandbox/request-log.ts";
import { startServer } from "../../../src/sandbox/server.ts";
import { createTransmit as createVendor } from "../../../src/sandbox/transmit/transmit.ts";
import { failureOf } from "../../support/failures.ts";
import { createTestHttp } from "../../support/test-http.ts";

const ways = [
  ["md5", ""],
  ["md5", "/api/transmit"],
  ["sha1", ""],
  ["sha1", "/api/transmit"],
] as const;

type Way = { signScheme: "md5" | "sha1"; signPrefix: string };

/** A deployment in the sandbox that signs in one way, and a client that signs in the same or another one. */
async function openDeployment(taken: Way, configured: Way = taken) {
  const clock = createClock({ now: Date.now, timeScale: 1 });
  const callbacks = createCallbacks("webhook-secret");
  const credentials = { token: "a token & more", salt: "a salt" };
  const vendor = createVendor({ clock, seed: 1, credentials, ...taken });
  const faults = createFaultQueue([vendor]);
  const server = await startServer(
    { vendors: [vendor], clock, faults, requests: createRequestLog(), callbacks },
    0,
  );
  const config = { baseUrl: `${server.url}/transmit/api/transmit`, ...credentials, ...configured };
  const transmit = createTransmit(config, createTestHttp());
  onTestFinished(async () => {
    await transmit.close();
    clock.stop();
    callbacks.close();
    await server.close();
  });
  return { transmit, addFault: faults.add };
}

test.each(ways)("every endpoint takes %s signatures with the prefix %j", async (signScheme, signPrefix) => {
  const { transmit } = await openDeployment({ signScheme, signPrefix });
  expect((await transmit.check()).notes).toHaveLength(1);
  const creation = await transmit.createTracking({
    carrierEmail: "owner@mojave.example",
    fromDate: new Date(Date.now() - 3_600_000).toISOString(),
    toDate: new Date(Date.now() + 3_600_000).toISOString(),
    fromLocation: { lat: 37.7576793, lng: -122.5076399, address: "San Francisco, CA" },
    toLocation: { lat: 34.0201812, lng: -118.69191881, address: "Los Angeles, CA" },
  });
  if (!creation.created) throw new Error("the sandbox knows this carrier");
  const { id, broker, carrier } = creation.tracking;
  const lists = [
    await transmit.listTrackings({ brokerId: String(broker.id) }),
    await transmit.listTrackings({ carrierId: String(carrier.id) }),
  ];
  expect(lists.map(({ trackings }) => trackings.some((tracking) => tracking.id === id))).toEqual([
    true,
    true,
  ]);
  const position = {
    id: "p1",
    lat: 36.7,
    lng: -119.8,
    clientDate: new Date().toISOString(),
    locationType: "gps",
  } as const;
  expect(await transmit.reportLocations([position])).toEqual({ enough: false });
  expect((await transmit.getTracking(id)).route.coveredMeters).toBeGreaterThan(0);
  expect((await transmit.setEnabled(id, false)).enabled).toBe(false);
  await transmit.deleteTracking(id);
  expect((await failureOf(transmit.getTracking(id))).code).toBe("not_found");
});

test.each(ways)(
  "a deployment of %s with %j is told to whoever configured another way",
  async (signScheme, signPrefix) => {
    const [other] = ways.filter((way) => way[0] !== signScheme || way[1] !== signPrefix);
    if (!other) throw new Error("there are four ways");
    const { transmit } = await openDeployment(
      { signScheme, signPrefix },
      { signScheme: other[0], signPrefix: other[1] },
    );
    const failure = await failureOf(transmit.check());
    expect(failure.code).toBe("unauthorized");
    expect(failure.details.hint).toContain(`TRANSMIT_SIGN_SCHEME=${signScheme}`);
    expect(failure.details.hint).toContain(signPrefix === "" ? "PREFIX empty" : `PREFIX=${signPrefix}.`);
  },
);

test("a clock that is an hour off is told as the reason, whichever way it is off", async () => {
  const { transmit, addFault } = await openDeployment({ signScheme: "md5", signPrefix: "" });
  const endpoint = "GET /api/transmit/trackings/<id>";
  addFault({ vendor: "transmit", endpoint, kind: "clock_off", clockOffsetSeconds: 3600 });
  expect((await failureOf(transmit.getTracking("11030"))).message).toMatch(/clock is 3\d\d\d seconds behind/);
  addFault({ vendor: "transmit", endpoint, kind: "clock_off", clockOffsetSeconds: -3600 });
  expect((await failureOf(transmit.getTracking("11030"))).message).toMatch(/clock is 3\d\d\d seconds ahead/);
});
