import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { KnownTravel } from "../../src/domain/travel.ts";
import { greatCircleMeters, measureGreatCircles } from "../../src/planning/great-circle.ts";
import { preparePlan } from "../../src/planning/prepare-plan.ts";
import { completeTravel, estimateTravel } from "../../src/planning/travel.ts";
import { makePlanNow } from "../support/make-plan-now.ts";
import { matrixOf } from "../support/matrix-of.ts";
import { depot, eastOfDepot, planRequest, shipment, vehicle } from "../support/plan-request.ts";

const truck = vehicle("粤A12345", { 坯布: 500 });
const positions = [depot, eastOfDepot(5), eastOfDepot(9)];

/** Travel between the three positions: so many seconds and ten times as many meters, -1 where nothing is known. */
const knownOf = (seconds: number[], gaps: KnownTravel["gaps"] = []): KnownTravel => ({
  size: 3,
  durationSeconds: Int32Array.from(seconds),
  distanceMeters: Int32Array.from(seconds, (value) => (value < 0 ? -1 : value * 10)),
  gaps,
});

const gap = (drives: number) => ({ drives, reason: "its map has no road there" });

describe("travel", () => {
  test("is the source's where it is known, and the estimate where it is not", () => {
    const estimate = estimateTravel(positions);
    const cell = fc.oneof(fc.constant(-1), fc.constant(-2), fc.integer({ min: 0, max: 90_000 }));
    fc.assert(
      fc.property(fc.array(cell, { minLength: 9, maxLength: 9 }), (cells) => {
        const seconds = cells.map((value, index) => (index % 4 === 0 ? 0 : value));
        const unknown = seconds.filter((value) => value < 0).length;
        const known = knownOf(seconds, unknown > 0 ? [gap(unknown)] : []);
        const before = [...known.durationSeconds];
        const travel = completeTravel(positions, known);
        expect([...travel.durationSeconds]).toEqual(
          seconds.map((value, index) => (value < 0 ? estimate.durationSeconds[index] : value)),
        );
        expect([...travel.distanceMeters]).toEqual(
          seconds.map((value, index) => (value < 0 ? estimate.distanceMeters[index] : value * 10)),
        );
        expect([...known.durationSeconds]).toEqual(before);
      }),
    );
  });

  test("is all estimated without a source, and with one that knows nothing", () => {
    const nothing = { size: 3, durationSeconds: new Int32Array(), distanceMeters: new Int32Array() };
    expect(completeTravel(positions, undefined)).toEqual(estimateTravel(positions));
    expect(completeTravel(positions, { ...nothing, gaps: [gap(6)] })).toEqual(estimateTravel(positions));
  });

  test("of a large matrix is not copied on its way to the search", () => {
    const shipments = [5, 9].map((kilometers, id) =>
      shipment(id, { 坯布: 1 }, { geoCoordinates: eastOfDepot(kilometers) }),
    );
    const travel = knownOf([0, 1, 2, 3, 0, 5, 6, 7, 0]);
    const { problem } = preparePlan({ ...planRequest(shipments, [truck]), travel });
    expect(matrixOf(problem).durationSeconds).toBe(travel.durationSeconds);
  });
});

describe("a plan", () => {
  const shipments = [5, 9].map((kilometers, id) =>
    shipment(id + 1, { 坯布: 1 }, { geoCoordinates: eastOfDepot(kilometers) }),
  );
  const request = planRequest(shipments, [truck], { serviceMinutes: 0, timeLimitSeconds: 1 });

  test("drives the way round that is shorter by road, in the road's seconds and meters", () => {
    // Depot → 9 km → 5 km → depot is the short way, against all geography.
    const travel = knownOf([0, 900, 100, 100, 0, 900, 900, 100, 0]);
    const plan = makePlanNow({ ...request, travel });
    expect(plan.routes).toMatchObject([{ durationSeconds: 300, distanceMeters: 3000 }]);
    expect(plan.routes[0]?.stops.map((stop) => stop.shipmentIds)).toEqual([[2], [1]]);
    expect(plan.warnings).toEqual([]);
  });

  test("says in one sentence how many drives are estimated, and why", () => {
    const travel = knownOf([0, 900, 100, 100, 0, 900, -1, 100, 0], [gap(1)]);
    expect(makePlanNow({ ...request, travel }).warnings).toEqual([
      "1 of 6 drives between places are estimated (great circle × 1.3, 40 km/h): its map has no road there.",
    ]);
    const gaps = [gap(1), { drives: 2, reason: "it did not answer" }];
    const twice = knownOf([0, 900, 100, 100, 0, -1, -1, -1, 0], gaps);
    expect(makePlanNow({ ...request, travel: twice }).warnings).toEqual([
      "3 of 6 drives between places are estimated (great circle × 1.3, 40 km/h): 1 because its map has no road there and 2 because it did not answer.",
    ]);
  });
});

test("great circles between many positions are those between two", () => {
  const anyPosition = fc.record({
    lat: fc.double({ min: -90, max: 90, noNaN: true }),
    lng: fc.double({ min: -180, max: 180, noNaN: true }),
  });
  fc.assert(
    fc.property(anyPosition, anyPosition, (from, to) => {
      const measured = measureGreatCircles([from, to])(0, 1);
      // Near the other side of the globe both lose digits, to less than a meter.
      expect(Math.abs(measured - greatCircleMeters(from, to))).toBeLessThan(1);
    }),
  );
});
