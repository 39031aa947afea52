import type { Instance } from "./instance.ts";

/**
 * Solomon's format of 1987: a fleet line, then a line for each customer with number, x, y, demand, ready time, due
 * date and service time; customer 0 is the depot. Distances and times are cut to one decimal (DIMACS).
 */
export function readSolomon(text: string, name: string): Instance {
  const rows = text
    .split(/\r?\n/)
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter((row) => row.length > 1 && row.every(Number.isFinite));
  const [fleet, depot, ...customers] = rows;
  const isFormat =
    fleet?.length === 2 && depot?.[0] === 0 && [depot, ...customers].every((row) => row.length === 7);
  if (!isFormat || customers.length === 0) throw new Error("not in Solomon's format");
  const [count = 0, capacity = 0] = fleet;
  const column = (row: number[], index: number) => row[index] ?? 0;
  return {
    name,
    kind: "vrptw",
    rounding: "one_decimal",
    places: [depot, ...customers].map((row) => ({ x: column(row, 1), y: column(row, 2) })),
    stops: customers.map((row, index) => ({
      place: index + 1,
      demand: [column(row, 3)],
      window: [column(row, 4), column(row, 5)],
      service: column(row, 6),
    })),
    fleet: [
      {
        count,
        depot: 0,
        capacity: [capacity],
        fixedCost: 0,
        costPerDistance: 1,
        shift: [column(depot, 4), column(depot, 5)],
      },
    ],
    costDivisor: 1,
  };
}
