/** A problem that has every field that `waybill solve` reads, all of them valid. */
export function fullProblem() {
  return {
    vehicles: [
      {
        id: 7,
        description: "van",
        profile: "car",
        start: [113.26, 23.13],
        start_index: 0,
        end: [113.26, 23.13],
        end_index: 0,
        capacity: [10, 4],
        skills: [1, 2],
        time_window: [0, 7200],
        speed_factor: 1.25,
        max_tasks: 9,
        max_travel_time: 5000,
        max_distance: 90_000,
        costs: { fixed: 50, per_hour: 3000, per_km: 12, per_task_hour: 600 },
      },
      { id: 8, profile: "bike", start_index: 0, capacity: [2, 1] },
    ],
    jobs: [
      {
        id: 11,
        description: "first",
        location: [113.3, 23.1],
        location_index: 1,
        setup: 60,
        service: 300,
        delivery: [2, 1],
        pickup: [0, 1],
        skills: [1],
        priority: 30,
        time_windows: [
          [0, 1800],
          [3600, 5400],
        ],
      },
      { id: 12, location_index: 2, delivery: [1, 0] },
    ],
    matrices: {
      car: {
        durations: [
          [0, 100, 200],
          [110, 0, 90],
          [210, 95, 0],
        ],
        distances: [
          [0, 1000, 2000],
          [1100, 0, 900],
          [2100, 950, 0],
        ],
      },
      bike: {
        durations: [
          [0, 300, 600],
          [300, 0, 300],
          [600, 300, 0],
        ],
      },
    },
  };
}

/** A path such as `jobs[3].delivery[1]` as its steps. */
function stepsOf(path: string): (string | number)[] {
  return [...path.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map(([, index, name = ""]) =>
    index === undefined ? name : Number(index),
  );
}

/** The document with the value at a path replaced, or taken away when the new value is undefined. */
export function bend(document: unknown, path: string, value: unknown): unknown {
  return replace(document, stepsOf(path), value);
}

function replace(node: unknown, [step, ...rest]: (string | number)[], value: unknown): unknown {
  if (step === undefined) return value;
  if (Array.isArray(node))
    return node.map((item, index) => (index === step ? replace(item, rest, value) : item));
  const entries = typeof node === "object" && node !== null ? Object.entries(node) : [];
  const object: Record<string, unknown> = Object.fromEntries(entries);
  const changed = replace(object[step], rest, value);
  if (changed === undefined) delete object[step];
  else object[step] = changed;
  return object;
}
