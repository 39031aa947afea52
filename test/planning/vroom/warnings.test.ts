import { expect, test } from "vitest";
import { readVroom } from "../../../src/planning/vroom/read-vroom.ts";
import { findWarnings } from "../../../src/planning/vroom/warnings.ts";

const matrix = [[0]];
const place = { location_index: 0 };

function warningsOf(vehicles: object[], jobs: object[]): string[] {
  const numbered = vehicles.map((vehicle, id) => ({ id, start_index: 0, capacity: [4], ...vehicle }));
  return findWarnings(readVroom({ vehicles: numbered, jobs, matrix }).context);
}

test("a document in which every vehicle can do something and every task be served has no warning", () => {
  expect(
    warningsOf(
      [{}, { skills: [2] }],
      [
        { id: 1, ...place, delivery: [4], skills: [2] },
        { id: 2, ...place },
      ],
    ),
  ).toEqual([]);
});

test.each([
  ["carries nothing", { capacity: [0] }, "its capacity is 0"],
  ["carries too little", { capacity: [2] }, "each is more than its capacity"],
  ["takes no task", { max_tasks: 0 }, "its max_tasks is 0"],
  ["lacks a skill", { skills: [1] }, "it has the skills of none"],
])("a vehicle that %s is told, with the reason", (_, vehicle, reason) => {
  const jobs = [{ id: 1, ...place, delivery: [3], skills: [7] }];
  expect(warningsOf([{ skills: [7] }, { skills: [7], ...vehicle }], jobs)).toEqual([
    `vehicles[1] can serve no task: ${reason}`,
  ]);
});

test("a task that no vehicle may serve is told, with the reason", () => {
  const jobs = [
    { id: 1, ...place },
    { id: 5, ...place, pickup: [9] },
    { id: 6, ...place, skills: [3] },
  ];
  expect(warningsOf([{}], jobs)).toEqual([
    "job 5 can be served by no vehicle: it is more than any of them carries",
    "job 6 can be served by no vehicle: none has its skills",
  ]);
});
