import type { Bins } from "./bins.ts";
import type { Pattern } from "./knapsack.ts";
import type { RowBounds, SparseColumns } from "./linear-program.ts";
import type { PackingModel } from "./packing-model.ts";

/** The row of the master program that limits a type's vehicles; undefined where there are enough of them. */
export function limitRows({
  classes,
  typeCount,
  available,
  itemCount,
}: PackingModel): (number | undefined)[] {
  let row = classes.length;
  return Array.from({ length: typeCount }, (_, type) => (available[type]! < itemCount ? row++ : undefined));
}

/** The rows of the master program: each class is packed, no type has more vehicles than there are. */
export function masterRows(model: PackingModel): RowBounds {
  const limited = limitRows(model).flatMap((row, type) =>
    row === undefined ? [] : [-model.available[type]!],
  );
  const lower = Float64Array.from([...model.classes.map(({ length }) => length), ...limited]);
  return { lower, upper: new Float64Array(lower.length).fill(Number.POSITIVE_INFINITY) };
}

/** Patterns as columns: each takes its items, and one of its type's vehicles. */
export function toColumns(model: PackingModel, patterns: readonly Pattern[]): SparseColumns {
  const limitRow = limitRows(model);
  const columns: SparseColumns = { cost: [], starts: [0], rows: [], values: [] };
  for (const { type, classes, counts } of patterns) {
    const row = limitRow[type];
    columns.cost.push(model.cost[type]!);
    columns.rows.push(...classes);
    columns.values.push(...counts);
    if (row !== undefined) {
      columns.rows.push(row);
      columns.values.push(-1);
    }
    columns.starts.push(columns.rows.length);
  }
  return columns;
}

/** What makes two patterns the same column. */
export function keyOfPattern({ type, classes, counts }: Pattern): string {
  const order = [...classes.keys()].sort((a, b) => classes[a]! - classes[b]!);
  return `${type}:${order.map((at) => `${classes[at]}x${counts[at]}`).join()}`;
}

/** The loads of the bins in use. */
export function readPatterns({ model, open, openCount, type, first, next }: Bins): Pattern[] {
  const classOf = new Int32Array(model.itemCount);
  for (const [index, members] of model.classes.entries()) for (const item of members) classOf[item] = index;
  return Array.from(open.subarray(0, openCount), (bin) => {
    const counts = new Map<number, number>();
    for (let item = first[bin]!; item >= 0; item = next[item]!) {
      const index = classOf[item]!;
      counts.set(index, (counts.get(index) ?? 0) + 1);
    }
    return { type: type[bin]!, classes: [...counts.keys()], counts: [...counts.values()], value: 0 };
  });
}

/**
 * Puts the items into empty bins as the patterns say, each pattern once. What they hold too often stays out, and so do
 * the loads of more vehicles than there are.
 */
export function fillBins(bins: Bins, patterns: readonly Pattern[]): void {
  const { classes } = bins.model;
  const done = new Int32Array(classes.length);
  for (const { type, classes: own, counts } of patterns) {
    if (!bins.isAvailable(type)) continue;
    let bin = -1;
    for (const [at, index] of own.entries()) {
      const members = classes[index]!;
      for (let copy = 0; copy < counts[at]! && done[index]! < members.length; copy++) {
        const item = members[done[index]!++]!;
        bin = bins.put(item, bin, type);
      }
    }
    if (bin >= 0) bins.shrink(bin);
  }
  bins.keep();
}
