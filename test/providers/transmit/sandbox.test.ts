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

type Way = { signScheme: "md5" | "sha1"; signPrefix: string; salt?: string };

const load = {
  carrierEmail: "owner@mojave.example",
  fromDate: new Date(Date.now() - 3_600_000).toISOString(),
  toDate: new Date(Date.now() + 3_600_000).toISOString(),
  fromLocation: { lat: 37.7576793, lng: -122.5076399, address: "San Francisco, CA" },
  toLocation: { lat: 34.0201812, lng: -118.69191881, address: "Los Angeles, CA" },
};

/** A deployment in the sandbox that signs in one way, and a client that signs in the same or another one. */
async function openDeployment(taken: Way, configured: Way = taken) {
  const clock = createClock({ now: Date.now, timeScale: 1 });
  const callbacks = createCallbacks("webhook-secret");
  const credentials = { token: "a token & more", salt: "a salt" };
  const vendor = createVendor({ clock, seed: 1, credentials, ...taken });
  const requests = createRequestLog();
  const faults = createFaultQueue([vendor]);
  const server = await startServer({ vendors: [vendor], clock, faults, requests, callbacks }, 0);
  const config = { baseUrl: `${server.url}/transmit/api/transmit`, ...credentials, ...configured };
  const transmit = createTransmit(config, createTestHttp());
  onTestFinished(async () => {
    await transmit.close();
    clock.stop();
    callbacks.close();
    await server.close();
  });
  return {
    transmit,
    addFault: faults.add,
    asked: () => requests.list().length,
    held: () => vendor.holdings?.()["trackings"]?.map((one) => Object(one).id),
  };
}

test.each(ways)("every endpoint takes %s signatures with the prefix %j", async (signScheme, signPrefix) => {
  const { transmit } = await openDeployment({ signScheme, signPrefix });
  expect((await transmit.check()).notes).toHaveLength(1);
  const creation = await transmit.createTracking(load);
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

const endpoint = "GET /api/transmit/trackings/<id>";

test.each([3600, -3600, -7, -6])(
  "a vendor's clock that is %i seconds off from ours is gone by from its first answer on",
  async (clockOffsetSeconds) => {
    const { transmit, addFault } = await openDeployment({ signScheme: "md5", signPrefix: "" });
    addFault({ vendor: "transmit", endpoint, kind: "clock_off", clockOffsetSeconds, count: 3 });
    expect((await transmit.getTracking("11030")).id).toBe("11030");
    expect(Math.abs(transmit.vendorNow() - Date.now() - clockOffsetSeconds * 1000)).toBeLessThan(5_000);
    expect((await transmit.getTracking("11030")).id).toBe("11030");
  },
);

test.each([-4, -2, -1, 0, 1, 2])("a clock that is off by %i seconds is taken at once", async (seconds) => {
  const { transmit, addFault, asked } = await openDeployment({ signScheme: "md5", signPrefix: "" });
  addFault({ vendor: "transmit", endpoint, kind: "clock_off", clockOffsetSeconds: seconds });
  expect((await transmit.getTracking("11030")).id).toBe("11030");
  expect(asked()).toBe(1);
});

test("a wrong salt is told with the clock where that is off too, and a write is not carried out", async () => {
  const { transmit, addFault, held } = await openDeployment(
    { signScheme: "md5", signPrefix: "" },
    { signScheme: "md5", signPrefix: "", salt: "another salt" },
  );
  const creation = "POST /api/transmit/trackings";
  addFault({
    vendor: "transmit",
    endpoint: creation,
    kind: "clock_off",
    clockOffsetSeconds: -3600,
    count: 2,
  });
  const before = held();
  const failure = await failureOf(transmit.createTracking(load));
  expect(failure.code).toBe("unauthorized");
  expect(failure.message).toMatch(/clock is 3\d\d\d seconds ahead of the vendor's/);
  expect(failure.details.hint).toMatch(/NTP.*TRANSMIT_SALT/);
  expect(held()).toEqual(before);
});
