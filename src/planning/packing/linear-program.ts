/** A linear program that grows: columns are added, and it is solved again from where it was. All columns are >= 0. */
export type LinearProgram = {
  addColumns: (columns: SparseColumns) => void;
  /** From now on the column is at least so large. */
  require: (column: number, atLeast: number) => void;
  /** Undefined when it was stopped, or found no optimum. */
  solve: (limits: SolveLimits) => LinearSolution | undefined;
  /** Frees its memory; nothing may be called afterwards. */
  close: () => void;
};

/** Gives an empty program of the rows, to be minimised. The solver lies outside of planning and is handed in. */
export type OpenLinearProgram = (rows: RowBounds) => LinearProgram;

/** `lower <= row <= upper`, infinite where there is no bound, [row]. */
export type RowBounds = { lower: Float64Array; upper: Float64Array };

/** Column c has the entries from `starts[c]` up to `starts[c + 1]`. */
export type SparseColumns = { cost: number[]; starts: number[]; rows: number[]; values: number[] };

/** When to give up: after so long, or as soon as `shouldStop` says so. */
export type SolveLimits = { milliseconds: number; shouldStop: () => boolean };

/** The optimum of the program. */
export type LinearSolution = {
  objective: number;
  /** [column]. */
  values: Float64Array;
  /** What one unit more of each row's bound costs, [row]. */
  rowDuals: Float64Array;
};
