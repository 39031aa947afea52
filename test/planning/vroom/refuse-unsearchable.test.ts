import { expect, test } from "vitest";
import { readVroom } from "../../../src/planning/vroom/read-vroom.ts";
import { refuseUnsearchable } from "../../../src/planning/vroom/refuse-unsearchable.ts";

const largest = 2 ** 32 - 1;

function document(vehicle: object, matrices: object = {}) {
  const square = (far: number) => [
    [0, far],
    [far, 0],
  ];
  return {
    vehicles: [{ id: 1, start_index: 0, ...vehicle }],
    jobs: [{ id: 1, location_index: 1, service: 3600 }],
    matrices: { car: { durations: square(1_000_000), distances: square(1_000_000), ...matrices } },
  };
}

function search(written: object): void {
  const { problem, context } = readVroom(written);
  refuseUnsearchable(problem, context);
}

test("ordinary and even large costs pass", () => {
  expect(() => search(document({ costs: { per_km: 5, per_task_hour: 70, fixed: 9_000_000 } }))).not.toThrow();
});

test.each([
  ["costs.fixed", { fixed: largest }],
  ["costs.per_hour", { per_hour: largest }],
  ["costs.per_km", { per_km: largest }],
])("costs that no sum is exact with are refused by %s", (path, costs) => {
  const refusal = () => search({ ...document({ costs }), vehicles: many({ costs }) });
  expect(refusal).toThrow(
    `vehicles[0].${path} makes costs so large that their sums are no exact whole numbers.`,
  );
});

function many(vehicle: object): object[] {
  return Array.from({ length: 3 }, (_, id) => ({ id, start_index: 0, ...vehicle }));
}

test("a matrix of such costs is refused by its name", () => {
  const costs = [
    [0, 2 ** 31 - 1],
    [0, 0],
  ];
  const jobs = Array.from({ length: 20 }, (_, id) => ({ id, location_index: 1 }));
  expect(() => search({ ...document({}, { costs }), jobs })).toThrow(
    "matrices.car.costs makes costs so large",
  );
});

test("a distance limit beside custom costs is refused by its vehicle", () => {
  const costs = [
    [0, 7],
    [7, 0],
  ];
  expect(() => search(document({ max_distance: 9 }, { costs }))).toThrow(
    "vehicles[0].max_distance cannot be combined with matrices.car.costs",
  );
});
