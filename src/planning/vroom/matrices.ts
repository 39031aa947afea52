import {
  asObject,
  elements,
  type Field,
  isPresent,
  member,
  type ObjectField,
  refuse,
  refusePath,
  wholeNumber,
} from "./fields.ts";

/** The matrices of one profile, each [from * size + to]: seconds, meters, and VROOM's cost units. */
export type VroomMatrix = {
  size: number;
  durations: Int32Array;
  distances: Int32Array | undefined;
  costs: Int32Array | undefined;
};

/** The matrices by profile name. */
export type VroomMatrices = ReadonlyMap<string, VroomMatrix>;

/** The matrices of one profile as a document has them: one at least, but perhaps costs alone. */
export type GivenMatrix = Omit<VroomMatrix, "durations"> & {
  path: string;
  durations: Int32Array | undefined;
};

/** The given matrices by profile name. */
export type GivenMatrices = ReadonlyMap<string, GivenMatrix>;

/** The profile of a vehicle that names none, and of the old key `matrix` (API.md, Vehicles and Input). */
export const defaultProfile = "car";

/** The largest entry that the planner's matrices hold. */
const largestEntry = 2 ** 31 - 1;

/** How many rows every one of the matrices has. */
export function smallestSize(matrices: GivenMatrices): number {
  return Math.min(...[...matrices.values()].map(({ size }) => size));
}

/** Reads `matrices`, or the old `matrix`; undefined when the document has neither and counts on coordinates. */
export function readMatrices(root: ObjectField): GivenMatrices | undefined {
  const matrices = member(root, "matrices");
  if (isPresent(matrices)) return readProfiles(asObject(matrices));
  const matrix = member(root, "matrix");
  if (!isPresent(matrix)) return undefined;
  const durations = readSquare(matrix);
  const none = { distances: undefined, costs: undefined };
  return new Map([
    [defaultProfile, { path: "matrix", size: Math.sqrt(durations.length), durations, ...none }],
  ]);
}

function readProfiles(matrices: ObjectField): GivenMatrices | undefined {
  const read = Object.keys(matrices.value).flatMap((profile): [string, GivenMatrix][] => {
    const matrix = readProfile(asObject(member(matrices, profile)));
    return matrix ? [[profile, matrix]] : [];
  });
  return read.length > 0 ? new Map(read) : undefined;
}

/** The matrices of a profile, all of one size; undefined where it has none. */
function readProfile(profile: ObjectField): GivenMatrix | undefined {
  const names = ["durations", "distances", "costs"] as const;
  const given = names.filter((name) => isPresent(member(profile, name)));
  const [first] = given;
  if (!first) return undefined;
  if (first === "distances") refuse(member(profile, "durations"), "a matrix like distances beside it");
  const read = Object.fromEntries(given.map((name) => [name, readSquare(member(profile, name))]));
  const { durations, distances, costs } = read;
  const size = Math.sqrt(read[first]!.length);
  for (const name of given) {
    if (read[name]!.length !== size * size) {
      refuse(member(profile, name), `${size} rows like ${profile.path}.${first}`);
    }
  }
  return { path: profile.path, size, durations, distances, costs };
}

function readSquare(field: Field): Int32Array {
  const rows = elements(field, "a square matrix as an array of rows");
  const size = rows.length;
  if (size === 0) refuse(field, "a square matrix of one row at least");
  const matrix = new Int32Array(size * size);
  rows.forEach((row, from) => {
    matrix.set(readRow(row, size), from * size);
  });
  return matrix;
}

// One field for each of the millions of entries would cost more than the search: paths are made for faults only.
function readRow(row: Field, size: number): Int32Array {
  const { value } = row;
  if (!Array.isArray(value)) return refuse(row, `a row of ${size} whole numbers`);
  if (value.length !== size) {
    return refusePath(row.path, `takes ${size} numbers like the other rows, not ${value.length}`);
  }
  const entries = new Int32Array(size);
  for (let to = 0; to < size; to++) {
    const entry: unknown = value[to];
    const isEntry =
      typeof entry === "number" && Number.isInteger(entry) && entry >= 0 && entry <= largestEntry;
    entries[to] = isEntry ? entry : wholeNumber({ value: entry, path: `${row.path}[${to}]` }, largestEntry);
  }
  return entries;
}
