import type { TaskType } from "./jobs.ts";
import type { LonLat } from "./places.ts";

/** What a route breaks, by the names that API.md gives. */
export const violationCauses = [
  "lead_time",
  "delay",
  "load",
  "max_tasks",
  "skills",
  "precedence",
  "missing_break",
  "max_travel_time",
  "max_load",
  "max_distance",
] as const;

/** A violation (API.md, Violation); `duration` says how early a `lead_time` or how late a `delay` is. */
export type VroomViolation = { cause: (typeof violationCauses)[number]; duration?: number };

/** Sums over a route or over all of them (API.md, Summary and Routes); amounts only with capacities. */
export type VroomSums = {
  cost: number;
  delivery?: number[];
  /** The old name of `delivery`, which VROOM still writes. */
  amount?: number[];
  pickup?: number[];
  setup: number;
  service: number;
  duration: number;
  waiting_time: number;
  priority: number;
  /** Only where distances are known for every vehicle. */
  distance?: number;
  violations: VroomViolation[];
};

/** Milliseconds, as VROOM tells them. */
export type ComputingTimes = { loading: number; solving: number; routing: number };

/** A step of a route (API.md, Steps). */
export type VroomStep = {
  type: "start" | TaskType | "break" | "end";
  description?: string;
  location?: LonLat;
  location_index?: number;
  id?: number;
  job?: number;
  setup: number;
  service: number;
  waiting_time: number;
  load?: number[];
  arrival: number;
  duration: number;
  violations: VroomViolation[];
  distance?: number;
};

/** A route (API.md, Routes). */
export type VroomRoute = { vehicle: number; description?: string } & VroomSums & { steps: VroomStep[] };

/** A task that no vehicle serves; `reason` is ours and says why. */
export type VroomUnassigned = {
  id: number;
  type: TaskType;
  location?: LonLat;
  location_index?: number;
  description?: string;
  reason: string;
};

/** A solution in VROOM's JSON format (API.md, Output). */
export type VroomAnswer = {
  code: 0;
  summary: VroomSums & { routes: number; unassigned: number; computing_times: ComputingTimes };
  unassigned: VroomUnassigned[];
  routes: VroomRoute[];
};
