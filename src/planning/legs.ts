import { earthDiameterMeters } from "./great-circle.ts";
import { isMeasured, type Travel, type TravelPoints, type UnplacedLocations } from "./problem.ts";

/**
 * One measure of the legs between locations. Chosen once for a search: every place that asks it then sees one kind,
 * which the engine compiles into the loops that ask.
 */
export type Legs = { between(from: number, to: number): number };

/** The two measures of the legs of one travel. */
type LegMeasures = { meters: Legs; seconds: Legs };

/** The meters and the seconds of travel; one object where they are one number. */
export function legsOf(travel: Travel): LegMeasures {
  if (isMeasured(travel)) return withUnplaced(measureLegs(travel), travel.unplaced);
  const { size, distanceMeters, durationSeconds } = travel;
  const meters = new MatrixLegs(distanceMeters, size);
  return {
    meters,
    seconds: durationSeconds === distanceMeters ? meters : new MatrixLegs(durationSeconds, size),
  };
}

/** Legs as they stand in a matrix, [from * size + to]. */
export function legsInMatrix(values: Int32Array, size: number): Legs {
  return new MatrixLegs(values, size);
}

/** As many meters and seconds as the longest leg takes at most. */
export function longestLegs(travel: Travel): { meters: number; seconds: number } {
  if (!isMeasured(travel)) {
    return { meters: largest(travel.distanceMeters), seconds: largest(travel.durationSeconds) };
  }
  const { x, y, z, size, measure, unplaced } = travel;
  const corners = [x, y, z].map(rangeOf);
  const [low, high] = [corners.map(([least]) => least), corners.map(([, most]) => most)];
  const axes = low.map((least, axis) => Float64Array.of(least, high[axis]!));
  const { meters, seconds } = measureLegs({ size: 2, x: axes[0]!, y: axes[1]!, z: axes[2]!, measure });
  const away = size > 0 && unplaced ? unplaced : { awayMeters: 0, awaySeconds: 0 };
  return {
    meters: Math.max(meters.between(0, 1), away.awayMeters),
    seconds: Math.max(seconds.between(0, 1), away.awaySeconds),
  };
}

function measureLegs(travel: TravelPoints): LegMeasures {
  const { measure } = travel;
  if (measure.kind === "planar") {
    const meters = new PlanarLegs(travel, measure.scale, measure.isCut);
    return { meters, seconds: meters };
  }
  const { roadFactor, metersPerSecond, timeFactor } = measure;
  return {
    meters: new GreatCircleLegs(travel, { roadFactor, metersPerUnit: 1, factor: 1 }),
    seconds: new GreatCircleLegs(travel, { roadFactor, metersPerUnit: metersPerSecond, factor: timeFactor }),
  };
}

function withUnplaced({ meters, seconds }: LegMeasures, unplaced?: UnplacedLocations): LegMeasures {
  if (!unplaced) return { meters, seconds };
  const { awayMeters, awaySeconds } = unplaced;
  return {
    meters: new UnplacedLegs(meters, unplaced, awayMeters),
    seconds: new UnplacedLegs(seconds, unplaced, awaySeconds),
  };
}

function largest(values: Int32Array): number {
  let most = 0;
  for (const value of values) if (value > most) most = value;
  return most;
}

/** The least and the largest of the numbers; 0 where there are none. */
function rangeOf(values: Float64Array): [least: number, most: number] {
  const known = values.filter((value) => !Number.isNaN(value));
  if (known.length === 0) return [0, 0];
  return [known.reduce((a, b) => Math.min(a, b)), known.reduce((a, b) => Math.max(a, b))];
}

/** Legs read from a matrix, [from * size + to]. */
class MatrixLegs implements Legs {
  readonly values: Int32Array;
  readonly size: number;

  constructor(values: Int32Array, size: number) {
    this.values = values;
    this.size = size;
  }

  between(from: number, to: number): number {
    return this.values[from * this.size + to]!;
  }
}

/** Straight ways in the plane, in whole parts of a unit. */
class PlanarLegs implements Legs {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly scale: number;
  readonly isCut: boolean;

  constructor({ x, y }: TravelPoints, scale: number, isCut: boolean) {
    this.x = x;
    this.y = y;
    this.scale = scale;
    this.isCut = isCut;
  }

  between(from: number, to: number): number {
    const east = this.x[from]! - this.x[to]!;
    const north = this.y[from]! - this.y[to]!;
    const length = this.scale * Math.sqrt(east * east + north * north);
    // Cuts, and makes 0 of what is no number.
    return (this.isCut ? length : Math.round(length)) | 0;
  }
}

type Unit = { roadFactor: number; metersPerUnit: number; factor: number };

/** Great circles between points on the unit sphere, as roads are longer, in whole meters or seconds. */
class GreatCircleLegs implements Legs {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly z: Float64Array;
  readonly roadFactor: number;
  readonly metersPerUnit: number;
  readonly factor: number;

  constructor({ x, y, z }: TravelPoints, { roadFactor, metersPerUnit, factor }: Unit) {
    this.x = x;
    this.y = y;
    this.z = z;
    this.roadFactor = roadFactor;
    this.metersPerUnit = metersPerUnit;
    this.factor = factor;
  }

  between(from: number, to: number): number {
    const east = this.x[from]! - this.x[to]!;
    const north = this.y[from]! - this.y[to]!;
    const up = this.z[from]! - this.z[to]!;
    const chord = Math.sqrt(east * east + north * north + up * up) / 2;
    const meters = this.roadFactor * (earthDiameterMeters * Math.asin(Math.min(1, chord)));
    return (Math.round(meters / this.metersPerUnit) * this.factor) | 0;
  }
}

/** Legs of which some lead to or from locations without a place. */
class UnplacedLegs implements Legs {
  readonly placed: Legs;
  readonly kind: Uint8Array;
  readonly standIn: number;
  readonly away: number;

  constructor(placed: Legs, { kind, standIn }: UnplacedLocations, away: number) {
    this.placed = placed;
    this.kind = kind;
    this.standIn = standIn;
    this.away = away;
  }

  between(from: number, to: number): number {
    if (this.kind[from] === 1) return this.kind[to] === 0 ? this.away : 0;
    if (this.kind[to] !== 1) return this.placed.between(from, to);
    return this.standIn < 0 ? 0 : this.placed.between(from, this.standIn);
  }
}
