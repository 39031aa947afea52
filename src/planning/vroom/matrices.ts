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

/** The profile of a vehicle that names none, and of the old key `matrix` (API.md, Vehicles and Input). */
export const defaultProfile = "car";

/** The largest entry that the planner's matrices hold. */
const largestEntry = 2 ** 31 - 1;

/** Reads `matrices`, or the old `matrix`; undefined when the document has neither and counts on coordinates. */
export function readMatrices(root: ObjectField): VroomMatrices | undefined {
  const matrices = member(root, "matrices");
  if (isPresent(matrices)) return readProfiles(asObject(matrices));
  const matrix = member(root, "matrix");
  if (!isPresent(matrix)) return undefined;
  const durations = readSquare(matrix);
  const size = Math.sqrt(durations.length);
  return new Map([[defaultProfile, { size, durations, distances: undefined, costs: undefined }]]);
}

function readProfiles(matrices: ObjectField): VroomMatrices {
  const profiles = Object.keys(matrices.value);
  if (profiles.length === 0) refuse(matrices, "the matrices of one profile at least");
  return new Map(profiles.map((profile) => [profile, readProfile(asObject(member(matrices, profile)))]));
}

function readProfile(profile: ObjectField): VroomMatrix {
  const durations = readSquare(member(profile, "durations"));
  const size = Math.sqrt(durations.length);
  const readLike = (field: Field) => {
    if (!isPresent(field)) return undefined;
    const matrix = readSquare(field);
    if (matrix.length === durations.length) return matrix;
    return refuse(field, `${size} rows like ${profile.path}.durations`);
  };
  return {
    size,
    durations,
    distances: readLike(member(profile, "distances")),
    costs: readLike(member(profile, "costs")),
  };
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
