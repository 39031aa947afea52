import fc from "fast-check";
import { expect, test } from "vitest";
import { Failure } from "../../../src/domain/failure.ts";
import type { RouteImport, RouteImportStop } from "../../../src/domain/route-job.ts";
import { checkImport } from "../../../src/providers/routemate/arguments.ts";

const stop = (rest: Partial<RouteImportStop> = {}): RouteImportStop => ({
  externalStopId: "ORD-1001",
  address: "1 George St, Brisbane QLD 4000, Australia",
  ...rest,
});

const route = (rest: Partial<RouteImport> = {}): RouteImport => ({
  externalJobId: "BATCH-2026-03-09-A",
  title: "Morning Deliveries - Zone A",
  driverEmail: "driver@example.com",
  stops: [stop()],
  ...rest,
});

const withStop = (rest: Partial<RouteImportStop>) =>
  route({ stops: [stop({ externalStopId: "ORD-0" }), stop(rest)] });

/** The fields that a check complains of. */
function wrongFields(input: RouteImport): string[] {
  try {
    checkImport(input, 200);
    return [];
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    expect(error.code).toBe("invalid_input");
    return error.details.fields ?? [];
  }
}

test.each<[string, RouteImport]>([
  ["external_job_id", route({ externalJobId: " " })],
  ["title", route({ title: "" })],
  ["driver_email", route({ driverEmail: "driver" })],
  ["driver_email", route({ driverEmail: "a@b" })],
  ["driver_email", route({ driverEmail: "Driver <driver@example.com>" })],
  ["scheduled_date", route({ scheduledDate: "09.03.2026" })],
  ["scheduled_date", route({ scheduledDate: "2026-02-30" })],
  ["timezone", route({ timezone: "Brisbane" })],
  ["timezone", route({ timezone: "+10:00" })],
  ["stops", route({ stops: [] })],
  [
    "stops",
    route({ stops: Array.from({ length: 201 }, (_, index) => stop({ externalStopId: `ORD-${index}` })) }),
  ],
  ["stops[1].external_stop_id", route({ stops: [stop(), stop()] })],
  ["stops[1].external_stop_id", withStop({ externalStopId: "" })],
  ["stops[1].address", withStop({ address: "" })],
  ["stops[1].latitude", withStop({ latitude: 90.5, longitude: 1 })],
  ["stops[1].longitude", withStop({ latitude: 1, longitude: -180.5 })],
  ["stops[1].latitude", withStop({ latitude: Number.NaN, longitude: 1 })],
  ["stops[1].longitude", withStop({ latitude: 1 })],
  ["stops[1].latitude", withStop({ longitude: 1 })],
  ["stops[1].duration_minutes", withStop({ durationMinutes: -1 })],
  ["stops[1].parcel_count", withStop({ parcelCount: -2 })],
  ["stops[1].priority", withStop({ priority: Number.POSITIVE_INFINITY })],
  ["stops[1].time_window_start", withStop({ timeWindowStart: "9 o'clock" })],
  ["stops[1].time_window_end", withStop({ timeWindowEnd: "2026-02-30T09:00:00Z" })],
  [
    "stops[1].time_window_end",
    withStop({ timeWindowStart: "2026-03-09T12:00:00+10:00", timeWindowEnd: "2026-03-09T01:59:00Z" }),
  ],
])("a wrong %s is named", (field, input) => {
  expect(wrongFields(input)).toEqual([field]);
});

test("every problem is listed, and the message tells the first ones with what they take", () => {
  const broken = route({ title: "", stops: Array.from({ length: 9 }, () => stop({ address: "" })) });
  expect(wrongFields(broken)).toHaveLength(1 + 8 + 9);
  expect(() => checkImport(broken, 200)).toThrow(/^title must not be empty; .* \(and 13 more\)\.$/);
});

test("an import within the limits passes, with every optional field", () => {
  const full = stop({
    latitude: -27.471,
    longitude: 153.0234,
    label: "John Smith",
    notes: "",
    serviceType: "delivery",
    durationMinutes: 0,
    timeWindowStart: "2026-03-09T09:00:00+10:00",
    timeWindowEnd: "2026-03-09T09:00:00+10:00",
    priority: -1,
    parcelCount: 2,
    metadata: { floor: 3 },
  });
  const job = { scheduledDate: "2028-02-29", timezone: "Australia/Brisbane", metadata: {} };
  expect(wrongFields(route({ ...job, stops: [full] }))).toEqual([]);
});

test("any position on earth passes, and any other is named", () => {
  const degrees = fc.double({ min: -400, max: 400, noNaN: true });
  fc.assert(
    fc.property(degrees, degrees, (latitude, longitude) => {
      const expected = [
        ...(Math.abs(latitude) > 90 ? ["stops[1].latitude"] : []),
        ...(Math.abs(longitude) > 180 ? ["stops[1].longitude"] : []),
      ];
      expect(wrongFields(withStop({ latitude, longitude }))).toEqual(expected);
    }),
  );
});

test("a plan with more stops an import is taken where the account allows it", () => {
  const stops = Array.from({ length: 201 }, (_, index) => stop({ externalStopId: `ORD-${index}` }));
  expect(() => checkImport(route({ stops }), 500)).not.toThrow();
});
