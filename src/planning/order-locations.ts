import { isMeasured, type Problem, type TravelMatrix } from "./problem.ts";

/** Smaller matrices stay in the processor's cache in any order. */
const smallest = 200;

/**
 * The same problem with its locations numbered so that those near each other have numbers near each other. The search
 * then finds what it reads of a large matrix in a few lines of memory. Solutions speak of stops and vehicles, which
 * keep their numbers, and are the same. `allocate` makes the arrays that the matrices go to. Points, which are few
 * numbers, stay as they are.
 */
export function orderLocations(
  problem: Problem,
  allocate: (length: number) => Int32Array = (length) => new Int32Array(length),
  smallestSize = smallest,
): Problem {
  const matrices = problem.travel.filter((own): own is TravelMatrix => !isMeasured(own));
  const [first] = matrices;
  if (!first || first.size < smallestSize || matrices.length < problem.travel.length) return problem;
  const order = chainLocations(first);
  const numberOf = new Int32Array(first.size);
  for (let number = 0; number < order.length; number++) numberOf[order[number]!] = number;
  const renumber = (locations: Int32Array): Int32Array =>
    locations.map((location) => (location < 0 ? location : numberOf[location]!));
  // Arrays that are one array stay one: the search then reads half as much.
  const arranged = new Map<Int32Array, Int32Array>();
  const arrange = (values: Int32Array): Int32Array => {
    const copy = arranged.get(values) ?? permute(values, order, allocate(values.length));
    arranged.set(values, copy);
    return copy;
  };
  const { stops, vehicles } = problem;
  return {
    ...problem,
    stops: { ...stops, location: renumber(stops.location) },
    vehicles: {
      ...vehicles,
      startLocation: renumber(vehicles.startLocation),
      endLocation: renumber(vehicles.endLocation),
      ...(vehicles.reloadLocation && { reloadLocation: renumber(vehicles.reloadLocation) }),
    },
    travel: matrices.map(({ size, distanceMeters, durationSeconds }) => ({
      size,
      distanceMeters: arrange(distanceMeters),
      durationSeconds: arrange(durationSeconds),
    })),
  };
}

/** From the first location always to the nearest that is not in line yet. */
function chainLocations({ size, distanceMeters, durationSeconds }: TravelMatrix): Int32Array {
  const order = Int32Array.from({ length: size }, (_, location) => location);
  const legs = distanceMeters.some((leg) => leg > 0) ? distanceMeters : durationSeconds;
  for (let place = 1; place < size; place++) {
    const row = order[place - 1]! * size;
    let nearest = place;
    let least = Number.MAX_SAFE_INTEGER;
    for (let rank = place; rank < size; rank++) {
      const leg = legs[row + order[rank]!]!;
      if (leg >= least) continue;
      least = leg;
      nearest = rank;
    }
    const following = order[nearest]!;
    order[nearest] = order[place]!;
    order[place] = following;
  }
  return order;
}

function permute(values: Int32Array, order: Int32Array, copy: Int32Array): Int32Array {
  const size = order.length;
  for (let row = 0; row < size; row++) {
    const from = order[row]! * size;
    const to = row * size;
    for (let column = 0; column < size; column++) copy[to + column] = values[from + order[column]!]!;
  }
  return copy;
}
