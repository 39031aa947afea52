import type { VroomAnswer, VroomRoute } from "../../src/planning/vroom/answer.ts";

type Window = [number, number];
type Job = {
  id: number;
  location_index: number;
  setup: number;
  service: number;
  delivery: number[];
  pickup: number[];
  skills: number[];
  priority: number;
  time_windows: Window[];
};
type Vehicle = {
  id: number;
  start_index: number;
  end_index?: number;
  capacity: number[];
  skills: number[];
  time_window: Window;
  speed_factor: number;
  max_tasks: number;
  max_travel_time: number;
  max_distance: number;
  costs: { fixed: number; per_hour: number; per_km: number; per_task_hour: number };
};

/** A problem in which every field is set, so that the check needs no defaults. */
export type PlainProblem = {
  jobs: Job[];
  vehicles: Vehicle[];
  matrices: { car: { durations: number[][]; distances: number[][] } };
};

/** Every way in which an answer does not fit its document, worked out from the document alone. */
export function checkVroomAnswer(problem: PlainProblem, answer: VroomAnswer): string[] {
  const told = [
    ...answer.routes.flatMap(({ steps }) => steps.flatMap(({ id }) => id ?? [])),
    ...answer.unassigned.map(({ id }) => id),
  ];
  const faults =
    [...told].sort((a, b) => a - b).join() === problem.jobs.map(({ id }) => id).join() ? [] : ["jobs"];
  const used = answer.routes.map(({ vehicle }) => vehicle);
  if (new Set(used).size !== used.length) faults.push("a vehicle drives twice");
  return [...faults, ...answer.routes.flatMap((route) => checkRoute(problem, route))];
}

function checkRoute({ jobs, vehicles, matrices }: PlainProblem, route: VroomRoute): string[] {
  const faults: string[] = [];
  const must = (holds: boolean, fault: string) => {
    if (!holds) faults.push(`vehicle ${route.vehicle}: ${fault}`);
  };
  const vehicle = vehicles.find(({ id }) => id === route.vehicle)!;
  const visited = route.steps.flatMap(({ id }) => jobs.find((job) => job.id === id) ?? []);
  const { durations, distances } = matrices.car;
  let place = vehicle.start_index;
  let [clock] = [route.steps[0]!.arrival];
  let load = visited.reduce(
    (sum, job) => add(sum, job.delivery),
    vehicle.capacity.map(() => 0),
  );
  let seconds = 0;
  let meters = 0;
  let taskSeconds = 0;
  must(clock >= vehicle.time_window[0], "leaves before its hours");
  must(fits(load, vehicle.capacity), "overloaded at the start");
  for (const [index, step] of route.steps.slice(1).entries()) {
    const job = visited[index];
    const to = job?.location_index ?? vehicle.end_index ?? place;
    const leg = durations[place]![to]! / vehicle.speed_factor;
    seconds += leg;
    meters += distances[place]![to]!;
    // Speed factors are kept to hundredths of a matrix second, and times are cut to whole seconds.
    must(
      Math.abs(step.arrival - clock - leg) <= 1 + durations[place]![to]! * 0.005,
      `leg ${index} does not last ${leg}`,
    );
    if (!job) continue;
    const setup = place === to ? 0 : job.setup;
    const start = step.arrival + step.waiting_time;
    load = add(load, job.pickup, job.delivery);
    must(step.setup === setup && step.service === job.service, `job ${job.id} has other times`);
    must(
      job.time_windows.some(([from, until]) => from <= start && start <= until),
      `job ${job.id} misses its windows`,
    );
    must(
      job.skills.every((skill) => vehicle.skills.includes(skill)),
      `job ${job.id} needs skills`,
    );
    must(fits(load, vehicle.capacity), `overloaded after job ${job.id}`);
    taskSeconds += setup + job.service;
    clock = start + setup + job.service;
    place = to;
  }
  must(route.steps.at(-1)!.arrival <= vehicle.time_window[1], "is back after its hours");
  must(visited.length <= vehicle.max_tasks, "has too many tasks");
  must(seconds <= vehicle.max_travel_time * 1.005, "travels too long");
  must(meters <= vehicle.max_distance, "travels too far");
  const { fixed, per_hour, per_km, per_task_hour } = vehicle.costs;
  const cost = fixed + (per_hour * seconds + per_task_hour * taskSeconds) / 3600 + (per_km * meters) / 1000;
  must(Math.abs(route.cost - cost) <= 1 + cost * 0.005, `costs ${cost}, not ${route.cost}`);
  return faults;
}

function add(sum: number[], more: number[], less: number[] = []): number[] {
  return sum.map((value, index) => value + more[index]! - (less[index] ?? 0));
}

function fits(load: number[], capacity: number[]): boolean {
  return load.every((value, index) => value >= 0 && value <= capacity[index]!);
}
