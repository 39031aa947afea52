/** Which vehicle visits which stops, in driving order. */
export type SolutionRoute = {
  vehicle: number;
  stops: number[];
  /** Ascending places in `stops` before which the vehicle loads again; none when left out. */
  reloads?: number[];
};

/** What a search ends with: plain data that crosses threads. */
export type Solution = {
  /** Used vehicles only, by vehicle index. */
  routes: SolutionRoute[];
  /** Stops that no route visits, ascending. */
  unassigned: number[];
  /** What the routes cost, and the penalties of the stops left out, in the problem's units. */
  cost: number;
  iterations: number;
  stoppedBy: "iterations" | "time" | "cancelled" | "exhausted";
};

/** How far a search is; sent every 250 ms or so. */
export type SearchProgress = {
  iterations: number;
  /** 0 to 1 of the budget. */
  fraction: number;
  cost: number;
  routes: number;
  unassigned: number;
};
