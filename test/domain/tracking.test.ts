import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  bases,
  decideStatus,
  isTerminal,
  mergeTimelines,
  type ShipmentStatus,
  type SourceReport,
  shipmentStatuses,
  statusOfParts,
  type TimelineEntry,
} from "../../src/domain/tracking.ts";

type Told = Pick<SourceReport, "basis" | "status">;

const anyStatus = fc.constantFrom(...shipmentStatuses);
const anyReport: fc.Arbitrary<Told> = fc.record({ basis: fc.constantFrom(...bases), status: anyStatus });
const anyReports = fc.array(anyReport, { maxLength: 8 });
const said = (reports: readonly Told[]) => reports.filter(({ status }) => status !== "unknown");

describe("the status of a delivery", () => {
  test.each<[string, Told[], ShipmentStatus]>([
    ["nobody", [], "unknown"],
    [
      "a vendor now, against a later word of an event",
      [
        { basis: "event", status: "delivered" },
        { basis: "live", status: "in_transit" },
      ],
      "in_transit",
    ],
    [
      "an event, where the vendor has nothing to say",
      [
        { basis: "live", status: "unknown" },
        { basis: "event", status: "arriving" },
        { basis: "record", status: "dispatched" },
      ],
      "arriving",
    ],
    [
      "two vendors, of whom one saw the end",
      [
        { basis: "live", status: "arriving" },
        { basis: "live", status: "failed" },
      ],
      "failed",
    ],
    [
      "the ledger, which is further on than the plan",
      [
        { basis: "record", status: "planned" },
        { basis: "record", status: "dispatched" },
      ],
      "dispatched",
    ],
  ])("is told by %s", (_, reports, status) => {
    expect(decideStatus(reports)).toBe(status);
  });

  test("is one that a source told, and unknown only where none told any", () => {
    fc.assert(
      fc.property(anyReports, (reports) => {
        const told = said(reports).map(({ status }) => status);
        expect(told.length === 0 ? ["unknown"] : told).toContain(decideStatus(reports));
      }),
    );
  });

  test("is the same in whatever order sources answer, and however many say the same or nothing", () => {
    fc.assert(
      fc.property(anyReports, fc.array(fc.constantFrom(...bases)), (reports, silent) => {
        const status = decideStatus(reports);
        expect(decideStatus(reports.toReversed())).toBe(status);
        expect(decideStatus([...reports, ...reports])).toBe(status);
        const more: Told[] = silent.map((basis) => ({ basis, status: "unknown" }));
        expect(decideStatus([...more, ...reports])).toBe(status);
      }),
    );
  });

  test("is never that of a weaker source while a stronger one tells any", () => {
    fc.assert(
      fc.property(anyReports, (reports) => {
        const [strongest] = bases.filter((basis) => said(reports).some((report) => report.basis === basis));
        const alone = reports.filter(({ basis }) => basis === strongest);
        expect(decideStatus(reports)).toBe(decideStatus(alone));
      }),
    );
  });

  test("is terminal as soon as one of the strongest sources says so", () => {
    fc.assert(
      fc.property(anyReports, (reports) => {
        const live = reports.filter(({ basis }) => basis === "live");
        fc.pre(live.some(({ status }) => isTerminal(status)));
        expect(isTerminal(decideStatus(reports))).toBe(true);
      }),
    );
  });
});

describe("the status of several parts", () => {
  test.each<[ShipmentStatus[], ShipmentStatus]>([
    [[], "unknown"],
    [["delivered", "delivered"], "delivered"],
    [["delivered", "in_transit"], "in_transit"],
    [["delivered", "unknown"], "unknown"],
    [["delivered", "cancelled"], "delivered"],
    [["delivered", "failed"], "failed"],
    [["failed", "dispatched"], "dispatched"],
    [["cancelled", "cancelled"], "cancelled"],
    [["planned", "arriving", "unknown"], "arriving"],
  ])("%j is %s", (parts, status) => {
    expect(statusOfParts(parts)).toBe(status);
  });

  test("is terminal only when each part is", () => {
    fc.assert(
      fc.property(fc.array(anyStatus), (parts) => {
        if (isTerminal(statusOfParts(parts))) expect(parts.every(isTerminal)).toBe(true);
        if (statusOfParts(parts) === "delivered") expect(parts).not.toContain("failed");
      }),
    );
  });
});

describe("a timeline", () => {
  const entry = (at: string, what = "arrived"): TimelineEntry => ({ at, what, source: "yunji" });
  const anyEntry = fc.record({
    at: fc.oneof(
      fc
        .date({
          min: new Date("1970-01-01T00:00:00Z"),
          max: new Date("2100-01-01T00:00:00Z"),
          noInvalidDate: true,
        })
        .map((date) => date.toISOString()),
      fc.constantFrom("2026-03-09T08:00:00+08:00", "2026-03-09T00:00:00Z", "", "soon", "2026-03-09"),
    ),
    what: fc.constantFrom("made", "arrived"),
    source: fc.constantFrom("yunji", "events"),
  });

  test("has one clock: the same moment in two offsets is one entry", () => {
    const timeline = mergeTimelines([
      [entry("2026-03-09T08:00:00+08:00"), entry("2026-03-08T23:00:00Z", "made")],
      [entry("2026-03-09T00:00:00.000Z")],
    ]);
    expect(timeline.map(({ at, what }) => [at, what])).toEqual([
      ["2026-03-08T23:00:00.000Z", "made"],
      ["2026-03-09T00:00:00.000Z", "arrived"],
    ]);
  });

  test("takes a moment without an offset for UTC wherever it runs, and leaves out what is none", () => {
    const timeline = mergeTimelines([
      [entry("2026-03-09T08:00:00"), entry(""), entry("soon", "b"), entry("2026-13-01T00:00:00Z", "c")],
    ]);
    expect(timeline.map(({ at }) => at)).toEqual(["2026-03-09T08:00:00.000Z"]);
  });

  test("is sorted, in UTC, without repetition, and the same in whatever order sources answer", () => {
    fc.assert(
      fc.property(fc.array(fc.array(anyEntry)), (timelines) => {
        const merged = mergeTimelines(timelines);
        const times = merged.map(({ at }) => Date.parse(at));
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        expect(merged.every(({ at }) => at === new Date(at).toISOString())).toBe(true);
        expect(new Set(merged.map((one) => JSON.stringify(one))).size).toBe(merged.length);
        expect(mergeTimelines([merged])).toEqual(merged);
        const turned = timelines.map((timeline) => timeline.toReversed()).toReversed();
        expect(mergeTimelines(turned)).toEqual(merged);
      }),
    );
  });
});
