import type { TravelPoints } from "../problem.ts";

/**
 * Points halved again and again at the middle of their longer side, down to a few in a box, so that the nearest of one
 * are found without a look at most of the others (Bentley 1975, "Multidimensional binary search trees used for
 * associative searching").
 */
type PointTree = {
  /** The points, box by box: indices into the axes. */
  order: Int32Array;
  /** [point] by axis. */
  axes: Float64Array[];
  /** The corners of the boxes, [(box * 2 + (0: least, 1: most)) * axes.length + axis]; box b holds 2b + 1 and 2b + 2. */
  corners: Float64Array;
};

const mostInBox = 16;

/** Puts the points at some locations into boxes. */
export function buildPointTree({ x, y, z }: TravelPoints, location: Int32Array): PointTree {
  const axes = [x, y, z]
    .filter((axis) => axis.length > 0)
    .map((axis) => Float64Array.from(location, (at) => axis[at]!));
  const order = Int32Array.from(location, (_, point) => point);
  let boxes = 1;
  for (let most = order.length; most > mostInBox; most = (most + 1) >> 1) boxes = 2 * boxes + 1;
  const tree = { order, axes, corners: new Float64Array(boxes * 2 * axes.length) };
  if (order.length > 0) split(tree, 0, [0, order.length]);
  return tree;
}

type Range = readonly [first: number, end: number];

function split(tree: PointTree, box: number, [first, end]: Range): void {
  const { order, axes } = tree;
  const longest = enclose(tree, box, [first, end]);
  if (end - first <= mostInBox) return;
  const values = axes[longest]!;
  order.subarray(first, end).sort((a, b) => values[a]! - values[b]!);
  const middle = (first + end) >> 1;
  split(tree, 2 * box + 1, [first, middle]);
  split(tree, 2 * box + 2, [middle, end]);
}

/** Notes the corners of a box; answers the axis along which it is longest. */
function enclose({ order, axes, corners }: PointTree, box: number, [first, end]: Range): number {
  const count = axes.length;
  let longest = 0;
  let length = -1;
  for (let axis = 0; axis < count; axis++) {
    let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let place = first; place < end; place++) {
      const value = axes[axis]![order[place]!]!;
      if (value < least) least = value;
      if (value > most) most = value;
    }
    corners[box * 2 * count + axis] = least;
    corners[(box * 2 + 1) * count + axis] = most;
    if (most - least > length) [longest, length] = [axis, most - least];
  }
  return longest;
}

/** What is done with each point that may be within reach; it answers the reach from then on. */
type PointVisit = (point: number) => number;

/** Visits points around one, nearer boxes first: all within a reach that only shrinks, and some that are not. */
export function visitAround(tree: PointTree, center: number, visit: PointVisit): void {
  const { order } = tree;
  let reach = Number.POSITIVE_INFINITY;
  const enter = (box: number, first: number, end: number): void => {
    if (end - first <= mostInBox) {
      for (let place = first; place < end; place++) reach = visit(order[place]!);
      return;
    }
    const middle = (first + end) >> 1;
    const [lower, upper] = [2 * box + 1, 2 * box + 2];
    const [toLower, toUpper] = [distanceToBox(tree, lower, center), distanceToBox(tree, upper, center)];
    const isLowerFirst = toLower <= toUpper;
    if (isLowerFirst && toLower <= reach) enter(lower, first, middle);
    if (toUpper <= reach) enter(upper, middle, end);
    if (!isLowerFirst && toLower <= reach) enter(lower, first, middle);
  };
  enter(0, 0, order.length);
}

/** The straight way between two points. */
export function distanceBetween({ axes }: PointTree, a: number, b: number): number {
  let square = 0;
  for (const values of axes) square += (values[a]! - values[b]!) ** 2;
  return Math.sqrt(square);
}

function distanceToBox({ axes, corners }: PointTree, box: number, center: number): number {
  const count = axes.length;
  let square = 0;
  for (let axis = 0; axis < count; axis++) {
    const value = axes[axis]![center]!;
    const least = corners[box * 2 * count + axis]!;
    const most = corners[(box * 2 + 1) * count + axis]!;
    const outside = value < least ? least - value : Math.max(0, value - most);
    square += outside * outside;
  }
  return Math.sqrt(square);
}
