import type { LonLat } from "./places.ts";

/** Sums over a route or over all of them (API.md, Summary and Routes); amounts only with capacities. */
export type VroomSums = {
  cost: number;
  delivery?: number[];
  pickup?: number[];
  setup: number;
  service: number;
  duration: number;
  waiting_time: number;
  priority: number;
  /** Only where distances are known for every vehicle. */
  distance?: number;
  violations: never[];
};

/** Milliseconds, as VROOM tells them. */
export type ComputingTimes = { loading: number; solving: number; routing: number };

/** A step of a route (API.md, Steps). */
export type VroomStep = {
  type: "start" | "job" | "break" | "end";
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
  violations: never[];
  distance?: number;
};

/** A route (API.md, Routes). */
export type VroomRoute = { vehicle: number; description?: string } & VroomSums & { steps: VroomStep[] };

/** A job that no vehicle serves; `reason` is ours and says why. */
export type VroomUnassigned = {
  id: number;
  type: "job";
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
