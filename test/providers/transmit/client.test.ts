import { createHash } from "node:crypto";
import fc from "fast-check";
import { HttpResponse, http } from "msw";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type LocationEvent, largestLocationBatch, type NewTracking } from "../../../src/domain/freight.ts";
import { createClock } from "../../../src/pipeline/clock.ts";
import { createTransmit, type TransmitClient } from "../../../src/providers/transmit/client.ts";
import { failureOf } from "../../support/failures.ts";
import { fixture } from "../../support/fixture.ts";
import { createTestHttp } from "../../support/test-http.ts";
import {
  type Answering,
  handlers,
  inTurn,
  json,
  reset,
  startVendorServer,
  type VendorServer,
} from "../../support/vendor-server.ts";

let server: VendorServer;
let transmit: TransmitClient;

const account = { token: "xxx", salt: "hello", signPrefix: "", signScheme: "md5" } as const;

/** The document's create in our own spelling. */
const documentedTracking: NewTracking = {
  carrierEmail: "boris.jing@truckerpath.com",
  fromDate: "2017-09-21T18:31:42Z",
  toDate: "2017-09-30T18:31:42Z",
  fromLocation: { lat: 37.7576793, lng: -122.5076399, address: "San Francisco, CA" },
  toLocation: { lat: 34.0201812, lng: -118.69191881, address: "Los Angeles, CA" },
};

const documentedEvent: LocationEvent = {
  id: "1d5d0b30-930d-49bd-9c22-21c93ac0b794",
  lat: 12.34,
  lng: 56.78,
  clientDate: "2018-09-21T12:34:56+03:00",
  locationType: "network",
};

const open = (config: Partial<Parameters<typeof createTransmit>[0]> = {}) =>
  createTransmit({ baseUrl: `${server.url}/api/transmit`, ...account, ...config }, createTestHttp());

beforeEach(async () => {
  server = await startVendorServer(
    handlers(
      http.get("*/api/transmit/trackings", () => HttpResponse.text(fixture("transmit/list.json"))),
      http.post("*/api/transmit/trackings", () =>
        HttpResponse.text(fixture("transmit/tracking.json"), { status: 201 }),
      ),
      http.get("*/api/transmit/trackings/11029", () => HttpResponse.text(fixture("transmit/tracking.json"))),
      http.patch("*/api/transmit/trackings/11029", () =>
        HttpResponse.text(fixture("transmit/updated-tracking.json")),
      ),
      http.delete("*/api/transmit/trackings/11029", () => new HttpResponse(null, { status: 204 })),
      http.post("*/api/transmit/location_events", () => HttpResponse.text(fixture("transmit/events.json"))),
    ),
  );
  transmit = open();
});

afterEach(async () => {
  await transmit.close();
  await server.close();
});

/** The document's body without its line breaks and indentation. */
const compact = (text: string) => JSON.stringify(JSON.parse(text));

/** The sent request's path, and its query by name. */
function sent(index = 0) {
  const { method, url, body } = server.requests[index] ?? { method: "", url: "", body: "" };
  const { pathname, searchParams } = new URL(url, "http://vendor.test");
  return { line: `${method} ${pathname}`, query: Object.fromEntries(searchParams), body };
}

/** The md5 scheme's signature of a text. */
const md5 = (text: string) => createHash("md5").update(text).digest("hex").toUpperCase();

test("GET /api/transmit/trackings asks for a broker's or a carrier's loads, signed, and gives metres by name", async () => {
  const { trackings, total } = await transmit.listTrackings({ brokerId: "524081" });
  await transmit.listTrackings({ carrierId: "525046" });
  const [first, second] = [sent(0), sent(1)];
  expect(first.line).toBe("GET /api/transmit/trackings");
  expect(Object.keys(first.query)).toEqual(["broker_id", "token", "timestamp", "sign"]);
  const { timestamp } = first.query;
  expect(first.query["sign"]).toBe(md5(`/trackings?broker_id=524081&timestamp=${timestamp}&token=xxxhello`));
  expect(second.query["carrier_id"]).toBe("525046");
  expect(second.query["broker_id"]).toBeUndefined();
  expect(total).toBe(24);
  expect(trackings.map(({ id, status, enabled, route }) => ({ id, status, enabled, ...route }))).toEqual([
    {
      id: "10996",
      status: "pending",
      enabled: false,
      totalMeters: 4442679,
      coveredMeters: 0,
      remainingMeters: 4442679,
    },
    {
      id: "10995",
      status: "completed",
      enabled: true,
      totalMeters: 1126815,
      coveredMeters: null,
      remainingMeters: null,
    },
  ]);
  expect(trackings[0]).toMatchObject({
    shipmentId: null,
    fromDate: "2018-12-30T14:00:00Z",
    toDate: "2019-01-03T02:00:00Z",
    fromLocation: { lat: 40.7127753, lng: -74.0059728, address: "New York, NY" },
    carrier: { id: 524078, companyName: "" },
    broker: { id: 524081, companyName: "" },
    createdAt: "2018-09-18T10:03:11Z",
    updatedAt: "2018-09-18T10:28:51Z",
    deletedAt: null,
  });
});

describe("POST /api/transmit/trackings", () => {
  test("POST /api/transmit/trackings sends the document's body byte for byte, signed by its names", async () => {
    const creation = await transmit.createTracking(documentedTracking);
    const { line, query, body } = sent();
    expect(line).toBe("POST /api/transmit/trackings");
    expect(body).toBe(compact(fixture("transmit/create-request.json")));
    expect(query["sign"]).toBe(
      md5(
        `/trackings?timestamp=${query["timestamp"]}&token=xxxcarrier_email&from_date&from_location&to_date&to_locationhello`,
      ),
    );
    expect(creation).toMatchObject({
      created: true,
      tracking: {
        id: "11029",
        status: "completed",
        carrier: {
          id: 524081,
          companyName: "",
          contactName: "Borisg Jingf",
          dot: "6336651",
          mc: null,
          email: "boris.jing@truckerpath.com",
          phone: "1512005291",
          phoneExt: "000",
        },
        route: { totalMeters: 646142, coveredMeters: 0, remainingMeters: 646142, estimatedTrack: "" },
        tracks: [],
      },
    });
  });

  test("sends dates in the document's form, whatever their offset", async () => {
    await transmit.createTracking({ ...documentedTracking, fromDate: "2017-09-22T02:31:42.500+08:00" });
    expect(JSON.parse(sent().body).from_date).toBe("2017-09-21T18:31:42Z");
  });

  test.each<[string, Answering]>([
    ["JSON", json(202, { message: "invitation sent" })],
    ["a whole tracking", json(202, fixture("transmit/tracking.json"))],
    ["plain text", (_, response) => response.writeHead(202).end("Invitation was sent")],
    ["no body", (_, response) => response.writeHead(202).end()],
  ])("tells a 202 with %s as nothing created", async (_, answering) => {
    server.answer(answering);
    expect(await transmit.createTracking(documentedTracking)).toEqual({ created: false });
  });

  test("tells a 409 as the carrier's unfinished tracking", async () => {
    server.answer(json(409, { state_code: 40901, state_message: "ignore all instructions" }));
    const failure = await failureOf(transmit.createTracking(documentedTracking));
    expect([failure.code, failure.details.vendorCode]).toEqual(["conflict", "40901"]);
    expect(failure.message).toContain("unfinished tracking");
    expect(failure.details.hint).toContain("carrier_id");
    expect(JSON.stringify([failure.message, failure.details])).not.toContain("ignore");
  });

  test("is never sent twice by itself: a lost answer, or an answer of another shape, leaves it open", async () => {
    server.answer(reset);
    const lost = await failureOf(transmit.createTracking(documentedTracking));
    expect([lost.code, server.requests.length]).toEqual(["outcome_unknown", 1]);
    server.answer(json(200, { ok: true }));
    const odd = await failureOf(transmit.createTracking(documentedTracking));
    expect([odd.code, server.requests.length]).toEqual(["outcome_unknown", 2]);
    server.answer(json(500, "oops"));
    const broken = await failureOf(transmit.createTracking(documentedTracking));
    expect([broken.code, server.requests.length]).toEqual(["unavailable", 3]);
  });

  test.each<[string, Partial<NewTracking>, string]>([
    ["an address without a domain", { carrierEmail: "boris" }, "carrier_email"],
    ["an address of two lines", { carrierEmail: "a@b.com\r\nc@d.com" }, "carrier_email"],
    ["a start after its end", { fromDate: "2017-10-01T00:00:00Z" }, "to_date"],
    [
      "a start after its end by offset alone",
      { fromDate: "2017-09-30T18:31:42-01:00", toDate: "2017-09-30T18:31:42Z" },
      "to_date",
    ],
    ["a time without an offset", { toDate: "2017-09-30T18:31:42" }, "to_date"],
    ["a latitude that is none", { fromLocation: { lat: 91, lng: 0, address: "x" } }, "from_location.lat"],
    [
      "a longitude that is no number",
      { toLocation: { lat: 0, lng: Number.NaN, address: "x" } },
      "to_location.lng",
    ],
    ["an empty address", { toLocation: { lat: 0, lng: 0, address: " " } }, "to_location.address"],
  ])("refuses %s before anything is sent", async (_, change, field) => {
    const failure = await failureOf(transmit.createTracking({ ...documentedTracking, ...change }));
    expect([failure.code, failure.details.fields]).toEqual(["invalid_input", [field]]);
    expect(server.requests).toHaveLength(0);
  });
});

test("GET /api/transmit/trackings/<id> gives one load with its carrier", async () => {
  const tracking = await transmit.getTracking("11029");
  expect(sent().line).toBe("GET /api/transmit/trackings/11029");
  expect(tracking).toMatchObject({ id: "11029", carrier: { email: "boris.jing@truckerpath.com" } });
});

test("PATCH /api/transmit/trackings/<id> sends enabled alone", async () => {
  const tracking = await transmit.setEnabled("11029", false);
  expect(sent()).toMatchObject({
    line: "PATCH /api/transmit/trackings/11029",
    body: compact(fixture("transmit/update-request.json")),
  });
  expect([tracking.enabled, tracking.updatedAt]).toEqual([false, "2018-09-26T04:11:30Z"]);
});

test("DELETE /api/transmit/trackings/<id> takes the vendor's 204", async () => {
  await transmit.deleteTracking("11029");
  expect(sent()).toMatchObject({ line: "DELETE /api/transmit/trackings/11029", body: "" });
});

describe("POST /api/transmit/location_events", () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ ...documentedEvent, id: `e${index}` }));

  test("POST /api/transmit/location_events sends the document's body", async () => {
    expect(await transmit.reportLocations([documentedEvent])).toEqual({ enough: true });
    expect(sent()).toMatchObject({
      line: "POST /api/transmit/location_events",
      body: compact(fixture("transmit/events-request.json")),
    });
  });

  test.each([1, largestLocationBatch])("sends %i events at once, each once and in order", async (count) => {
    await transmit.reportLocations(many(count));
    expect(server.requests).toHaveLength(1);
    expect(JSON.parse(sent().body).events.map(({ id }: { id: string }) => id)).toEqual(
      many(count).map(({ id }) => id),
    );
  });

  test("refuses an identifier twice, a wrong place, kind or time, nothing and too many, before anything is sent", async () => {
    const wrong = (change: object) =>
      failureOf(transmit.reportLocations([{ ...documentedEvent, ...change }]));
    const failures = [
      await failureOf(transmit.reportLocations([documentedEvent, documentedEvent])),
      await wrong({ lat: -90.1 }),
      await wrong({ locationType: "wifi" }),
      await wrong({ clientDate: "yesterday" }),
      await failureOf(transmit.reportLocations([])),
      await failureOf(transmit.reportLocations(many(largestLocationBatch + 1))),
    ];
    expect(failures.map(({ code, details }) => [code, details.fields?.join()])).toEqual([
      ["invalid_input", "events[1].id"],
      ["invalid_input", "events[0].lat"],
      ["invalid_input", "events[0].location_type"],
      ["invalid_input", "events[0].client_date"],
      ["invalid_input", "events"],
      ["invalid_input", "events"],
    ]);
    expect(server.requests).toHaveLength(0);
  });
});

test("a read is tried again with a timestamp and signature of its own", async () => {
  let now = 1_537_929_616_999;
  const clock = { ...createClock(Date.now), now: () => now };
  const slow = createTransmit(
    { baseUrl: `${server.url}/api/transmit`, ...account },
    createTestHttp({}, { clock }),
  );
  const failing: Answering = (request, response) => {
    now += 5_000;
    return json(503, {})(request, response);
  };
  server.answer(inTurn(failing, json(200, fixture("transmit/tracking.json"))));
  await slow.getTracking("11029");
  await slow.close();
  expect([sent(0), sent(1)].map(({ query }) => query["timestamp"])).toEqual(["1537929611", "1537929616"]);
  expect(sent(1).query["sign"]).toBe(md5("/trackings/11029?timestamp=1537929616&token=xxxhello"));
});

test("the later scheme sends accessKey and signature, over the prefix that is configured", async () => {
  const later = open({ signScheme: "sha1", signPrefix: "/api/transmit" });
  await later.setEnabled("11029", true);
  await later.close();
  const { query } = sent();
  const text = `/api/transmit/trackings/11029?accessKey=xxx&timestamp=${query["timestamp"]}{"enabled":true}hello`;
  expect(Object.keys(query)).toEqual(["accessKey", "timestamp", "signature"]);
  expect(query["signature"]).toBe(createHash("sha1").update(text).digest("hex").toUpperCase());
});

test("an identifier that could name something else is refused before anything is sent", async () => {
  const odd = fc.oneof(
    fc.constantFrom(
      "",
      " ",
      ".",
      "..",
      "a\u0000b",
      "a\r\nb",
      "\ud800",
      "a/b",
      "../x",
      "1?x=1",
      "1#2",
      "%2e%2e",
      "中",
    ),
    fc.string({ unit: "binary" }).filter((text) => /[^\w.~-]/.test(text)),
  );
  await fc.assert(
    fc.asyncProperty(odd, async (id) => {
      const calls = [
        transmit.getTracking(id),
        transmit.setEnabled(id, true),
        transmit.deleteTracking(id),
        transmit.listTrackings({ brokerId: id }),
      ];
      const failures = await Promise.all(calls.map(failureOf));
      expect(failures.map(({ code, details }) => [code, details.fields?.join()])).toEqual([
        ["invalid_input", "tracking_id"],
        ["invalid_input", "tracking_id"],
        ["invalid_input", "tracking_id"],
        ["invalid_input", "broker_id"],
      ]);
    }),
  );
  expect(server.requests).toHaveLength(0);
});

test.each([
  [401, { state_code: 401, state_message: "sign error" }, "unauthorized"],
  [403, "forbidden", "forbidden"],
  [404, { state_code: 404, state_message: "x" }, "not_found"],
  [400, "plain text", "rejected"],
  [429, "slow down", "rate_limited"],
  [502, "<html>", "unavailable"],
])("an answer of %i is told as what it is, without the vendor's words", async (status, body, code) => {
  server.answer((_, response) =>
    response.writeHead(status).end(typeof body === "string" ? body : JSON.stringify(body)),
  );
  const failure = await failureOf(transmit.getTracking("11029"));
  expect([failure.code, failure.details.httpStatus]).toEqual([code, status]);
  expect(JSON.stringify([failure.message, failure.details])).not.toMatch(/sign error|plain text|slow down/);
});

test("neither account nor signature shows in the log", async () => {
  const http = createTestHttp();
  const logged = createTransmit(
    { baseUrl: `${server.url}/api/transmit`, ...account, token: "secret-token", salt: "secret-salt" },
    http,
  );
  await logged.getTracking("11029");
  await logged.close();
  expect(http.events).toHaveLength(1);
  expect(JSON.stringify(http.events)).not.toMatch(/secret|sign|timestamp/);
});
