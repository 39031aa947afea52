import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DispatchedRoute, DispatchState } from "../../../src/domain/dispatch.ts";
import type { KeptEvent } from "../../../src/domain/event.ts";
import type { PlanRoute, PlanStop } from "../../../src/domain/plan.ts";
import { makeReport } from "../../../src/planning/report/make-report.ts";
import type { ExpectedRoute, ExpectedStop } from "../../../src/planning/report/stop-outcomes.ts";

const day = Date.parse("2026-11-23T00:00:00Z");
const at = (minutes: number) => new Date(day + minutes * 60_000).toISOString();

function stop(sequence: number): PlanStop {
  return {
    sequence,
    loadPosition: 1,
    shipmentIds: [sequence],
    customerName: `客户${sequence}`,
    address: null,
    lat: 23,
    lng: 113,
    arriveAt: at(sequence * 20),
    distanceMeters: 1_000,
    items: [],
  };
}

function route(
  count: number,
  given: Partial<ExpectedRoute> & { window?: ExpectedStop["window"] } = {},
): ExpectedRoute {
  const stops = Array.from({ length: count }, (_, index) => stop(index + 1));
  const planned: PlanRoute = {
    licensePlate: "粤A12345",
    loads: [],
    stops,
    distanceMeters: 1_000,
    durationSeconds: 3_600,
    departAt: at(0),
    finishAt: at(600),
  };
  return {
    planned,
    dispatch: dispatch("dispatched"),
    stops: stops.map((one) => ({
      stopId: String(one.sequence),
      planned: one,
      driven: undefined,
      window: given.window ?? {},
      serviceMinutes: 10,
    })),
    events: [],
    ...given,
  };
}

function dispatch(state: DispatchState, driverEmail = "wang@example.com"): DispatchedRoute {
  return {
    claimId: 1,
    planId: "p",
    revision: 1,
    licensePlate: "粤A12345",
    externalJobId: "p-粤A12345",
    driverEmail,
    shipmentIds: [],
    releasedShipmentIds: [],
    claimedAt: at(0),
    state,
    jobId: state === "dispatched" ? "job" : null,
    driven: null,
  };
}

function event(kind: string, minutes: number, stopId?: string): KeptEvent {
  return {
    id: `${kind} ${minutes} ${stopId}`,
    vendor: "routemate",
    kind,
    occurredAt: at(minutes),
    receivedAt: at(minutes),
    subject: stopId === undefined ? {} : { stopId },
    data: kind === "stop.failed" ? { status: "failed", label: "nobody there" } : {},
  };
}

const outcomes = (expected: ExpectedRoute) => makeReport([expected]).routes[0]?.outcomes ?? [];
const states = (expected: ExpectedRoute) => outcomes(expected).map(({ state }) => state);

describe("a stop", () => {
  test("is what was told of it last; an attempt that failed may be followed by one that did not", () => {
    const events = [
      event("stop.completed", 50, "1"),
      event("stop.failed", 30, "1"),
      event("stop.failed", 40, "2"),
    ];
    expect(states(route(3, { events }))).toEqual(["delivered", "failed", "open"]);
    expect(states(route(3, { events: events.toReversed() }))).toEqual(["delivered", "failed", "open"]);
  });

  test("is delivered when its whole job is, unless it failed", () => {
    const events = [event("stop.failed", 30, "1"), event("job.completed", 60)];
    expect(states(route(2, { events }))).toEqual(["failed", "delivered"]);
  });

  test.each<[DispatchState | undefined, string]>([
    [undefined, "not_dispatched"],
    ["refused", "not_dispatched"],
    ["claimed", "uncertain"],
    ["sending", "uncertain"],
    ["unknown", "uncertain"],
    ["dispatched", "open"],
  ])("of a route that is %s is %s", (state, expected) => {
    expect(states(route(1, { dispatch: state && dispatch(state) }))).toEqual([expected]);
  });

  test("that failed carries the vendor's words", () => {
    const [outcome] = outcomes(route(1, { events: [event("stop.failed", 30, "1")] }));
    expect(outcome?.words).toEqual({ status: "failed", label: "nobody there" });
  });
});

describe("a time", () => {
  const told = (events: KeptEvent[], window = {}) => outcomes(route(3, { events, window }));

  test("is exact where one stop changed between two looks, and lies between two looks where several did", () => {
    const events = [
      event("stop.completed", 30, "1"),
      event("stop.completed", 90, "2"),
      event("stop.completed", 90, "3"),
    ];
    expect(told(events).map((outcome) => outcome.told)).toEqual([
      { at: at(30), notBefore: undefined, isExact: true },
      { at: at(90), notBefore: at(30), isExact: false },
      { at: at(90), notBefore: at(30), isExact: false },
    ]);
  });

  test("is held against the window by when unloading began: 10 minutes before the stop was over", () => {
    const events = [event("stop.completed", 70, "1")];
    const punctuality = (window: ExpectedStop["window"]) => told(events, window)[0]?.punctuality;
    expect(punctuality({ endAt: at(60) })).toBe("on_time");
    expect(punctuality({ endAt: at(59) })).toBe("late");
    expect(punctuality({ startAt: at(60) })).toBe("on_time");
    expect(punctuality({ startAt: at(61) })).toBe("early");
    expect(punctuality({})).toBe("no_window");
  });

  test("that is not exact is late or on time only where it is so beyond doubt", () => {
    const events = [
      event("stop.completed", 30, "1"),
      event("stop.completed", 90, "2"),
      event("stop.completed", 90, "3"),
    ];
    const punctuality = (window: ExpectedStop["window"]) => told(events, window)[1]?.punctuality;
    expect(punctuality({ endAt: at(80) })).toBe("on_time");
    expect(punctuality({ endAt: at(50) })).toBe("unknown");
    expect(punctuality({ endAt: at(19) })).toBe("late");
    expect(punctuality({ startAt: at(50), endAt: at(100) })).toBe("unknown");
    expect(punctuality({ startAt: at(81) })).toBe("early");
  });

  test("tells how far behind the driver's own order the unloading began", () => {
    const expected = route(1, { events: [event("stop.completed", 70, "1")] });
    expect(outcomes(expected)[0]?.minutesBehind).toBe(40);
    const driven = { sequence: 1, arriveAt: at(55) };
    const stops = expected.stops.map((one) => ({ ...one, driven }));
    expect(outcomes({ ...expected, stops })[0]?.minutesBehind).toBe(5);
  });
});

test("a stop is passed over when a later one of the driver's order was over before it", () => {
  const overtaken = (events: KeptEvent[], order = [1, 2, 3]) => {
    const expected = route(3, { events });
    const stops = expected.stops.map((one, index) => ({
      ...one,
      driven: { sequence: order[index] ?? 0, arriveAt: one.planned.arriveAt },
    }));
    return outcomes({ ...expected, stops }).map(({ isOvertaken }) => isOvertaken);
  };
  const third = event("stop.completed", 30, "3");
  expect(overtaken([third])).toEqual([true, true, false]);
  expect(overtaken([third, event("stop.failed", 30, "1"), event("stop.completed", 40, "2")])).toEqual([
    false,
    true,
    false,
  ]);
  expect(overtaken([third], [2, 3, 1])).toEqual([false, false, false]);
});

test("routes are as far as their stops, and drivers are told together whatever the case of their address", () => {
  const over = [event("stop.completed", 30, "1"), event("stop.failed", 40, "2")];
  const report = makeReport([
    route(2, { events: over }),
    route(2, { events: over.slice(0, 1), dispatch: dispatch("dispatched", "WANG@example.com") }),
    route(2, { events: [event("job.started", 5)] }),
    route(2),
    route(2, { dispatch: dispatch("unknown") }),
    route(2, { dispatch: undefined }),
    route(2, { events: [event("job.missing", 50)] }),
  ]);
  expect(report.routes.map(({ progress }) => progress)).toEqual([
    "finished",
    "under_way",
    "under_way",
    "waiting",
    "uncertain",
    "not_dispatched",
    "missing",
  ]);
  expect(report.drivers).toMatchObject([{ stops: 12, states: { delivered: 2, failed: 1 } }]);
});

const anyRoute = fc
  .record({
    count: fc.integer({ min: 0, max: 6 }),
    state: fc.constantFrom<DispatchState | undefined>(
      undefined,
      "claimed",
      "sending",
      "unknown",
      "dispatched",
      "refused",
    ),
    driver: fc.constantFrom("a@example.com", "b@example.com"),
    window: fc.record(
      { startAt: fc.constantFrom(at(0), at(40)), endAt: fc.constantFrom(at(30), at(90)) },
      { requiredKeys: [] },
    ),
    told: fc.array(
      fc.record({
        kind: fc.constantFrom(
          "stop.completed",
          "stop.failed",
          "job.completed",
          "job.started",
          "job.ended",
          "stops.reordered",
        ),
        stopId: fc.constantFrom("1", "2", "3", "6", "depot-start", "stranger"),
        minutes: fc.integer({ min: 0, max: 120 }),
      }),
      { maxLength: 12 },
    ),
  })
  .map(({ count, state, driver, window, told }) =>
    route(count, {
      window,
      dispatch: state && dispatch(state, driver),
      events: told.map(({ kind, stopId, minutes }) =>
        event(kind, minutes, kind.startsWith("stop.") ? stopId : undefined),
      ),
    }),
  );

test("each stop is counted in exactly one state and each delivered one in one punctuality, and all sums agree", () => {
  const sum = (counts: Record<string, number>) =>
    Object.values(counts).reduce((total, count) => total + count, 0);
  fc.assert(
    fc.property(fc.array(anyRoute, { maxLength: 6 }), (expected) => {
      const { total, routes, drivers } = makeReport(expected);
      const planned = expected.reduce((stops, one) => stops + one.planned.stops.length, 0);
      expect(total.stops).toBe(planned);
      for (const counts of [total, ...routes, ...drivers]) {
        expect(sum(counts.states)).toBe(counts.stops);
        expect(sum(counts.punctuality)).toBe(counts.states.delivered);
      }
      const over = (group: readonly { states: typeof total.states }[]) =>
        group.reduce(
          (count, { states }) => count + states.delivered + states.failed + states.open + states.uncertain,
          0,
        );
      expect(over(routes)).toBe(over([total]));
      expect(over(drivers)).toBe(over([total]));
      for (const { outcomes } of routes) {
        for (const { told, state, minutesBehind } of outcomes) {
          expect(told !== undefined).toBe(state === "delivered" || state === "failed");
          expect(minutesBehind !== undefined).toBe(told !== undefined);
          if (told?.notBefore !== undefined) expect(told.notBefore < told.at).toBe(true);
        }
      }
    }),
  );
});
