/** VROOM's problem format as its document has it (API.md, Input): nothing filled in, nothing of the planner. */
export type Window = [start: number, end: number];
type Position = [longitude: number, latitude: number];
type TimesByType = Record<string, number>;

/** What is done at one place (API.md, Jobs and Shipments). */
export type Task = {
  id: number;
  location?: Position;
  location_index?: number;
  setup?: number;
  service?: number;
  setup_per_type?: TimesByType;
  service_per_type?: TimesByType;
  time_windows?: Window[];
};

/** A task of its own (API.md, Jobs). */
export type Job = Task & {
  delivery?: number[];
  pickup?: number[];
  amount?: number[];
  skills?: number[];
  priority?: number;
};

/** Two tasks that ride on one vehicle (API.md, Shipments). */
export type Shipment = {
  pickup: Task;
  delivery: Task;
  amount?: number[];
  skills?: number[];
  priority?: number;
};

/** A rest that a vehicle takes (API.md, Vehicles). */
export type Break = { id: number; time_windows?: Window[]; service?: number; max_load?: number[] };

/** A step of a given route (API.md, Vehicles). */
export type PlanStep = {
  type: "start" | "job" | "pickup" | "delivery" | "break" | "end";
  id?: number;
  service_at?: number;
  service_after?: number;
  service_before?: number;
};

/** A vehicle (API.md, Vehicles). */
export type Vehicle = {
  id: number;
  profile?: string;
  type?: string;
  start?: Position;
  start_index?: number;
  end?: Position;
  end_index?: number;
  capacity?: number[];
  skills?: number[];
  time_window?: Window;
  breaks?: Break[];
  speed_factor?: number;
  max_tasks?: number;
  max_travel_time?: number;
  max_distance?: number;
  steps?: PlanStep[];
  costs?: { fixed?: number; per_hour?: number; per_km?: number; per_task_hour?: number; per_task?: number };
};

type Matrices = { durations?: number[][]; distances?: number[][]; costs?: number[][] };

/** A whole problem (API.md, Input). */
export type VroomDocument = {
  jobs?: Job[];
  shipments?: Shipment[];
  vehicles: Vehicle[];
  matrices?: Record<string, Matrices>;
  matrix?: number[][];
};

/** The parts of an answer that are checked (API.md, Output). */
export type AnswerStep = {
  type: string;
  id?: number;
  arrival: number;
  waiting_time: number;
  setup: number;
  service: number;
  load?: number[];
  distance?: number;
  violations?: Violation[];
};
/** A rule that a step, a route or a plan breaks, and by how many seconds where it is one of time. */
export type Violation = { cause: string; duration?: number };
/** A route of an answer (API.md, Routes). */
export type AnswerRoute = {
  vehicle: number;
  cost: number;
  distance?: number;
  steps: AnswerStep[];
  violations?: Violation[];
};
/** An answer (API.md, Output). */
export type VroomAnswer = {
  summary: { cost: number; unassigned: number; violations?: Violation[] };
  unassigned: { id: number; type: string }[];
  routes: AnswerRoute[];
};

/** Something to be visited: a job, or one half of a shipment. */
export type Visit = {
  type: "job" | "pickup" | "delivery";
  task: Task;
  /** What is on board from the start of the route until here, and from here to its end; or between the halves. */
  unloaded: number[];
  loaded: number[];
  skills: number[];
  shipment?: Shipment;
};

/** All visits of a document. */
export function visitsOf({ jobs = [], shipments = [] }: VroomDocument): Visit[] {
  const ofJobs = jobs.map((job): Visit => {
    // The old `amount` counts as delivery where a job has neither (API.md, Jobs).
    const unloaded = job.delivery ?? (job.pickup ? [] : (job.amount ?? []));
    return { type: "job", task: job, unloaded, loaded: job.pickup ?? [], skills: job.skills ?? [] };
  });
  const ofShipments = shipments.flatMap((shipment): Visit[] => {
    const { pickup, delivery, amount = [], skills = [] } = shipment;
    return [
      { type: "pickup", task: pickup, unloaded: [], loaded: amount, skills, shipment },
      { type: "delivery", task: delivery, unloaded: amount, loaded: [], skills, shipment },
    ];
  });
  return [...ofJobs, ...ofShipments];
}

/** Where something is: coordinates, or an index where the document has matrices. */
export type Spot = Position | number;

/** Where a task is; nothing where the document does not tell. */
export function spotOf(document: VroomDocument, { location, location_index }: Task): Spot | undefined {
  return isMeasured(document) ? location_index : location;
}

/** Where a vehicle starts and ends, as far as it does anywhere. */
export function endsOf(document: VroomDocument, vehicle: Vehicle): { start?: Spot; end?: Spot } {
  const { start, start_index, end, end_index } = vehicle;
  const ends = isMeasured(document) ? { start: start_index, end: end_index } : { start, end };
  return {
    ...(ends.start === undefined ? {} : { start: ends.start }),
    ...(ends.end === undefined ? {} : { end: ends.end }),
  };
}

/** Whether two spots are one; what is nowhere is at no spot. */
export function isSameSpot(a: Spot | undefined, b: Spot | undefined): boolean {
  // A position may have more than longitude and latitude; VROOM reads these two.
  const nameOf = (spot: Spot | undefined) => String(typeof spot === "object" ? spot.slice(0, 2) : spot);
  return a !== undefined && nameOf(a) === nameOf(b);
}

/** Whether times and distances are given rather than estimated. */
export function isMeasured({ matrices, matrix }: VroomDocument): boolean {
  if (matrices === undefined) return matrix !== undefined;
  // A profile without any matrix is as good as none.
  return Object.values(matrices).some(
    ({ durations, costs }) => durations !== undefined || costs !== undefined,
  );
}

/** Whether some travel is estimated: all of it, or what no matrix tells of places that have coordinates as well. */
export function isEstimated(document: VroomDocument): boolean {
  return !isMeasured(document) || placesOf(document).length > 0;
}

type PlaceOfRow = { row: number; position: Position };

/** The rows of the matrices that coordinates are given for. */
function placesOf(document: VroomDocument): PlaceOfRow[] {
  const ends = document.vehicles.flatMap(({ start, start_index, end, end_index }) => [
    { location: start, location_index: start_index },
    { location: end, location_index: end_index },
  ]);
  const tasks = visitsOf(document).map(({ task }) => task);
  return [...ends, ...tasks].flatMap(({ location, location_index }) =>
    location && location_index !== undefined ? [{ row: location_index, position: location }] : [],
  );
}

/** The way from one spot to the next. */
export type Leg = { seconds: number; meters: number; cost: number };

/** The way between two spots; nothing where a route has no start or no end. */
export function drive(
  document: VroomDocument,
  vehicle: Vehicle,
  [from, to]: [Spot | undefined, Spot | undefined],
): Leg {
  if (from === undefined || to === undefined) return { seconds: 0, meters: 0, cost: 0 };
  // VROOM counts a speed factor in hundredths.
  const slowness = Math.round(100 / (vehicle.speed_factor ?? 1)) / 100;
  if (typeof from === "number" && typeof to === "number") {
    const { durations, distances, costs } = matricesOf(document, vehicle);
    const places = placesOf(document);
    const [start, end] = [from, to].map((index) => places.find(({ row }) => row === index)?.position);
    const estimate = start && end ? 1.3 * sphereMeters(start, end) : 0;
    const cell = (matrix: number[][] | undefined, otherwise: number) =>
      matrix ? (matrix[from]?.[to] ?? 0) : otherwise;
    const seconds = cell(durations, estimate / (40 / 3.6));
    return { seconds: seconds * slowness, meters: cell(distances, estimate), cost: cell(costs, 0) };
  }
  if (typeof from === "number" || typeof to === "number")
    throw new Error("a route mixes indices and coordinates");
  const meters = 1.3 * sphereMeters(from, to);
  return { seconds: (meters / (40 / 3.6)) * slowness, meters, cost: 0 };
}

/** The matrices that a vehicle drives by, [from][to]; none where all is estimated. */
export function matricesOf({ matrices, matrix }: VroomDocument, { profile }: Vehicle): Matrices {
  const own = matrices?.[profile || "car"];
  if (own) return own;
  return matrix ? { durations: matrix } : {};
}

/** Haversine on a sphere of the Earth's mean radius. */
function sphereMeters([lonA, latA]: Position, [lonB, latB]: Position): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const half = (from: number, to: number) => Math.sin(radians(to - from) / 2) ** 2;
  const chord = half(latA, latB) + Math.cos(radians(latA)) * Math.cos(radians(latB)) * half(lonA, lonB);
  return 2 * 6_371_009 * Math.asin(Math.min(1, Math.sqrt(chord)));
}

/** Set-up and service of a visit: by the vehicle's type where the task says so; no set-up where it stands already. */
export function stayOf(
  { task }: Visit,
  { type }: Vehicle,
  isThere: boolean,
): { setup: number; service: number } {
  const byType = (times: TimesByType | undefined) => (type === undefined ? undefined : times?.[type]);
  return {
    setup: isThere ? 0 : (byType(task.setup_per_type) ?? task.setup ?? 0),
    service: byType(task.service_per_type) ?? task.service ?? 0,
  };
}
