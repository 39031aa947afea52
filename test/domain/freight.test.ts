import fc from "fast-check";
import { expect, test } from "vitest";
import { Failure } from "../../src/domain/failure.ts";
import {
  isSameLoad,
  type LocationEvent,
  largestLocationBatch,
  locationBatches,
  type NewTracking,
  sendInBatches,
  type TrackingSummary,
} from "../../src/domain/freight.ts";
import { failureOf } from "../support/failures.ts";

const eventsOf = (count: number): LocationEvent[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `e${index}`,
    lat: 0,
    lng: 0,
    clientDate: "2018-09-21T12:34:56+03:00",
    locationType: "gps",
  }));

const anyEvents = fc.integer({ min: 0, max: 5_000 }).map(eventsOf);

test("batches together are the events, in order, none empty and only the last one short", () => {
  fc.assert(
    fc.property(anyEvents, (events) => {
      const batches = locationBatches(events);
      expect(batches.flat()).toEqual(events);
      expect(batches.slice(0, -1).every(({ length }) => length === largestLocationBatch)).toBe(true);
      expect(batches.every(({ length }) => length > 0 && length <= largestLocationBatch)).toBe(true);
    }),
    { numRuns: 30 },
  );
});

test("batches are sent one after the other, and none after one that fails", async () => {
  const sent: number[] = [];
  let underWay = 0;
  const send = async (batch: LocationEvent[], index: number) => {
    expect(++underWay).toBe(1);
    await Promise.resolve();
    underWay--;
    if (index === 2) throw new Failure("unavailable", "Transmit is down.", { isUnsent: true, hint: "Wait." });
    sent.push(batch.length);
    return index;
  };
  const failure = await failureOf(sendInBatches(eventsOf(3_500), send));
  expect(sent).toEqual([1000, 1000]);
  expect(failure.message).toBe(
    "Transmit is down. 2 of 4 batches (2000 of 3500 events) were taken before that.",
  );
  expect(failure.details).toEqual({ hint: "Wait." });
});

test("the failure of the first batch is told as it is", async () => {
  const failure = new Failure("timeout", "Too slow.", { isUnsent: true });
  expect(await failureOf(sendInBatches(eventsOf(2_000), () => Promise.reject(failure)))).toBe(failure);
});

const wanted: NewTracking = {
  carrierEmail: "a@b.com",
  fromDate: "2026-03-09T08:00:00.900+08:00",
  toDate: "2026-03-10T08:00:00+08:00",
  fromLocation: { lat: 37.7576793, lng: -122.5076399, address: "San Francisco, CA" },
  toLocation: { lat: 34.0201812, lng: -118.69191881, address: "Los Angeles, CA" },
};
const found: TrackingSummary = {
  id: "1",
  status: "pending",
  enabled: true,
  shipmentId: null,
  fromDate: "2026-03-09T00:00:00Z",
  toDate: "2026-03-10T00:00:00Z",
  fromLocation: { lat: 37.75767930000001, lng: -122.5076399, address: "San Francisco" },
  toLocation: { lat: 34.0201812, lng: -118.69191880999999, address: "" },
  route: { totalMeters: null, coveredMeters: null, remainingMeters: null },
  carrier: { id: 1, companyName: null },
  broker: { id: 2, companyName: null },
  createdAt: "2026-03-08T00:00:00Z",
  updatedAt: "2026-03-08T00:00:00Z",
  deletedAt: null,
};

test("a load is the same however the vendor writes its dates, floats and addresses", () => {
  expect(isSameLoad(wanted, found)).toBe(true);
});

test.each<[string, Partial<TrackingSummary>]>([
  ["begins a second later", { fromDate: "2026-03-09T00:00:02Z" }],
  ["ends on another day", { toDate: "2026-03-11T00:00:00Z" }],
  ["ends at a time that nobody can read", { toDate: "tomorrow" }],
  ["starts in the next street", { fromLocation: { ...found.fromLocation, lat: 37.758 } }],
  ["goes elsewhere", { toLocation: { ...found.toLocation, lng: -118.6 } }],
])("a load that %s is another one", (_, change) => {
  expect(isSameLoad(wanted, { ...found, ...change })).toBe(false);
});
