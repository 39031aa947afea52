import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkDocument } from "../../../bench/checker/check-document.ts";
import type { VroomDocument } from "../../../bench/checker/vroom-document.ts";
import { createExplainer } from "../../../src/planning/explain.ts";
import { search } from "../../../src/planning/search/search.ts";
import { readVroom } from "../../../src/planning/vroom/read-vroom.ts";
import { writeReason } from "../../../src/planning/vroom/reason.ts";
import { writeVroom } from "../../../src/planning/vroom/write-vroom.ts";
import { bend } from "../../support/vroom-problem.ts";

function solve(document: unknown) {
  const { problem, context } = readVroom(document);
  const solution = search(problem, { seed: 1, iterations: 500, now: () => 0 });
  const computingTimes = { loading: 0, solving: 0, routing: 0 };
  const explain = createExplainer(problem, solution);
  const reasonOf = (stop: number) => writeReason(context, explain(stop));
  return writeVroom({ problem, context, solution, computingTimes, reasonOf });
}

const fixture = (name: string) =>
  JSON.parse(readFileSync(join(import.meta.dirname, "../../fixtures/vroom", name), "utf8"));

/** Meters a second, as the crow flies, at which a way takes longer than any of the solution's. */
const slow = 9;

/** Between two places as texts, near enough on a map of this size. */
function metersBetween(from: string, to: string): number {
  const [[lonA = 0, latA = 0], [lonB = 0, latB = 0]] = [from, to].map((text) =>
    text.split(",").map(Number),
  ) as [number[], number[]];
  return Math.hypot((lonB - lonA) * 73_000, (latB - latA) * 111_000);
}

type Step = { location?: number[]; duration: number; distance: number };

/** VROOM's first example with the legs that its published solution drives, and all other ways as the crow walks. */
function measuredExample(): VroomDocument {
  const document: VroomDocument = fixture("example-1.json");
  const routes: { steps: Step[] }[] = fixture("example-1-solution.json").routes;
  const shipments = document.shipments!;
  const tasks = [...document.jobs!, ...shipments.flatMap(({ pickup, delivery }) => [pickup, delivery])];
  const places = [document.vehicles[0]!.start, ...tasks.map(({ location }) => location)].map(String);
  const square = (metersASecond: number) =>
    places.map((from) => places.map((to) => Math.round(metersBetween(from, to) / metersASecond)));
  const [durations, distances] = [square(slow), square(1)];
  for (const { steps } of routes) {
    const visits = steps.filter(({ location }) => location);
    for (const [index, to] of visits.slice(1).entries()) {
      const from = visits[index]!;
      const leg = [from, to].map(({ location }) => places.indexOf(String(location)));
      durations[leg[0]!]![leg[1]!] = to.duration - from.duration;
      distances[leg[0]!]![leg[1]!] = to.distance - from.distance;
    }
  }
  const located = <Task extends { location?: unknown }>(task: Task) => ({
    ...task,
    location_index: places.indexOf(String(task.location)),
  });
  return {
    vehicles: document.vehicles.map((vehicle) => ({ ...vehicle, start_index: 0, end_index: 0 })),
    jobs: document.jobs!.map(located),
    shipments: shipments.map(({ pickup, delivery, ...rest }) => ({
      ...rest,
      pickup: located(pickup),
      delivery: located(delivery),
    })),
    matrices: { car: { durations, distances } },
  };
}

/** A step without its place and distance: the example has no matrix, and its last meter is lost to rounding. */
function pictureOf(step: object) {
  return { ...step, location: undefined, location_index: undefined, distance: undefined };
}

test("VROOM's first example, with a shipment and a break, is solved and told as VROOM does", () => {
  const document = measuredExample();
  const answer = solve(document);
  const expected = fixture("example-1-solution.json");
  expect(checkDocument(document, answer)).toEqual([]);
  const { cost, routes, unassigned, delivery, pickup, setup, service, duration, waiting_time, priority } =
    expected.summary;
  expect(answer.summary).toMatchObject({
    ...{ cost, routes, unassigned, delivery, pickup, setup, service, duration, waiting_time, priority },
  });
  for (const [index, route] of answer.routes.entries()) {
    expect(route.steps.map(pictureOf)).toEqual(expected.routes[index].steps.map(pictureOf));
    expect(route).toMatchObject({
      vehicle: expected.routes[index].vehicle,
      delivery: expected.routes[index].delivery,
      pickup: expected.routes[index].pickup,
    });
  }
});

const line = [0, 10, 20, 30].map((from) => [0, 10, 20, 30].map((to) => Math.abs(from - to)));
const shipment = {
  pickup: { id: 1, location_index: 1, service: 5, description: "from the mill" },
  delivery: { id: 1, location_index: 3, setup: 7 },
  amount: [2],
  priority: 10,
};
const small = {
  vehicles: [{ id: 1, start_index: 0, end_index: 0, capacity: [2] }],
  shipments: [shipment],
  matrices: { car: { durations: line } },
};

test("a document may have shipments alone, whose priority counts at both ends", () => {
  const { routes, summary, unassigned } = solve(small);
  expect(unassigned).toEqual([]);
  expect(routes[0]!.steps.map(({ type, load }) => [type, load])).toEqual([
    ["start", [0]],
    ["pickup", [2]],
    ["delivery", [0]],
    ["end", [0]],
  ]);
  expect(summary).toMatchObject({ priority: 20, delivery: [2], pickup: [2], service: 5, setup: 7 });
});

test("a shipment counts as two tasks, and both are told when it stays out", () => {
  const answer = solve(bend(small, "vehicles[0].max_tasks", 1));
  expect(answer.summary.unassigned).toBe(2);
  expect(answer.unassigned).toMatchObject([
    { id: 1, type: "pickup", location_index: 1, description: "from the mill" },
    { id: 1, type: "delivery", location_index: 3 },
  ]);
  expect(answer.unassigned[0]!.reason).toContain("max_tasks");
});

test("a shipment goes before a job of less priority than both its tasks together", () => {
  const jobs = [{ id: 1, location_index: 2, delivery: [2], priority: 15 }];
  const vehicles = [{ ...small.vehicles[0], time_window: [0, 75] }];
  const one = { ...small, jobs, vehicles: vehicles.map((own) => ({ ...own, max_tasks: 2 })) };
  expect(solve(one).unassigned).toMatchObject([{ id: 1, type: "job" }]);
  const dear = bend(one, "jobs[0].priority", 21);
  expect(solve(dear).unassigned.map(({ type }) => type)).toEqual(["pickup", "delivery"]);
});

test.each<[string, unknown, string]>([
  ["shipments", {}, "shipments takes an array of shipments"],
  ["shipments", [7], "shipments[0] takes an object"],
  ["shipments[0].pickup", undefined, "shipments[0].pickup takes an object, but it is missing"],
  ["shipments[0].delivery", [], "shipments[0].delivery takes an object"],
  ["shipments[0].pickup.id", "1", "shipments[0].pickup.id takes a whole number"],
  [
    "shipments[0].delivery.location_index",
    4,
    "shipments[0].delivery.location_index takes a whole number from 0 to 3",
  ],
  ["shipments[0].amount", [1, 2], "shipments[0].amount takes 1 numbers"],
  ["shipments[0].priority", 101, "shipments[0].priority takes a whole number from 0 to 100"],
  ["shipments[0].skills", 1, "shipments[0].skills takes an array of whole numbers"],
  ["shipments[0].pickup.time_windows", [[5, 4]], "shipments[0].pickup.time_windows[0] takes a start before"],
  ["shipments", [shipment, shipment], "shipments[1].pickup.id is 1, which shipments[0].pickup has already"],
  [
    "shipments",
    [shipment, { ...shipment, pickup: { ...shipment.pickup, id: 2 } }],
    "shipments[1].delivery.id is 1, which shipments[0].delivery has already",
  ],
  ["shipments", [], "jobs takes an array of jobs, but it is missing"],
])("%s as %j is refused by its path", (path, value, message) => {
  expect(() => readVroom(bend(small, path, value))).toThrow(message);
});
