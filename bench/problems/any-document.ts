import type {
  Break,
  Job,
  Shipment,
  Task,
  Vehicle,
  VroomDocument,
  Window,
} from "../checker/vroom-document.ts";
import type { Dice } from "./dice.ts";

/** What the parts of a document have in common. */
type World = {
  dice: Dice;
  dimensions: number;
  /** Size of the matrices; 0 where places are coordinates. */
  places: number;
  profiles: { name: string; hasDistances: boolean; hasCosts: boolean }[];
  /** Where the rows of the matrices are; none where matrices tell all. */
  positions: [number, number][];
  /** Rarer constraints are there in some documents, but then often. */
  hasBreaks: boolean;
  hasTimesByType: boolean;
};

const day = 10_000;
const types = ["van", "truck"];

/** A valid problem in VROOM's format with any of its constraints mixed; the same dice give the same problem. */
export function anyDocument(dice: Dice): VroomDocument {
  const world = anyWorld(dice);
  const shipments = dice.chance(0.4)
    ? dice.times(dice.between(1, 4), (id) => anyShipment(world, 100 + 2 * id))
    : [];
  const jobs = dice.times(dice.between(shipments.length > 0 ? 0 : 1, 10), (id) => anyJob(world, id));
  return {
    vehicles: dice.times(dice.between(1, 4), (id) => anyVehicle(world, id)),
    ...(jobs.length > 0 || dice.chance(0.5) ? { jobs } : {}),
    ...(shipments.length > 0 ? { shipments } : {}),
    ...anyMatrices(world),
  };
}

function anyWorld(dice: Dice): World {
  const places = dice.chance(0.75) ? dice.between(2, 8) : 0;
  const names = dice.chance(0.4) ? ["car", "bike"] : ["car"];
  const profiles = names.map((name) => {
    const hasCosts = places > 0 && dice.chance(0.15);
    return { name, hasCosts, hasDistances: places === 0 || dice.chance(0.6) };
  });
  // Then no matrix is given of the last profile.
  const positions = places > 0 && dice.chance(0.1) ? dice.times(places, () => anyPosition(dice)) : [];
  if (positions.length > 0) Object.assign(profiles.at(-1)!, { hasCosts: false, hasDistances: true });
  const rarer = { hasBreaks: dice.chance(0.15), hasTimesByType: dice.chance(0.15) };
  return { dice, places, dimensions: dice.upTo(3), profiles, positions, ...rarer };
}

function anyMatrices({
  dice,
  places,
  profiles,
  positions,
}: World): Pick<VroomDocument, "matrices" | "matrix"> {
  if (places === 0) return {};
  const square = (most: number) =>
    dice.times(places, (row) => dice.times(places, (column) => (row === column ? 0 : dice.upTo(most))));
  if (positions.length > 0) {
    const durations = square(900);
    const last = profiles.at(-1)!.name;
    return { matrices: last === "car" ? { other: { durations } } : { car: { durations } } };
  }
  const [only] = profiles;
  if (profiles.length === 1 && !only?.hasCosts && !only?.hasDistances) {
    return dice.chance(0.5) ? { matrix: square(900) } : { matrices: { car: { durations: square(900) } } };
  }
  const matrices = profiles.map(({ name, hasCosts, hasDistances }) => {
    const durations = square(900);
    const distances = hasDistances ? { distances: square(2000) } : {};
    return [name, { durations, ...distances, ...(hasCosts ? { costs: square(500) } : {}) }] as const;
  });
  return { matrices: Object.fromEntries(matrices) };
}

/** The entries that are there with a probability; an absent one leaves no key behind. */
function maybe<Fields extends object>(dice: Dice, probability: number, make: () => Fields): Partial<Fields> {
  return dice.chance(probability) ? make() : {};
}

function anyPosition(dice: Dice): [number, number] {
  return [113 + dice.upTo(5) / 100, 23 + dice.upTo(5) / 100];
}

function anyAmount({ dice, dimensions }: World, most: number): number[] {
  return dice.times(dimensions, () => dice.upTo(most));
}

/** One or two windows that do not touch, in any order. */
function anyWindows(dice: Dice): Window[] {
  const first: Window = [dice.upTo(day / 2), 0];
  first[1] = first[0] + dice.upTo(day / 2);
  if (dice.chance(0.6)) return [first];
  const start = first[1] + 1 + dice.upTo(1000);
  const second: Window = [start, start + dice.upTo(day / 2)];
  return dice.chance(0.5) ? [first, second] : [second, first];
}

function anyPlace({ dice, places, positions }: World): Pick<Task, "location" | "location_index"> {
  if (places === 0) return { location: anyPosition(dice) };
  const location_index = dice.upTo(places - 1);
  const location = positions[location_index];
  return location ? { location_index, location } : { location_index };
}

function anyTask(world: World, id: number): Task {
  const { dice, hasTimesByType } = world;
  const times = () => ({ [dice.pick(types)]: dice.upTo(400) });
  return {
    id,
    ...anyPlace(world),
    ...maybe(dice, 0.3, () => ({ setup: dice.upTo(60) })),
    ...maybe(dice, 0.6, () => ({ service: dice.upTo(400) })),
    ...maybe(dice, hasTimesByType ? 0.4 : 0, () => ({ setup_per_type: times() })),
    ...maybe(dice, hasTimesByType ? 0.4 : 0, () => ({ service_per_type: times() })),
    ...maybe(dice, 0.4, () => ({ time_windows: anyWindows(dice) })),
  };
}

function anyClaim({ dice }: World): Pick<Job, "skills" | "priority"> {
  return {
    ...maybe(dice, 0.2, () => ({ skills: dice.times(dice.between(1, 2), () => dice.between(1, 3)) })),
    ...maybe(dice, 0.3, () => ({ priority: dice.pick([0, 1, 50, 100]) })),
  };
}

function anyJob(world: World, id: number): Job {
  const { dice } = world;
  const load = dice.pick([
    () => ({ delivery: anyAmount(world, 4) }),
    () => ({ delivery: anyAmount(world, 4), pickup: anyAmount(world, 4) }),
    () => ({ pickup: anyAmount(world, 4) }),
    () => ({ amount: anyAmount(world, 4) }),
    () => ({}),
  ]);
  return { ...anyTask(world, id), ...load(), ...anyClaim(world) };
}

function anyShipment(world: World, id: number): Shipment {
  return {
    pickup: anyTask(world, id),
    delivery: anyTask(world, id + 1),
    amount: anyAmount(world, 4),
    ...anyClaim(world),
  };
}

function anyVehicle(world: World, id: number): Vehicle {
  const { dice } = world;
  const profile = dice.pick(world.profiles);
  const from = dice.upTo(2000);
  return {
    id,
    ...(profile.name === "car" && dice.chance(0.5) ? {} : { profile: profile.name }),
    ...anyEnds(world),
    capacity: anyAmount(world, 12),
    ...maybe(dice, 0.3, () => ({ type: dice.pick(types) })),
    ...maybe(dice, 0.5, () => ({ skills: dice.times(dice.between(1, 3), () => dice.between(1, 3)) })),
    ...maybe(dice, 0.5, () => ({ time_window: [from, from + dice.upTo(day)] satisfies Window })),
    ...maybe(dice, world.hasBreaks ? 0.5 : 0, () => ({
      breaks: dice.times(dice.between(1, 2), (each) => anyBreak(world, each)),
    })),
    ...maybe(dice, 0.3, () => ({ speed_factor: dice.pick([0.5, 0.8, 1, 1.25, 1.5, 2, 5]) })),
    ...maybe(dice, 0.2, () => ({ max_tasks: dice.upTo(6) })),
    ...maybe(dice, 0.2, () => ({ max_travel_time: dice.upTo(5000) })),
    ...(profile.hasDistances && !profile.hasCosts
      ? maybe(dice, 0.2, () => ({ max_distance: dice.upTo(9000) }))
      : {}),
    ...maybe(dice, 0.5, () => ({ costs: anyCosts(dice, profile) })),
  };
}

/** A custom cost matrix leaves room for no other cost of travel. */
function anyCosts(
  dice: Dice,
  { hasCosts, hasDistances }: World["profiles"][number],
): NonNullable<Vehicle["costs"]> {
  const travel = {
    ...maybe(dice, 0.5, () => ({ per_hour: dice.upTo(7200) })),
    ...(hasDistances ? maybe(dice, 0.5, () => ({ per_km: dice.upTo(100) })) : {}),
  };
  return {
    ...maybe(dice, 0.6, () => ({ fixed: dice.upTo(500) })),
    ...maybe(dice, 0.3, () => ({ per_task_hour: dice.upTo(100) })),
    ...(hasCosts ? {} : travel),
  };
}

function anyEnds(world: World): Partial<Vehicle> {
  const which = world.dice.pick(["both", "both", "start", "end"]);
  const end = (name: "start" | "end") => {
    const { location, location_index } = anyPlace(world);
    return {
      ...(location ? { [name]: location } : {}),
      ...(location_index === undefined ? {} : { [`${name}_index`]: location_index }),
    };
  };
  return { ...(which === "end" ? {} : end("start")), ...(which === "start" ? {} : end("end")) };
}

function anyBreak(world: World, id: number): Break {
  const { dice } = world;
  return {
    id,
    time_windows: anyWindows(dice),
    ...maybe(dice, 0.7, () => ({ service: dice.upTo(600) })),
    ...maybe(dice, 0.2, () => ({ max_load: anyAmount(world, 10) })),
  };
}
