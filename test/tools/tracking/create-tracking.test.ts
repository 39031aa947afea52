import { describe, expect, test } from "vitest";
import { busyCarriers, freeCarriers } from "../../../src/sandbox/transmit/seed.ts";
import { exampleLoad } from "../../support/example-calls/tracking.ts";
import { openTrackingDesk, type TrackingDesk } from "./tracking-desk.ts";

const create = "POST /api/transmit/trackings";
const list = "GET /api/transmit/trackings";
const hours = (count: number) => new Date(Date.now() + count * 3_600_000).toISOString();

/** A load that is under way from now on. */
const freshLoad = (email: string = freeCarriers.reporting[0].email) => ({
  ...exampleLoad(),
  carrier_email: email,
  from_date: hours(-1),
  to_date: hours(24),
});

const heldBy = (desk: TrackingDesk, email: string) =>
  desk.held("transmit", "trackings").filter((tracking) => Object(tracking).carrier.email === email);

test("a load is tracked, and the same call again is a repeat that sends nothing", async () => {
  const desk = await openTrackingDesk();
  const load = freshLoad();
  const { data, text } = await desk.call("create_tracking", load);
  expect(data).toMatchObject({
    created: true,
    tracking_id: expect.stringMatching(/^\d+$/),
    tracking: {
      enabled: true,
      carrier: { email: load.carrier_email },
      route: { covered_meters: expect.any(Number) },
    },
  });
  expect(text).toContain(String(data["tracking_id"]));
  const again = await desk.call("create_tracking", load);
  expect(again.data).toEqual({ ...data, repeated: true });
  expect([desk.asked(create), heldBy(desk, load.carrier_email).length]).toEqual([1, 1]);
});

test("an unknown carrier is no error: nothing was created, and the repeat sends no second invitation", async () => {
  const desk = await openTrackingDesk();
  const load = freshLoad("new@carrier.example");
  const { data, text } = await desk.call("create_tracking", load);
  expect(data).toEqual({ created: false, message: expect.stringContaining("invitation") });
  expect(text).toContain("Nothing was created");
  expect((await desk.call("create_tracking", load)).data).toEqual({ ...data, repeated: true });
  expect(desk.held("transmit", "invitations")).toEqual(["new@carrier.example"]);
});

test("a carrier with an unfinished tracking is a conflict that says which read shows it", async () => {
  const desk = await openTrackingDesk();
  const failure = await desk.fail("create_tracking", freshLoad(busyCarriers.underWay.email));
  expect([failure.code, failure.details.httpStatus]).toEqual(["conflict", 409]);
  expect(failure.message).toContain("unfinished tracking");
  expect(failure.details.hint).toContain("list_trackings");
});

test.each<[string, object, string]>([
  ["a start after its end", { from_date: hours(2), to_date: hours(1) }, "to_date"],
  ["a latitude that is none", { from_location: { lat: 91, lng: 0, address: "x" } }, "from_location.lat"],
  ["no longitude", { to_location: { lat: 0, address: "x" } }, "to_location.lng"],
  ["no e-mail address", { carrier_email: "boris" }, "carrier_email"],
  ["a second e-mail address", { carrier_email: "a@b.com,c@d.com" }, "carrier_email"],
  ["a day without an offset", { to_date: "2026-11-23T08:00:00" }, "to_date"],
])("%s is refused by its name before anything is sent", async (_, change, field) => {
  const desk = await openTrackingDesk();
  const failure = await desk.fail("create_tracking", { ...freshLoad(), ...change });
  expect([failure.code, failure.details.fields]).toEqual(["invalid_input", [field]]);
  expect(desk.asked(create)).toBe(0);
});

describe.each(["answer_lost", "error_500_after", "cut", "not_json", "wrong_shape"] as const)(
  "when the answer is %s after the vendor has created it",
  (kind) => {
    test("an account that has created before finds it in its broker's list", async () => {
      const desk = await openTrackingDesk();
      await desk.call("create_tracking", freshLoad(freeCarriers.reporting[1].email));
      desk.addFault({ vendor: "transmit", endpoint: create, kind });
      const load = freshLoad();
      const first = await desk.call("create_tracking", load);
      expect(first.data).toMatchObject({
        created: true,
        tracking: { carrier: { email: load.carrier_email } },
      });
      expect((await desk.call("create_tracking", load)).data).toMatchObject({ repeated: true });
      expect([desk.asked(create), heldBy(desk, load.carrier_email).length]).toEqual([2, 1]);
    });

    test("an account's first create is outcome_unknown until a read shows it, and sent once", async () => {
      const desk = await openTrackingDesk();
      desk.addFault({ vendor: "transmit", endpoint: create, kind });
      const load = freshLoad();
      const first = await desk.fail("create_tracking", load);
      expect(first.code).toBe("outcome_unknown");
      expect(first.details.hint).toContain("list_trackings");
      expect((await desk.fail("create_tracking", load)).code).toBe("outcome_unknown");
      expect(desk.asked(create)).toBe(1);

      await desk.call("list_trackings", { broker_id: 524081 });
      const settled = await desk.call("create_tracking", load);
      expect(settled.data).toMatchObject({ created: true, repeated: true });
      expect([desk.asked(create), heldBy(desk, load.carrier_email).length]).toEqual([1, 1]);
    });
  },
);

test("a create that fails before it is done is told as that and sent again by the next call", async () => {
  const desk = await openTrackingDesk();
  await desk.call("create_tracking", freshLoad(freeCarriers.reporting[1].email));
  desk.addFault({ vendor: "transmit", endpoint: create, kind: "error_500_before" });
  const load = freshLoad();
  expect((await desk.fail("create_tracking", load)).code).toBe("unavailable");
  const second = await desk.call("create_tracking", load);
  expect(second.data["repeated"]).toBeUndefined();
  expect(heldBy(desk, load.carrier_email)).toHaveLength(1);
});

test("a carrier that had a load before is searched in its own list", async () => {
  const desk = await openTrackingDesk();
  await desk.call("create_tracking", exampleLoad());
  desk.addFault({ vendor: "transmit", endpoint: create, kind: "answer_lost" });
  const load = freshLoad();
  await desk.call("create_tracking", load);
  const lists = desk.sandbox.requests.filter(({ endpoint }) => endpoint === list);
  expect(lists.length).toBeGreaterThan(0);
  expect(heldBy(desk, load.carrier_email)).toHaveLength(2);
});

test("an equal load that another call made is not taken for the lost one", async () => {
  const desk = await openTrackingDesk();
  const load = exampleLoad();
  const first = await desk.call("create_tracking", { ...load, request_id: "one" });
  desk.addFault({ vendor: "transmit", endpoint: create, kind: "answer_lost" });
  const second = await desk.call("create_tracking", { ...load, request_id: "two" });
  expect(second.data["tracking_id"]).not.toBe(first.data["tracking_id"]);
  expect(heldBy(desk, load.carrier_email)).toHaveLength(2);
});

test("two carriers with the same load are told apart when an answer is lost", async () => {
  const desk = await openTrackingDesk();
  const load = freshLoad(freeCarriers.reporting[1].email);
  const other = await desk.call("create_tracking", load);
  desk.addFault({ vendor: "transmit", endpoint: create, kind: "answer_lost" });
  const { data } = await desk.call("create_tracking", {
    ...load,
    carrier_email: freeCarriers.reporting[2].email,
  });
  expect(data).toMatchObject({ tracking: { carrier: { email: freeCarriers.reporting[2].email } } });
  expect(data["tracking_id"]).not.toBe(other.data["tracking_id"]);
});

test("a state that was made with another account proves nothing: the write stays unknown and is not sent again", async () => {
  const desk = await openTrackingDesk();
  const { data } = await desk.call("create_tracking", freshLoad(freeCarriers.reporting[1].email));
  await desk.call("delete_tracking", { tracking_id: data["tracking_id"] });
  const other = await openTrackingDesk();
  const foreign = { ...other.app, store: async () => desk.store };
  other.addFault({ vendor: "transmit", endpoint: create, kind: "error_500_before" });
  const { createTracking } = await import("../../../src/tools/tracking/create-tracking.ts");
  const call = { signal: new AbortController().signal, reportProgress: () => {} };
  const load = freshLoad();
  for (let attempt = 0; attempt < 2; attempt++) {
    await expect(createTracking.run(load, foreign, call)).rejects.toMatchObject({ code: "outcome_unknown" });
  }
  expect(other.asked(create)).toBe(1);
});
