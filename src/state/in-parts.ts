/** SQLite takes some 32,000 values a statement; this stays far below. */
const valuesPerStatement = 1_000;

/** The values in parts that a statement takes at a time. */
export function* inParts<Value>(values: readonly Value[]): Generator<readonly Value[]> {
  for (let start = 0; start < values.length; start += valuesPerStatement) {
    yield values.slice(start, start + valuesPerStatement);
  }
}
