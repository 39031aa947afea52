import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { legsOf } from "../../../src/planning/legs.ts";
import type { Problem, TravelMatrix, TravelPoints } from "../../../src/planning/problem.ts";
import { scheduleRoute } from "../../../src/planning/schedule.ts";
import { buildModel } from "../../../src/planning/search/model.ts";
import { findNeighbours } from "../../../src/planning/search/neighbours.ts";
import { search } from "../../../src/planning/search/search.ts";
import { shareProblem } from "../../../src/solver/share-problem.ts";
import { anyForms } from "../../support/any-points.ts";
import {
  anyPairedProblem,
  anyPairedProblemOfTrips,
  anyProblem,
  anyProblemOfTrips,
} from "../../support/any-problem.ts";
import { findSolutionFaults } from "../../support/check-solution.ts";
import { explainUnassigned } from "../../support/explain-unassigned.ts";
import { routingProblem } from "../../support/routing-problem.ts";

function inMatrix(points: TravelPoints): TravelMatrix {
  const { size } = points;
  const { meters, seconds } = legsOf(points);
  const table = (legs: typeof meters) =>
    Int32Array.from({ length: size * size }, (_, cell) => legs.between(Math.trunc(cell / size), cell % size));
  const distanceMeters = table(meters);
  return { size, distanceMeters, durationSeconds: meters === seconds ? distanceMeters : table(seconds) };
}

/** A problem whose travel is points, and the same with the matrices of them. */
const anyTwins = (problems: fc.Arbitrary<Problem>) =>
  problems.chain((problem) => {
    const sizes = problem.travel.map(({ size }) => size);
    return fc.tuple(...sizes.map(anyForms)).map((forms) => {
      const points = forms.map((form) => form.points);
      return {
        measured: { ...problem, travel: points },
        dense: { ...problem, travel: points.map(inMatrix) },
      };
    });
  });

const rules = [
  ["windows, fleets and groups", anyProblem],
  ["pairs", anyPairedProblem],
  ["trips", anyProblemOfTrips],
  ["pairs on trips", anyPairedProblemOfTrips],
] as const;

describe("a problem of points", () => {
  test.each(rules)("has the solution of its matrices, with %s", (_, problems) => {
    fc.assert(
      fc.property(anyTwins(problems), ({ measured, dense }) => {
        const options = { seed: 5, iterations: 80, now: () => 0 };
        const solution = search(measured, options);
        expect(solution).toEqual(search(dense, options));
        const schedules = solution.routes.map((route) => scheduleRoute(measured, route));
        expect(schedules).toEqual(solution.routes.map((route) => scheduleRoute(dense, route)));
        expect(findSolutionFaults(dense, solution, schedules)).toEqual([]);
        for (const stop of solution.unassigned) {
          expect(explainUnassigned(measured, solution, stop)).toEqual(
            explainUnassigned(dense, solution, stop),
          );
        }
      }),
      { numRuns: 40 },
    );
  });

  test("has the neighbours of its matrices, also where many are as near", () => {
    const problems = fc
      .record({ size: fc.integer({ min: 2, max: 300 }), costPerTravelSecond: fc.constantFrom(0, 1) })
      .chain(({ size, costPerTravelSecond }) =>
        anyForms(size).map(({ points }) => {
          const stops = Array.from({ length: size }, (_, index) => ({ location: (index * 7) % size }));
          const draft = { stops, vehicles: [{ costPerTravelSecond }], meters: [[[0]]] };
          return { ...routingProblem(draft), travel: [points] };
        }),
      );
    fc.assert(
      fc.property(problems, fc.integer({ min: 1, max: 60 }), (problem, width) => {
        const dense = { ...problem, travel: problem.travel.map(inMatrix) };
        const neighboursOf = (one: Problem) => findNeighbours(buildModel(one), width, () => false);
        expect(neighboursOf(problem)).toEqual(neighboursOf(dense));
      }),
      { numRuns: 60 },
    );
  });

  test("is shared as it is", () => {
    fc.assert(
      fc.property(anyTwins(anyProblem), ({ measured }) => {
        expect(structuredClone(shareProblem(measured))).toEqual(measured);
      }),
      { numRuns: 20 },
    );
  });
});
