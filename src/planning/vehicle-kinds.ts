import type { Problem } from "./problem.ts";

/**
 * The number of each vehicle's kind, [vehicle]: whatever an idle vehicle may do, another of its kind may too, but for
 * the stops that it is allowed.
 */
export function numberKinds({ vehicles, dimensions }: Problem): Int32Array {
  const { count, capacity, breaks, ...columns } = vehicles;
  const numberOf = new Map<string, number>();
  return Int32Array.from({ length: count }, (_, vehicle) => {
    const room = capacity.subarray(vehicle * dimensions, (vehicle + 1) * dimensions);
    const values = Object.values(columns).map((column) => column[vehicle]);
    const key = `${room.join()}|${values.join()}|${JSON.stringify(breaks?.[vehicle] ?? [])}`;
    const number = numberOf.get(key) ?? numberOf.size;
    numberOf.set(key, number);
    return number;
  });
}
