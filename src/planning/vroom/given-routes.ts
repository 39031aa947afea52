import type { Problem } from "../problem.ts";
import { scheduleRoute } from "../schedule.ts";
import type { SolutionRoute } from "../solution.ts";
import { refusePath } from "./fields.ts";
import type { VroomJob } from "./jobs.ts";
import { fieldOf } from "./reason.ts";
import type { VroomStepRequest } from "./steps.ts";
import type { VroomVehicle } from "./vehicles.ts";

/** A step of a given route with what is done there: the index of a stop, or of one of the vehicle's breaks. */
export type GivenStep = VroomStepRequest & { stop?: number; breakIndex?: number };

/** The route that a document gives a vehicle, from its start to its end. */
export type GivenRoute = { vehicle: number; steps: GivenStep[] };

/** The given routes with their tasks found; refuses a task that is not there, or there for the second time. */
export function findGivenRoutes(vehicles: readonly VroomVehicle[], jobs: readonly VroomJob[]): GivenRoute[] {
  const stopOf = new Map(jobs.map(({ type, id }, stop) => [`${type} ${id}`, stop]));
  const taken = new Map<number, string>();
  const find = (step: VroomStepRequest): number => {
    const { type, id, path } = step;
    const stop =
      stopOf.get(`${type} ${id}`) ?? refusePath(`${path}.id`, `is ${id}, but there is no such ${type}`);
    const earlier = taken.get(stop);
    if (earlier) refusePath(`${path}.id`, `is ${id}, the ${type} that ${earlier} has already`);
    taken.set(stop, path);
    return stop;
  };
  return vehicles.flatMap(({ steps, breaks }, vehicle) => {
    if (steps.length === 0) return [];
    const found = steps.map((step): GivenStep => {
      if (step.type === "start" || step.type === "end") return step;
      if (step.type === "break") return { ...step, breakIndex: breaks.findIndex(({ id }) => id === step.id) };
      return { ...step, stop: find(step) };
    });
    return [{ vehicle, steps: found }];
  });
}

/** The tasks of a given route in their order. */
export function toSolutionRoute({ vehicle, steps }: GivenRoute): SolutionRoute {
  return { vehicle, stops: steps.flatMap(({ stop }) => stop ?? []) };
}

/**
 * What a search begins with (API.md, Vehicle steps, in solving mode): the tasks alone, in their order. Refuses, as
 * VROOM does, a route that breaks a rule.
 */
export function initialRoutes(problem: Problem, given: readonly GivenRoute[]): SolutionRoute[] {
  return given.flatMap((route) => {
    const { vehicle, stops } = toSolutionRoute(route);
    if (stops.length === 0) return [];
    const broken = scheduleRoute(problem, { vehicle, stops }).violations.map(({ limit }) => fieldOf[limit]);
    if (broken.length === 0) return [{ vehicle, stops }];
    return refusePath(
      `vehicles[${vehicle}].steps`,
      `describes a route that breaks ${[...new Set(broken)].join(", ")}; waybill solve -c lists what a plan violates`,
    );
  });
}
