import type { Highs, Model } from "highs";
import type {
  LinearProgram,
  LinearSolution,
  OpenLinearProgram,
  RowBounds,
  SolveLimits,
  SparseColumns,
} from "../planning/packing/linear-program.ts";

let loaded: Promise<Highs> | undefined;

/** The solver of linear programs, HiGHS as WebAssembly: loaded when it is first asked for, once per thread. */
export async function loadLinearSolver(): Promise<OpenLinearProgram> {
  loaded ??= load();
  const highs = await loaded;
  return (rows) => openProgram(highs, rows);
}

async function load(): Promise<Highs> {
  const { default: module } = await import("highs");
  // The package's types say that its default export is inside of another one; it is the loader itself.
  const loadHighs = module as unknown as (typeof module)["default"];
  return loadHighs();
}

/** Primal simplex: a solved program stays feasible when columns come to it. */
const settings = { output_flag: false, presolve: "off", simplex_strategy: 4 };

function openProgram(highs: Highs, rows: RowBounds): LinearProgram {
  const model = highs.createModel();
  model.options.set(settings);
  model.addRows({ lower: rows.lower, upper: rows.upper, matrix: emptyRows(rows.lower.length) });
  return {
    addColumns: (columns) => addColumns(highs, model, columns),
    require: (column, atLeast) => model.changeColBounds(column, atLeast, highs.infinity),
    solve: (limits) => solve(highs, model, limits),
    close: () => model.dispose(),
  };
}

function emptyRows(numRows: number) {
  return {
    format: "csr" as const,
    numRows,
    numCols: 0,
    starts: new Int32Array(numRows + 1),
    indices: new Int32Array(0),
    values: new Float64Array(0),
  };
}

function addColumns(highs: Highs, model: Model, { cost, starts, rows, values }: SparseColumns): void {
  const numCols = cost.length;
  model.addCols({
    cost: Float64Array.from(cost),
    lower: new Float64Array(numCols),
    upper: new Float64Array(numCols).fill(highs.infinity),
    matrix: {
      format: "csc",
      numRows: model.getDimensions().numRows,
      numCols,
      starts: Int32Array.from(starts),
      indices: Int32Array.from(rows),
      values: Float64Array.from(values),
    },
  });
}

function solve(
  highs: Highs,
  model: Model,
  { milliseconds, shouldStop }: SolveLimits,
): LinearSolution | undefined {
  const { callbackType, modelStatus } = highs.constants;
  // The solver's clock runs on from one solve to the next.
  model.zeroAllClocks();
  model.options.set("time_limit", toSeconds(milliseconds));
  model.run({
    [callbackType.simplexInterrupt]: (event) => {
      if (shouldStop()) event.interrupt();
    },
  });
  if (model.getModelStatus() !== modelStatus.optimal) return undefined;
  const { colValue, rowDual } = model.getSolution();
  return { objective: model.getObjectiveValue(), values: colValue, rowDuals: rowDual };
}

/** The solver takes no infinite time: a year is as good. */
function toSeconds(milliseconds: number): number {
  return Math.min(Math.max(0, milliseconds / 1000), 365 * 86_400);
}
