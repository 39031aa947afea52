import { describe, expect, test } from "vitest";
import { brokers, busyCarriers, freeCarriers } from "../../../src/sandbox/transmit/seed.ts";
import {
  call,
  create,
  hoursFrom,
  load,
  lookUp,
  losAngeles,
  runningTransmit,
  sanFrancisco,
  send,
} from "./running-transmit.ts";

const transmit = runningTransmit();
const list = (query: Record<string, string>) =>
  send(transmit(), { method: "GET", path: "/trackings", query });
const patch = (id: string, body: unknown) =>
  send(transmit(), { method: "PATCH", path: `/trackings/${id}`, body });
const held = () => transmit().holdings()["trackings"] ?? [];
const ids = (results: { id: string }[]) => results.map(({ id }) => id);

describe("a list", () => {
  test("is of one broker, newest first, with everything the document shows", async () => {
    const { status, body } = await list({ broker_id: String(brokers[0].id) });
    expect(status).toBe(200);
    expect(body.total).toBe(3);
    expect(ids(body.results)).toEqual(["11032", "11031", "11030"]);
    expect(body.results[0]).toEqual({
      deleted_at: null,
      from_date: hoursFrom(transmit(), 24),
      route: { total: expect.any(Number), covered: 0, remaining: expect.any(Number) },
      carrier: { id: busyCarriers.waiting.id, company_name: "Big Sky Carriers" },
      updated_at: expect.any(String),
      to_location: { lat: 39.7392358, lng: -104.990251, address: "Denver, CO" },
      broker: { id: 524081, company_name: "" },
      status: "pending",
      shipment_id: null,
      id: "11032",
      to_date: hoursFrom(transmit(), 72),
      from_location: { lat: 41.8781136, lng: -87.6297982, address: "Chicago, IL" },
      enabled: false,
      created_at: expect.any(String),
    });
    const statuses = body.results.map(({ status: one }: { status: string }) => one);
    expect(statuses).toEqual(["pending", "in_progress", "completed"]);
  });

  test("is of one carrier, and of an unknown one empty", async () => {
    expect(ids((await list({ carrier_id: String(busyCarriers.silent.id) })).body.results)).toEqual(["11033"]);
    expect((await list({ carrier_id: "1" })).body).toEqual({ total: 0, results: [] });
    expect((await list({ broker_id: "1" })).body).toEqual({ total: 0, results: [] });
  });

  test("has no pages", async () => {
    for (let count = 0; count < 30; count++) {
      const past = { from_date: hoursFrom(transmit(), -3), to_date: hoursFrom(transmit(), -1) };
      expect((await create(transmit(), past)).status).toBe(200);
    }
    const { body } = await list({ broker_id: String(brokers[0].id) });
    expect([body.total, body.results.length]).toEqual([33, 33]);
  });

  test("of a load that ended unseen knows no distances but the whole", async () => {
    const { body } = await list({ carrier_id: String(busyCarriers.finished.id) });
    expect(body.results[0]).toMatchObject({
      status: "completed",
      route: { total: expect.any(Number), covered: null, remaining: null },
    });
  });

  test.each([{}, { broker_id: "524081", carrier_id: "524078" }, { broker_id: "abc" }, { carrier_id: "" }])(
    "is not to be had for %j",
    async (query) => {
      expect(await list(query)).toMatchObject({ status: 400, body: { state_code: 400 } });
    },
  );
});

describe("a new tracking", () => {
  test("is told with its carrier and its way", async () => {
    const { status, body } = await create(transmit());
    expect(status).toBe(200);
    expect(body).toEqual({
      deleted_at: null,
      tracks: [],
      from_date: hoursFrom(transmit(), 0),
      route: { total: body.route.total, covered: 0, remaining: body.route.total, estimated_track: "" },
      carrier: freeCarriers.reporting[0],
      updated_at: "2026-04-14T02:00:00Z",
      to_location: losAngeles,
      broker: brokers[0],
      status: "in_progress",
      shipment_id: null,
      id: "11034",
      to_date: hoursFrom(transmit(), 48),
      from_location: sanFrancisco,
      enabled: true,
      created_at: "2026-04-14T02:00:00Z",
    });
    expect(body.route.total).toBeGreaterThan(500_000);
    expect(body.route.total).toBeLessThan(900_000);
    expect(await lookUp(transmit(), "11034")).toEqual(body);
    expect(held()).toHaveLength(5);
  });

  test("takes dates with any offset and tells them in UTC", async () => {
    const dates = { from_date: "2026-05-01T08:00:00+08:00", to_date: "2026-05-01T02:00:00.500-01:30" };
    const { body } = await create(transmit(), dates);
    expect(body).toMatchObject({ from_date: "2026-05-01T00:00:00Z", to_date: "2026-05-01T03:30:00Z" });
  });

  test("for an unknown carrier is none: an invitation is sent", async () => {
    const { status, body } = await create(transmit(), { carrier_email: "new.driver@example.com" });
    expect({ status, body }).toEqual({
      status: 202,
      body: { state_code: 202, state_message: expect.any(String) },
    });
    expect(held()).toHaveLength(4);
    expect(transmit().holdings()["invitations"]).toEqual(["new.driver@example.com"]);
  });

  test("for a carrier with an unfinished one is a conflict, until that is over or deleted", async () => {
    const { id } = (await create(transmit())).body;
    expect(await create(transmit())).toMatchObject({ status: 409, body: { state_code: 409 } });
    await patch(id, { enabled: false });
    expect((await create(transmit())).status).toBe(409);
    await send(transmit(), { method: "DELETE", path: `/trackings/${id}` });
    expect((await create(transmit())).status).toBe(200);
    expect((await create(transmit())).status).toBe(409);
    transmit().clock.advance(48 * 3600);
    expect((await create(transmit())).status).toBe(200);
  });

  test("knows its carrier in any case of the address", async () => {
    const email = busyCarriers.waiting.email.toUpperCase();
    expect((await create(transmit(), { carrier_email: email })).status).toBe(409);
  });

  test.each([
    ["carrier_email", { carrier_email: undefined }],
    ["carrier_email", { carrier_email: "nobody" }],
    ["from_date", { from_date: undefined }],
    ["from_date", { from_date: "2026-04-14" }],
    ["from_date", { from_date: "2026-02-30T00:00:00Z" }],
    ["to_date", { to_date: 1_776_132_000 }],
    ["to_date", { to_date: "2026-04-14T02:00:00" }],
    ["from_date must not be after to_date", { to_date: "2026-04-14T01:59:59Z" }],
    ["from_location", { from_location: undefined }],
    ["from_location", { from_location: { ...sanFrancisco, lat: 90.1 } }],
    ["to_location", { to_location: { ...losAngeles, lng: "-118" } }],
    ["to_location", { to_location: { ...losAngeles, lng: -180.5 } }],
    ["to_location.address", { to_location: { lat: 1, lng: 1 } }],
    ["to_location.address", { to_location: { lat: 1, lng: 1, address: " " } }],
  ])("is refused, naming %s, for %j", async (name, over) => {
    const { status, body } = await create(transmit(), over);
    expect({ status, code: body.state_code }).toEqual({ status: 400, code: 400 });
    expect(body.state_message).toContain(name);
    expect(held()).toHaveLength(4);
    expect(transmit().holdings()["invitations"]).toEqual([]);
  });

  test("must come as JSON", async () => {
    const { TRANSMIT_TOKEN: token = "" } = transmit().environment;
    const { status } = await call(`${transmit().url}/trackings?token=${token}`, { method: "POST" });
    expect(status).toBe(401);
    const bare = await send(transmit(), { method: "POST", path: "/trackings" });
    expect(bare).toMatchObject({ status: 415, body: { state_code: 415 } });
    const list = await send(transmit(), { method: "POST", path: "/trackings", body: [] });
    expect(list.status).toBe(400);
  });
});

describe("by its identifier", () => {
  test("a tracking is switched off and on", async () => {
    const { id } = (await create(transmit())).body;
    transmit().clock.advance(60);
    const off = await patch(id, { enabled: false });
    expect(off).toMatchObject({
      status: 200,
      body: { id, enabled: false, created_at: "2026-04-14T02:00:00Z", updated_at: "2026-04-14T02:01:00Z" },
    });
    expect(await lookUp(transmit(), id)).toMatchObject({ enabled: false });
    expect((await patch(id, { enabled: true })).body.enabled).toBe(true);
  });

  test.each([{}, { enabled: "false" }, { enabled: null }, { enabled: true, status: "completed" }, []])(
    "a tracking is not changed by %j",
    async (body) => {
      expect(await patch("11031", body)).toMatchObject({ status: 400, body: { state_code: 400 } });
      expect(await lookUp(transmit(), "11031")).toMatchObject({ enabled: true });
    },
  );

  test("a tracking is deleted, and gone", async () => {
    const gone = { method: "DELETE", path: "/trackings/11031" } as const;
    expect(await send(transmit(), gone)).toMatchObject({ status: 204, text: "" });
    expect(await send(transmit(), gone)).toMatchObject({ status: 404 });
    expect((await send(transmit(), { method: "GET", path: "/trackings/11031" })).status).toBe(404);
    expect((await list({ broker_id: "524081" })).body.total).toBe(2);
    expect(held()).toHaveLength(3);
  });

  test.each(["1", "11031x", "..%2Flocation_events", "%00"])("%s there is none", async (id) => {
    for (const method of ["GET", "DELETE"] as const) {
      const { status, text, headers } = await send(transmit(), { method, path: `/trackings/${id}` });
      expect({ status, type: headers.get("content-type") }).toEqual({
        status: 404,
        type: "text/plain; charset=utf-8",
      });
      expect(text).toContain("Tracking not found");
    }
  });
});

describe("a load on its way", () => {
  const hour = 3600;

  test("is pending, then under way, and completed when its time has passed, wherever its truck is", async () => {
    const { id } = (
      await create(transmit(), { from_date: hoursFrom(transmit(), 1), to_date: hoursFrom(transmit(), 3) })
    ).body;
    const statuses = [];
    for (let step = 0; step < 4; step++) {
      statuses.push((await lookUp(transmit(), id)).status);
      transmit().clock.advance(hour);
    }
    expect(statuses).toEqual(["pending", "in_progress", "in_progress", "completed"]);
    const { route } = await lookUp(transmit(), id);
    expect(route.remaining).toBeGreaterThan(0);
  });

  test("is driven at 80 km/h by a truck that reports, until it is there", async () => {
    const { id } = (await create(transmit())).body;
    transmit().clock.advance(2 * hour);
    const { route } = await lookUp(transmit(), id);
    expect(route.covered).toBe(160_000);
    expect(route.covered + route.remaining).toBe(route.total);
    transmit().clock.advance(24 * hour);
    expect((await lookUp(transmit(), id)).route).toMatchObject({ covered: route.total, remaining: 0 });
  });

  test("is not seen while the tracking is off, and where it is by then once it is on again", async () => {
    const { id } = (await create(transmit())).body;
    const covered = async () => (await lookUp(transmit(), id)).route.covered;
    transmit().clock.advance(hour);
    await patch(id, { enabled: false });
    transmit().clock.advance(hour);
    expect(await covered()).toBe(80_000);
    await patch(id, { enabled: true });
    expect(await covered()).toBe(160_000);
  });

  test("stays where it was without a truck that reports", async () => {
    const { id } = (await create(transmit(), { carrier_email: freeCarriers.silent[0].email })).body;
    transmit().clock.advance(5 * hour);
    expect((await lookUp(transmit(), id)).route.covered).toBe(0);
  });
});

describe("what the server refuses for the vendor", () => {
  test.each([
    ["error_500_before", 500, "text/plain; charset=utf-8"],
    ["rate_limited", 429, "text/plain; charset=utf-8"],
    ["forbidden", 403, "application/json; charset=utf-8"],
  ] as const)("%s is a %i as %s", async (kind, expected, type) => {
    transmit().faults.add({ vendor: "transmit", kind });
    const { status, headers } = await list({ broker_id: "524081" });
    expect({ status, type: headers.get("content-type") }).toEqual({ status: expected, type });
    expect(headers.get("retry-after")).toBe(kind === "rate_limited" ? "30" : null);
  });

  test("another method is not allowed", async () => {
    const { status, headers } = await call(`${transmit().url}/trackings/11031`, { method: "PUT" });
    expect({ status, allow: headers.get("allow") }).toEqual({ status: 405, allow: "GET, PATCH, DELETE" });
  });
});

test("the same request with other keys of the body is signed otherwise", async () => {
  const body = load(transmit());
  const { status } = await send(transmit(), {
    method: "POST",
    path: "/trackings",
    body: { ...body, extra: 1 },
  });
  expect(status).toBe(200);
});
