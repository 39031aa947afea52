import { Failure } from "../../domain/failure.ts";
import type { PackingProblem } from "./packing-problem.ts";

/** Refuses, as `invalid_input` with the field and the index, what is no packing problem or passes exact integers. */
export function checkPackingProblem({ dimensions, items, types, isAllowed }: PackingProblem): void {
  requireLength("items.load", items.load, items.count * dimensions);
  requireLength("types.capacity", types.capacity, types.count * dimensions);
  requireLength("types.cost", types.cost, types.count);
  requireLength("types.available", types.available, types.count);
  if (isAllowed) requireLength("isAllowed", isAllowed, items.count * types.count);
  requireWhole("items.load", items.load);
  requireWhole("types.capacity", types.capacity, Number.POSITIVE_INFINITY);
  requireWhole("types.cost", types.cost);
  requireWhole("types.available", types.available);
  for (let d = 0; d < dimensions; d++) {
    let total = 0;
    for (let item = 0; item < items.count; item++) total += items.load[item * dimensions + d]!;
    if (total > Number.MAX_SAFE_INTEGER) refuse(`items.load of dimension ${d}`, "adds up to more than 2^53");
  }
  const dearest = types.cost.reduce((most, cost) => Math.max(most, cost), 0);
  if (dearest * (items.count + 1) > Number.MAX_SAFE_INTEGER)
    refuse("types.cost", "adds up to more than 2^53");
}

function requireLength(field: string, values: { length: number }, length: number): void {
  if (values.length !== length) refuse(field, `has ${values.length} entries instead of ${length}`);
}

function requireWhole(field: string, values: Float64Array | Int32Array, besides = 0): void {
  const wrong = values.findIndex(
    (value) => value !== besides && !(Number.isSafeInteger(value) && value >= 0),
  );
  if (wrong >= 0) refuse(`${field}[${wrong}]`, `is ${values[wrong]}, not an exact whole number from 0 on`);
}

function refuse(field: string, fault: string): never {
  throw new Failure("invalid_input", `The packing problem's ${field} ${fault}.`, {
    hint: "Loads, capacities and costs are whole numbers from 0 to 2^53; use a smaller unit for fractions.",
    fields: [field],
  });
}
