import { type Circle, distanceBetween, type Frame, isInside, type Point } from "./geometry.ts";

/** What markers need: their radius, the frame they stay in, circles that are taken. */
export type MarkerRules = { radius: number; frame: Frame; taken: Circle[] };

/** How far a marker may stand from its stop, in radii, and how finely places in between are tried. */
const farthestRadii = 24;
const stepRadii = 0.6;
const directions = 16;

/**
 * Where the markers stand so that none covers another: at their point where that is free, else at the nearest free
 * place around it. A marker that finds none within 24 radii stays at its point.
 */
export function placeMarkers(points: Point[], rules: MarkerRules): Point[] {
  const occupancy = createOccupancy(rules);
  return points.map((point) => {
    const marker = candidates(point, rules.radius).find((place) => occupancy.isFree(place)) ?? point;
    occupancy.take(marker);
    return marker;
  });
}

function* candidates(point: Point, radius: number): Generator<Point, void, undefined> {
  yield point;
  for (let distance = stepRadii; distance <= farthestRadii; distance += stepRadii) {
    for (let direction = 0; direction < directions; direction++) {
      const angle = (direction / directions) * 2 * Math.PI - Math.PI / 2;
      yield {
        x: point.x + Math.cos(angle) * distance * radius,
        y: point.y + Math.sin(angle) * distance * radius,
      };
    }
  }
}

/** Markers by square cells as wide as a marker, so that only the neighbours are compared. */
function createOccupancy({ radius, frame, taken }: MarkerRules) {
  const reach = 2 * radius + 1;
  const cells = new Map<string, Point[]>();
  const cellOf = ({ x, y }: Point) => [Math.floor(x / reach), Math.floor(y / reach)] as const;

  const isNearMarker = (place: Point): boolean => {
    const [column, row] = cellOf(place);
    for (let near = column - 1; near <= column + 1; near++) {
      for (let beside = row - 1; beside <= row + 1; beside++) {
        if (cells.get(`${near} ${beside}`)?.some((marker) => distanceBetween(marker, place) < reach))
          return true;
      }
    }
    return false;
  };

  return {
    isFree: (place: Point): boolean =>
      isInside(place, frame) &&
      taken.every((circle) => distanceBetween(circle, place) >= circle.radius + radius + 1) &&
      !isNearMarker(place),
    take: (place: Point): void => {
      const key = cellOf(place).join(" ");
      cells.set(key, [...(cells.get(key) ?? []), place]);
    },
  };
}
