import fc from "fast-check";
import { expect, test } from "vitest";
import { insertInto } from "../../../src/planning/complete/serve-left-out.ts";
import { scheduleTour } from "../../../src/planning/complete/visits.ts";
import { preparePlan } from "../../../src/planning/prepare-plan.ts";
import { eastOfDepot, planRequest, shipment, vehicle } from "../../support/plan-request.ts";

const anyDay = fc.record({
  kilometers: fc.array(fc.integer({ min: -30, max: 30 }), { minLength: 2, maxLength: 7 }),
  maxRouteMinutes: fc.option(fc.integer({ min: 60, max: 400 }), { nil: undefined }),
  windows: fc.array(fc.tuple(fc.integer({ min: 8, max: 13 }), fc.integer({ min: 1, max: 4 })), {
    maxLength: 4,
  }),
  room: fc.integer({ min: 2, max: 7 }),
});

test("puts a stop where it costs least of all the places that keep every rule, or nowhere", () => {
  const seen = { served: 0, refused: 0 };
  fc.assert(
    fc.property(anyDay, ({ kilometers, maxRouteMinutes, windows, room }) => {
      const shipments = kilometers.map((east, index) =>
        shipment(index + 1, { 坯布: 1 }, { geoCoordinates: eastOfDepot(east), customerName: `${index}` }),
      );
      const time = (hour: number) => `2026-11-23T${String(hour).padStart(2, "0")}:00:00+08:00`;
      const timeWindows = windows.slice(0, kilometers.length).map(([hour, hours], index) => ({
        shipmentId: index + 1,
        startAt: time(hour),
        endAt: time(hour + hours),
      }));
      const options = { timeWindows, ...(maxRouteMinutes !== undefined && { maxRouteMinutes }) };
      const prepared = preparePlan(planRequest(shipments, [vehicle("粤A1", { 坯布: room })], options));
      let tour = {
        vehicle: 0,
        stays: [] as { stop: number; parts: (typeof prepared.stops)[number]["parts"] }[],
      };
      for (const [stop, { parts }] of prepared.stops.entries()) {
        const stay = { stop, parts };
        const costBefore = scheduleTour(prepared, tour).cost;
        const costs = [...tour.stays, stay]
          .map((_, position) =>
            scheduleTour(prepared, { ...tour, stays: tour.stays.toSpliced(position, 0, stay) }),
          )
          .filter(({ violations }) => violations.length === 0)
          .map(({ cost }) => cost - costBefore);
        const widened = insertInto(prepared, tour, stay);
        expect(widened?.addedCost).toBe(costs.length === 0 ? undefined : Math.min(...costs));
        seen[widened ? "served" : "refused"]++;
        if (!widened) continue;
        expect(scheduleTour(prepared, widened.tour).violations).toEqual([]);
        tour = widened.tour;
      }
    }),
    { numRuns: 150 },
  );
  expect(Math.min(seen.served, seen.refused)).toBeGreaterThan(20);
});
