import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { freeCarriers } from "../../../src/sandbox/transmit/seed.ts";
import {
  create,
  hoursFrom,
  lookUp,
  losAngeles,
  runningTransmit,
  sanFrancisco,
  send,
} from "./running-transmit.ts";

const transmit = runningTransmit();
const halfway = {
  lat: (sanFrancisco.lat + losAngeles.lat) / 2,
  lng: (sanFrancisco.lng + losAngeles.lng) / 2,
};

type Event = Record<string, unknown>;

const event = (over: Event = {}): Event => ({
  id: "1d5d0b30-930d-49bd-9c22-21c93ac0b794",
  lat: halfway.lat,
  lng: halfway.lng,
  client_date: hoursFrom(transmit(), 0),
  location_type: "gps",
  ...over,
});
const report = (events: unknown) =>
  send(transmit(), { method: "POST", path: "/location_events", body: { events } });
const silentLoad = async () => {
  const { body } = await create(transmit(), { carrier_email: freeCarriers.silent[0].email });
  return body.id;
};
const held = () => transmit().holdings()["location_events"];

describe("a location event", () => {
  test("moves the load whose way it is on, and more is wanted", async () => {
    const id = await silentLoad();
    transmit().clock.advance(60);
    expect(await report([event()])).toMatchObject({ status: 200, body: { enough: false } });
    const { route, updated_at } = await lookUp(transmit(), id);
    expect(route.covered / route.total).toBeCloseTo(0.5, 2);
    expect(route.covered + route.remaining).toBe(route.total);
    expect(updated_at).toBe("2026-04-14T02:01:00Z");
  });

  test("moves of several loads the one whose way is the shortest by it", async () => {
    const lasVegas = { lat: 36.1716, lng: -115.1391, address: "Las Vegas, NV" };
    const others = { carrier_email: freeCarriers.silent[1].email, to_location: lasVegas };
    const other = (await create(transmit(), others)).body.id;
    const id = await silentLoad();
    await report([event()]);
    expect((await lookUp(transmit(), other)).route.covered).toBe(0);
    expect((await lookUp(transmit(), id)).route.covered).toBeGreaterThan(0);
  });

  test("at the destination is enough", async () => {
    const id = await silentLoad();
    const { body } = await report([event({ lat: losAngeles.lat, lng: losAngeles.lng })]);
    expect(body).toEqual({ enough: true });
    expect((await lookUp(transmit(), id)).route.remaining).toBe(0);
  });

  test("is told once, whatever comes under its identifier later", async () => {
    const id = await silentLoad();
    await report([event()]);
    const before = await lookUp(transmit(), id);
    await report([event({ lat: losAngeles.lat, lng: losAngeles.lng })]);
    expect(await lookUp(transmit(), id)).toEqual(before);
    expect(held()).toHaveLength(1);
  });

  test("further back moves nothing back", async () => {
    const id = await silentLoad();
    await report([event()]);
    const { route } = await lookUp(transmit(), id);
    await report([event({ id: "earlier", lat: sanFrancisco.lat, lng: sanFrancisco.lng })]);
    expect((await lookUp(transmit(), id)).route).toEqual(route);
  });

  test("far from every way is kept, moves nothing, and is enough", async () => {
    const id = await silentLoad();
    const { body } = await report([
      event({ lat: 12.34, lng: 56.78, client_date: "2018-09-21T12:34:56+03:00" }),
    ]);
    expect(body).toEqual({ enough: true });
    expect((await lookUp(transmit(), id)).route.covered).toBe(0);
    expect(held()).toMatchObject([{ lat: 12.34, clientDate: Date.UTC(2018, 8, 21, 9, 34, 56) }]);
  });

  test.each([
    ["before the load began", -1],
    ["after its time", 49],
  ])("%s moves nothing", async (_name, hours) => {
    const id = await silentLoad();
    await report([event({ client_date: hoursFrom(transmit(), hours) })]);
    expect((await lookUp(transmit(), id)).route.covered).toBe(0);
  });

  test("moves nothing while the tracking is off", async () => {
    const id = await silentLoad();
    await send(transmit(), { method: "PATCH", path: `/trackings/${id}`, body: { enabled: false } });
    await report([event()]);
    expect((await lookUp(transmit(), id)).route.covered).toBe(0);
  });
});

describe("a batch", () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => event({ id: `event ${index}` }));

  test("takes a thousand events and no more", async () => {
    expect((await report(many(1000))).status).toBe(200);
    expect(held()).toHaveLength(1000);
    const { status, body } = await report(many(1001));
    expect({ status, body }).toEqual({
      status: 400,
      body: { state_code: 400, state_message: "events must not be more than 1000" },
    });
    expect(held()).toHaveLength(1000);
  });

  test.each([
    ["events", undefined],
    ["events", []],
    ["events", "none"],
    ["events[0].id", [{ id: "" }]],
    ["events[0].id", [{ id: 7 }]],
    ["events[0].lat", [{ lat: 91 }]],
    ["events[0].lat", [{ lng: null }]],
    ["events[0].client_date", [{ client_date: "2018-09-21 12:34:56" }]],
    ["events[0].location_type", [{ location_type: "satellite" }]],
    ["events[1].lat", [{}, { id: "second", lat: "12.34" }]],
  ])("is refused whole, naming %s, for %j", async (name, changes) => {
    const events = Array.isArray(changes) ? changes.map((change) => event(change)) : changes;
    const { status, body } = await report(events);
    expect(status).toBe(400);
    expect(body.state_message).toContain(name);
    expect(held()).toEqual([]);
  });

  test("cut into any batches and sent in any order, twice or once, comes to the same", async () => {
    const id = await silentLoad();
    const places = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(places, fc.nat(), async (shares, run) => {
        const events = shares.map((share, index) =>
          event({ id: `${run} ${index} ${share}`, ...onTheWay(share) }),
        );
        await report(events);
        const { route } = await lookUp(transmit(), id);
        for (const one of events.toReversed()) await report([one]);
        expect((await lookUp(transmit(), id)).route).toEqual(route);
      }),
      { numRuns: 20 },
    );
  });

  function onTheWay(share: number) {
    return {
      lat: sanFrancisco.lat + (losAngeles.lat - sanFrancisco.lat) * share,
      lng: sanFrancisco.lng + (losAngeles.lng - sanFrancisco.lng) * share,
    };
  }
});
