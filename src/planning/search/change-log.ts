/** What `Routes.undo` needs. Records lie side by side in one array each, since they are written all the time. */
export type ChangeLog = {
  changes: number;
  /** Places of a change: the stop, the node before it, 1 if it was linked, and the two nodes' legs before. */
  links: Int32Array;
  /** Places of a route's figures at its first change, in the order of `Routes.touched`; the last are those at marks. */
  figures: Float64Array;
};

/** Places in a record of `ChangeLog.links`. */
export const change = {
  record: 8,
  stop: 0,
  after: 1,
  isLink: 2,
  metersAfter: 3,
  metersOwn: 4,
  secondsAfter: 5,
  secondsOwn: 6,
} as const;

/** Places in a record of `ChangeLog.figures`. */
export const figure = {
  record: 8,
  size: 0,
  type: 1,
  meters: 2,
  seconds: 3,
  stay: 4,
  idle: 5,
  score: 6,
  lateness: 7,
} as const;

/** Room for one round, in which each stop changes sides so many times at most, and for two marks. */
export function createLog(stopCount: number, routeCount: number, sides: number): ChangeLog {
  return {
    changes: 0,
    links: new Int32Array(sides * stopCount * change.record),
    figures: new Float64Array((routeCount + 2) * figure.record),
  };
}
