import { describe, expect, test } from "vitest";
import { estimateTravel } from "../../../src/planning/travel.ts";
import { parseVroom, positionsOf, readVroom } from "../../../src/planning/vroom/read-vroom.ts";

const near: [number, number] = [113, 23];
const far: [number, number] = [113.2, 23.1];
const durations = [
  [0, 9, 9],
  [7, 0, 9],
  [9, 9, 0],
];

/** A vehicle at row 2 and a job at row 0, both with coordinates. */
function document(vehicle: object, matrices: object, job: object = {}) {
  return {
    vehicles: [{ id: 1, start_index: 2, start: near, ...vehicle }],
    jobs: [{ id: 1, location_index: 0, location: far, ...job }],
    matrices,
  };
}

const estimate = estimateTravel([
  { lng: near[0], lat: near[1] },
  { lng: far[0], lat: far[1] },
]);

describe("what no matrix tells comes from the places", () => {
  test.each([
    ["a profile without matrices", { profile: "bike" }, { car: { durations } }],
    ["costs without durations", {}, { car: { costs: durations } }],
  ])("for %s", (_, vehicle, matrices) => {
    const written = document(vehicle, matrices);
    expect(positionsOf(parseVroom(written))).toHaveLength(2);
    const { travel } = readVroom(written).context;
    expect(travel.legsOf[0]?.durations.between(2, 0)).toBe(estimate.durationSeconds[1]);
    expect(travel.legsOf[0]?.distances?.between(0, 2)).toBe(estimate.distanceMeters[2]);
    expect(travel.legsOf[0]?.costs?.between(0, 2)).toBe(
      "costs" in Object.values(matrices)[0]! ? 9 : undefined,
    );
  });

  test.each([
    ["a cost by the kilometer", { costs: { per_km: 3 } }],
    ["a distance limit", { max_distance: 100_000 }],
  ])("for the distances of %s, beside the durations that are given", (_, vehicle) => {
    const { travel } = readVroom(document(vehicle, { car: { durations } })).context;
    expect(travel.legsOf[0]?.durations.between(1, 0)).toBe(7);
    expect(travel.legsOf[0]?.distances?.between(2, 0)).toBe(estimate.distanceMeters[1]);
  });

  test("as far as a service knows it", () => {
    const written = document({ profile: "bike" }, { car: { durations } });
    const cells = Int32Array.from([0, 5, 6, 0]);
    const known = { size: 2, distanceMeters: cells, durationSeconds: cells, gaps: [] };
    expect(readVroom(written, known).context.travel.legsOf[0]?.durations.between(2, 0)).toBe(5);
  });
});

test("nothing is asked for where the matrices tell all that is needed", () => {
  expect(positionsOf(parseVroom(document({}, { car: { durations } })))).toEqual([]);
});

test.each([
  [
    "a profile without matrices",
    { profile: "bike" },
    { car: { durations } },
    'vehicles[0].profile is "bike", but matrices holds only car, and not every place has coordinates.',
  ],
  ["costs without durations", {}, { car: { costs: durations } }, "matrices.car.durations is missing"],
  [
    "a cost by the kilometer",
    { costs: { per_km: 3 } },
    { car: { durations } },
    "matrices.car.distances is needed for vehicles[0].costs.per_km",
  ],
])("%s is refused where a place has no coordinates, or none on Earth", (_, vehicle, matrices, message) => {
  for (const location of [undefined, [500, 0]]) {
    expect(() => readVroom(document(vehicle, matrices, { location }))).toThrow(message);
  }
});

test("distances without durations are refused, and matrices of no profile are none", () => {
  expect(() => readVroom(document({}, { car: { distances: durations } }))).toThrow(
    "matrices.car.durations takes a matrix like distances beside it",
  );
  expect(positionsOf(parseVroom(document({}, { car: {} })))).toHaveLength(2);
  expect(positionsOf(parseVroom(document({}, {})))).toHaveLength(2);
});
