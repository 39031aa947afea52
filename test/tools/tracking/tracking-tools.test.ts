import { describe, expect, test } from "vitest";
import { exampleLoad, examplePosition } from "../../support/example-calls/tracking.ts";
import { openTrackingDesk } from "./tracking-desk.ts";

const update = "PATCH /api/transmit/trackings/<id>";
const remove = "DELETE /api/transmit/trackings/<id>";
const report = "POST /api/transmit/location_events";
const lostAnswers = ["answer_lost", "error_500_after", "cut", "not_json", "wrong_shape"] as const;

async function deskWithTracking(settings: Record<string, string> = {}) {
  const desk = await openTrackingDesk(settings);
  const { data } = await desk.call("create_tracking", exampleLoad());
  return { desk, tracking_id: String(data["tracking_id"]) };
}

describe("list_trackings", () => {
  test("pages on our side what the vendor gives at once", async () => {
    const { desk } = await deskWithTracking();
    const whole = await desk.call("list_trackings", { broker_id: 524081 });
    const { trackings, total } = whole.data;
    expect(trackings).toHaveLength(4);
    expect([total, whole.data["next_cursor"]]).toEqual([4, undefined]);
    const first = await desk.call("list_trackings", { broker_id: "524081", limit: 3 });
    const rest = await desk.call("list_trackings", { broker_id: 524081, cursor: first.data["next_cursor"] });
    expect([first.data["trackings"], rest.data["trackings"]].flat()).toEqual(trackings);
    expect(rest.data["next_cursor"]).toBeUndefined();
  });

  test.each([{}, { broker_id: 1, carrier_id: 2 }])(
    "takes exactly one of its two identifiers, not %j",
    async (args) => {
      const desk = await openTrackingDesk();
      const failure = await desk.fail("list_trackings", args);
      expect([failure.code, failure.details.fields]).toEqual(["invalid_input", ["broker_id", "carrier_id"]]);
      expect(desk.sandbox.requests).toHaveLength(0);
    },
  );
});

test("get_tracking tells a completed tracking as one whose time is over, never as delivered", async () => {
  const { desk, tracking_id } = await deskWithTracking();
  const { data, text } = await desk.call("get_tracking", { tracking_id });
  expect(data).toMatchObject({
    tracking: { id: tracking_id, status: "completed", route: { total_meters: expect.any(Number) } },
    tracks: [],
    total: 0,
  });
  expect(text).toContain("no word on delivery");
});

test("a tracking is found by its id as a number too, and shows its way's line where its metres are", async () => {
  const { desk, tracking_id } = await deskWithTracking();
  const asNumber = { tracking_id: Number(tracking_id) };
  const { tracking } = (await desk.call("get_tracking", asNumber)).data;
  expect(tracking).toMatchObject({ id: tracking_id, route: { estimated_track: "" } });
  expect(tracking).not.toHaveProperty("estimated_track");
  expect((await desk.call("track_shipment", asNumber)).data).toMatchObject({
    sources: [{ source: "transmit", state: "answered" }],
  });
  expect((await desk.call("update_tracking", { ...asNumber, enabled: false })).data).toMatchObject({
    tracking_id,
  });
  expect((await desk.call("delete_tracking", asNumber)).data).toMatchObject({ deleted: true });
});

test.each(["get_tracking", "update_tracking", "delete_tracking"])(
  "%s of an unknown id is not_found",
  async (name) => {
    const desk = await openTrackingDesk();
    const args = { tracking_id: "99999999", ...(name === "update_tracking" && { enabled: true }) };
    expect((await desk.fail(name, args)).code).toBe("not_found");
  },
);

test.each(["../trackings", "a/b", "1?x=1", ".."])(
  "an id like %j reaches no other endpoint",
  async (tracking_id) => {
    const desk = await openTrackingDesk();
    for (const [name, args] of [
      ["get_tracking", { tracking_id }],
      ["update_tracking", { tracking_id, enabled: true }],
      ["delete_tracking", { tracking_id }],
    ] as const) {
      const failure = await desk.fail(name, args);
      expect([failure.code, failure.details.fields]).toEqual(["invalid_input", ["tracking_id"]]);
    }
    expect(desk.sandbox.requests).toHaveLength(0);
  },
);

describe("update_tracking", () => {
  test("pauses, resumes and pauses again: three writes, and a repeat of the last is none", async () => {
    const { desk, tracking_id } = await deskWithTracking();
    const enabledAtVendor = () =>
      desk
        .held("transmit", "trackings")
        .map((one) => Object(one))
        .find(({ id }) => id === tracking_id).enabled;
    for (const enabled of [false, true, false]) {
      const { data } = await desk.call("update_tracking", { tracking_id, enabled });
      expect(data).toMatchObject({ tracking_id, tracking: { enabled } });
      expect(data["repeated"]).toBeUndefined();
      expect(enabledAtVendor()).toBe(enabled);
    }
    const again = await desk.call("update_tracking", { tracking_id, enabled: false });
    expect(again.data).toMatchObject({ tracking: { enabled: false }, repeated: true });
    expect(desk.asked(update)).toBe(3);
  });

  test("remembers a request_id whatever came after it", async () => {
    const { desk, tracking_id } = await deskWithTracking();
    const pause = { tracking_id, enabled: false, request_id: "pause-1" };
    await desk.call("update_tracking", pause);
    await desk.call("update_tracking", { tracking_id, enabled: true });
    expect((await desk.call("update_tracking", pause)).data).toMatchObject({ repeated: true });
    expect(desk.asked(update)).toBe(2);
    const other = await desk.fail("update_tracking", { ...pause, enabled: true });
    expect(other.code).toBe("conflict");
  });

  test.each(lostAnswers)("is settled by reading when its answer is %s", async (kind) => {
    const { desk, tracking_id } = await deskWithTracking();
    desk.addFault({ vendor: "transmit", endpoint: update, kind });
    const first = await desk.call("update_tracking", { tracking_id, enabled: false });
    expect(first.data).toMatchObject({ tracking: { enabled: false } });
    const second = await desk.call("update_tracking", { tracking_id, enabled: false });
    expect(second.data).toMatchObject({ tracking: { enabled: false }, repeated: true });
    expect(desk.asked(update)).toBe(1);
  });

  test("that was not done is told as that, and sent by the next call", async () => {
    const { desk, tracking_id } = await deskWithTracking();
    desk.addFault({ vendor: "transmit", endpoint: update, kind: "error_500_before" });
    expect((await desk.fail("update_tracking", { tracking_id, enabled: false })).code).toBe("unavailable");
    const { data } = await desk.call("update_tracking", { tracking_id, enabled: false });
    expect(data).toMatchObject({ tracking: { enabled: false } });
  });
});

describe("delete_tracking", () => {
  test("shows first what would be deleted, and deletes with the confirmation", async () => {
    const { desk, tracking_id } = await deskWithTracking({ WAYBILL_CONFIRM: "token" });
    const asked = await desk.call("delete_tracking", { tracking_id });
    expect(asked.data).toMatchObject({
      needs_confirmation: true,
      preview: { tracking: { id: tracking_id, from_location: { address: "San Francisco, CA" } } },
    });
    expect(asked.text).toContain("Would delete for good");
    expect(desk.asked(remove)).toBe(0);
    const { confirmation } = asked.data;
    const done = await desk.call("delete_tracking", { tracking_id, confirmation });
    expect(done.data).toEqual({ tracking_id, deleted: true });
    expect((await desk.call("delete_tracking", { tracking_id, confirmation })).data).toMatchObject({
      repeated: true,
    });
    expect((await desk.fail("get_tracking", { tracking_id })).code).toBe("not_found");
    expect(desk.asked(remove)).toBe(1);
  });

  test.each(lostAnswers)("is settled by reading when its answer is %s", async (kind) => {
    const { desk, tracking_id } = await deskWithTracking();
    desk.addFault({ vendor: "transmit", endpoint: remove, kind });
    expect((await desk.call("delete_tracking", { tracking_id })).data).toMatchObject({ deleted: true });
    const second = await desk.call("delete_tracking", { tracking_id });
    expect(second.data).toEqual({ tracking_id, deleted: true, repeated: true });
    expect(desk.asked(remove)).toBe(1);
  });
});

describe("report_locations", () => {
  const positions = (count: number) => Array.from({ length: count }, examplePosition);

  test("takes more than the vendor does at once, and a repeat sends none of it", async () => {
    const desk = await openTrackingDesk();
    const events = positions(2_500);
    const { data } = await desk.call("report_locations", { events });
    expect(data).toEqual({ enough: expect.any(Boolean), events_taken: 2_500, batches: 3 });
    expect(desk.held("transmit", "location_events")).toHaveLength(2_500);
    expect((await desk.call("report_locations", { events })).data).toEqual({ ...data, repeated: true });
    expect(desk.asked(report)).toBe(3);
  });

  test("that fails in the middle says how many were taken, and the same call sends the others alone", async () => {
    const desk = await openTrackingDesk();
    const events = positions(2_500);
    await desk.call("report_locations", { events: events.slice(0, 1_000) });
    desk.addFault({ vendor: "transmit", endpoint: report, kind: "rate_limited" });
    const failure = await desk.fail("report_locations", { events });
    expect(failure.code).toBe("rate_limited");
    expect(failure.message).toContain("1 of 3 batches (1000 of 2500 events) were taken");
    await desk.call("report_locations", { events });
    expect(desk.asked(report)).toBe(4);
    expect(desk.held("transmit", "location_events")).toHaveLength(2_500);
  });

  test.each(lostAnswers)("whose answer is %s stays open and is never sent again by itself", async (kind) => {
    const desk = await openTrackingDesk();
    const events = positions(1);
    desk.addFault({ vendor: "transmit", endpoint: report, kind });
    for (let attempt = 0; attempt < 2; attempt++) {
      const failure = await desk.fail("report_locations", { events });
      expect(failure.code).toBe("outcome_unknown");
      expect(failure.details.hint).toContain("get_tracking");
    }
    expect(desk.asked(report)).toBe(1);
    await desk.call("report_locations", { events, request_id: "again" });
    expect(desk.asked(report)).toBe(2);
  });

  test.each([0, 1, 2])("whose batch %i is lost is told which, and the others go out once", async (lost) => {
    const desk = await openTrackingDesk();
    const events = positions(2_500);
    const before = lost * 1_000;
    if (before > 0) await desk.call("report_locations", { events: events.slice(0, before) });
    desk.addFault({ vendor: "transmit", endpoint: report, kind: "answer_lost" });
    const range = { from: before, to: Math.min(before + 1_000, 2_500) - 1 };
    const { data, text } = await desk.call("report_locations", { events });
    expect(data).toMatchObject({
      events_taken: 2_500 - (range.to - range.from + 1),
      batches: 3,
      events_unknown: [range],
    });
    expect(text).toContain(`events[${range.from}] to events[${range.to}] is not known`);
    expect(desk.asked(report)).toBe(3);
    const again = await desk.call("report_locations", { events });
    expect(again.data).toEqual({ ...data, repeated: true });
    expect(desk.asked(report)).toBe(3);
  });

  test("under a used request_id with other positions is a conflict", async () => {
    const desk = await openTrackingDesk();
    const events = positions(1_001);
    await desk.call("report_locations", { events, request_id: "r" });
    const more = await desk.fail("report_locations", {
      events: [...events, ...positions(1)],
      request_id: "r",
    });
    expect(more.code).toBe("conflict");
    expect(desk.asked(report)).toBe(2);
  });

  test("refuses the same identifier twice, by its place, before anything is sent", async () => {
    const desk = await openTrackingDesk();
    const events = positions(1_500);
    const failure = await desk.fail("report_locations", { events: [...events, events[3]] });
    expect([failure.code, failure.details.fields]).toEqual(["invalid_input", ["events[1500].id"]]);
    expect(desk.asked(report)).toBe(0);
  });
});
