/** The mean of values; undefined for none. */
export function mean(values: number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The value in the middle, or between the two in the middle. */
export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(half)] ?? Number.NaN) + (sorted[Math.ceil(half)] ?? Number.NaN)) / 2;
}

/** By how many percent a cost is above another; undefined when either is not known. */
export function percentOver(cost: number | undefined, other: number | undefined): number | undefined {
  return cost === undefined || other === undefined ? undefined : 100 * (cost / other - 1);
}
