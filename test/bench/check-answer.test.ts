import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checkAnswer } from "../../bench/checker/check-answer.ts";
import type { Answer, Instance } from "../../bench/instances/instance.ts";
import { readInstance } from "../../bench/instances/read-instance.ts";
import { readPublishedAnswer } from "../support/published-answer.ts";

const fixtures = join(import.meta.dirname, "../fixtures/instances");

describe("the published best known solutions", () => {
  test.each([
    ["cvrp/X-n101-k25", 27_591],
    ["hfvrp/X115-HVRP", 19_412.56],
    ["sdvrptw/PR01", 1655.42],
  ])("%s is feasible at its published cost %d", (name, cost) => {
    const instance = readInstance(join(fixtures, `${name}.vrp`));
    const answer = readPublishedAnswer(join(fixtures, `${name}.sol`), instance);
    const verdict = checkAnswer(instance, answer);
    expect(verdict.faults).toEqual([]);
    expect(verdict.feasible).toBe(true);
    expect(verdict.cost).toBeCloseTo(cost, 2);
  });
});

/** Depot at 0, stops at 3, 4 and 10 on a line; two small vehicles and a large one. */
const line: Instance = {
  name: "line",
  kind: "rich",
  rounding: "one_decimal",
  places: [0, 3, 4, 10].map((x) => ({ x, y: 0 })),
  stops: [
    { place: 1, demand: [2, 0], service: 1 },
    { place: 2, demand: [2, 1], service: 1, window: [0, 6] },
    { place: 3, demand: [1, 1], service: 1, window: [20, 22] },
  ],
  fleet: [
    {
      count: 2,
      depot: 0,
      capacity: [4, 2],
      fixedCost: 10,
      costPerDistance: 1,
      shift: [0, 40],
      maxDuration: 30,
    },
    { count: 1, depot: 0, capacity: [9, 9], fixedCost: 25, costPerDistance: 2, allowedStops: [1, 2] },
  ],
  costDivisor: 1,
};

const good: Answer = {
  routes: [
    { vehicleType: 0, stops: [0, 1] },
    { vehicleType: 0, stops: [2] },
  ],
};

function faultsOf(routes: Answer["routes"], instance = line): string {
  const { feasible, faults } = checkAnswer(instance, { routes });
  expect(feasible).toBe(faults.length === 0);
  return faults.join("; ");
}

describe("an answer of two routes on a line", () => {
  test("is feasible at two fixed costs and its distance", () => {
    expect(checkAnswer(line, good)).toEqual({ feasible: true, cost: 2 * 10 + 8 + 20, faults: [] });
  });

  test("is infeasible when a stop is missing", () => {
    expect(faultsOf([{ vehicleType: 0, stops: [0, 1] }])).toBe("stop 2 is visited 0 times");
  });

  test("is infeasible when a stop is visited twice", () => {
    const [first, second] = good.routes;
    expect(faultsOf([first!, { ...second!, stops: [2, 0] }])).toContain("stop 0 is visited 2 times");
  });

  test("is infeasible when it visits a stop that does not exist", () => {
    expect(faultsOf([...good.routes, { vehicleType: 1, stops: [7] }])).toContain("stop 7 does not exist");
  });

  test("is infeasible when a vehicle is overloaded in one dimension", () => {
    expect(faultsOf([{ vehicleType: 0, stops: [0, 1, 2] }])).toContain(
      "carries 5 of dimension 0, its vehicle takes 4",
    );
  });

  test("is infeasible when a window is missed", () => {
    expect(
      faultsOf([
        { vehicleType: 0, stops: [2, 1] },
        { vehicleType: 0, stops: [0] },
      ]),
    ).toContain("serves place 2 at 27, after 6");
  });

  test("is infeasible when more vehicles are used than there are", () => {
    const single = (stop: number) => ({ vehicleType: 0, stops: [stop] });
    expect(faultsOf([single(0), single(1), single(2)])).toBe("3 vehicles of type 0 are used, 2 are there");
  });

  test("is infeasible when a vehicle may not visit a stop", () => {
    expect(
      faultsOf([
        { vehicleType: 1, stops: [0, 1] },
        { vehicleType: 0, stops: [2] },
      ]),
    ).toContain("route 1 may not visit stop 0");
  });

  test("is infeasible when the vehicle type does not exist", () => {
    expect(faultsOf([{ vehicleType: 5, stops: [0, 1, 2] }])).toContain("vehicle type 5 does not exist");
  });

  test("is infeasible when a vehicle is back after its shift", () => {
    const [small, large] = line.fleet;
    const early = { ...line, fleet: [{ ...small!, shift: [0, 30.9] as [number, number] }, large!] };
    expect(faultsOf(good.routes, early)).toBe("route 2 is back at 31, after 30.9");
  });

  test("counts a duration from the latest departure that keeps the windows", () => {
    const [small, large] = line.fleet;
    const limited = (maxDuration: number) => ({ ...line, fleet: [{ ...small!, maxDuration }, large!] });
    expect(faultsOf(good.routes, limited(21))).toBe("");
    expect(faultsOf(good.routes, limited(20.9))).toBe("route 2 takes 21, more than 20.9");
  });
});

describe("a stop with a prize", () => {
  const [first, second, third] = line.stops;
  const withPrize = { ...line, stops: [first!, second!, { ...third!, prize: 7.5 }] };

  test("may be left out, which costs its prize", () => {
    const routes = [{ vehicleType: 0, stops: [0, 1] }];
    expect(checkAnswer(withPrize, { routes })).toEqual({ feasible: true, cost: 10 + 8 + 7.5, faults: [] });
  });

  test("costs nothing more when it is visited, and is not visited twice", () => {
    expect(checkAnswer(withPrize, good).cost).toBe(2 * 10 + 8 + 20);
    expect(faultsOf([...good.routes, { vehicleType: 0, stops: [2] }], withPrize)).toContain(
      "visited 2 times",
    );
  });
});

test("the readers and the checker import nothing of the planner", () => {
  const bench = join(import.meta.dirname, "../../bench");
  const files = ["instances", "checker"].flatMap((folder) =>
    readdirSync(join(bench, folder)).map((file) => join(bench, folder, file)),
  );
  expect(files.length).toBeGreaterThan(6);
  for (const file of files) expect(readFileSync(file, "utf8"), file).not.toMatch(/from "[^"]*src\//);
});
