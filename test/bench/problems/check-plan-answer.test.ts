import { expect, test } from "vitest";
import { checkPlanAnswer } from "../../../bench/checker/check-plan-answer.ts";
import type { AnswerStep, VroomAnswer, VroomDocument } from "../../../bench/checker/vroom-document.ts";

const document: VroomDocument = {
  vehicles: [
    {
      id: 1,
      start_index: 0,
      end_index: 0,
      capacity: [4],
      time_window: [0, 250],
      breaks: [{ id: 7 }],
      steps: [
        { type: "job", id: 1, service_after: 150 },
        { type: "job", id: 2 },
      ],
    },
  ],
  jobs: [
    { id: 1, location_index: 1, delivery: [3], service: 10, time_windows: [[0, 100]] },
    { id: 2, location_index: 0, delivery: [2] },
    { id: 3, location_index: 1 },
  ],
  matrix: [
    [0, 100],
    [100, 0],
  ],
};

const still = { waiting_time: 0, setup: 0, service: 0 };
const load = { cause: "load" };
const late = { cause: "delay", duration: 50 };
const missing = { cause: "missing_break" };
const steps: AnswerStep[] = [
  { type: "start", arrival: 50, ...still, load: [5], violations: [load] },
  { type: "job", id: 1, arrival: 150, ...still, service: 10, load: [2], violations: [late] },
  { type: "job", id: 2, arrival: 260, ...still, load: [0], violations: [] },
  { type: "end", arrival: 260, ...still, load: [0], violations: [{ cause: "delay", duration: 10 }] },
];
const all = [load, { cause: "delay", duration: 60 }, missing];
const answer: VroomAnswer = {
  summary: { cost: 200, unassigned: 1, violations: all },
  unassigned: [{ id: 3, type: "job" }],
  routes: [{ vehicle: 1, cost: 200, steps, violations: all }],
};

function withStep(index: number, change: Partial<AnswerStep>): VroomAnswer {
  const changed = steps.map((step, at) => (at === index ? { ...step, ...change } : step));
  return { ...answer, routes: [{ ...answer.routes[0]!, steps: changed }] };
}

test("the answer worked out by hand has no fault", () => {
  expect(checkPlanAnswer(document, answer)).toEqual([]);
});

test.each([
  ["a violation that is not told", withStep(1, { violations: [] }), "job 1 violates"],
  ["one that is none", withStep(2, { violations: [load] }), "job 2 violates"],
  ["another lateness", withStep(3, { violations: [{ cause: "delay", duration: 11 }] }), "end  violates"],
  ["a forced time that is not kept", withStep(1, { arrival: 149 }), "begins at 149"],
  ["a way that takes longer", withStep(2, { arrival: 280 }), "drives 120 seconds, not 100"],
  ["a departure before the arrival", withStep(2, { arrival: 155 }), "before it leaves"],
  ["another load", withStep(1, { load: [3] }), "carries 3, not 2"],
  ["another stay", withStep(1, { service: 0 }), "stays 0 + 0"],
  ["another order", { ...answer, routes: [{ ...answer.routes[0]!, steps: steps.toReversed() }] }, "does end"],
  ["a route too many", { ...answer, routes: [...answer.routes, ...answer.routes] }, "there are 2 routes"],
  ["no route", { ...answer, routes: [] }, "vehicle 1 has no route"],
  ["a task that is not left out", { ...answer, unassigned: [] }, "0 tasks are left out, not 1"],
  [
    "a summary without violations",
    { ...answer, summary: { cost: 200, unassigned: 1 } },
    "the summary violates",
  ],
])("%s is found", (_, changed, fault) => {
  expect(checkPlanAnswer(document, changed).join("; ")).toContain(fault);
});
