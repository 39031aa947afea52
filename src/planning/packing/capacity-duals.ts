import type { OpenLinearProgram } from "./linear-program.ts";
import type { PackingModel } from "./packing-model.ts";
import { limitRows } from "./patterns.ts";

/**
 * Duals to begin with, by row of the master program: those of the program that only asks for enough capacity of all
 * vehicles together. At them no load is worth more than its vehicle, so that the bound begins at that program's.
 */
export function capacityDuals(model: PackingModel, openLinearProgram: OpenLinearProgram): Float64Array {
  const { dimensions, typeCount, classes, load } = model;
  const limitRow = limitRows(model);
  const limited = limitRow.filter((row) => row !== undefined).length;
  const duals = new Float64Array(classes.length + limited);
  const rowDuals = solveCapacity(model, openLinearProgram);
  if (!rowDuals) return duals;
  for (const [index, members] of classes.entries()) {
    for (let d = 0; d < dimensions; d++) duals[index]! += rowDuals[d]! * load[members[0]! * dimensions + d]!;
  }
  for (let type = 0; type < typeCount; type++) {
    const row = limitRow[type];
    if (row !== undefined) duals[row] = rowDuals[dimensions + row - classes.length]!;
  }
  return duals;
}

function solveCapacity(model: PackingModel, openLinearProgram: OpenLinearProgram): Float64Array | undefined {
  const { dimensions, total, typeCount, capacity, cost, available, classes } = model;
  const limitRow = limitRows(model);
  const limits = limitRow.flatMap((row, type) => (row === undefined ? [] : [-available[type]!]));
  const lower = Float64Array.from([...total, ...limits]);
  const upper = new Float64Array(lower.length).fill(Number.POSITIVE_INFINITY);
  const columns = { cost: [...cost], starts: [0], rows: [] as number[], values: [] as number[] };
  for (let type = 0; type < typeCount; type++) {
    for (let d = 0; d < dimensions; d++) {
      columns.rows.push(d);
      columns.values.push(capacity[type * dimensions + d]!);
    }
    const row = limitRow[type];
    if (row !== undefined) {
      columns.rows.push(dimensions + row - classes.length);
      columns.values.push(-1);
    }
    columns.starts.push(columns.rows.length);
  }
  const program = openLinearProgram({ lower, upper });
  try {
    program.addColumns(columns);
    return program.solve({ milliseconds: Number.POSITIVE_INFINITY, shouldStop: () => false })?.rowDuals;
  } finally {
    program.close();
  }
}
