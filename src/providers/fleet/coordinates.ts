import type { Coordinates } from "../../domain/place.ts";
import type { CoordinateSystem } from "../../domain/vendor-settings.ts";

/** A shift of a position, degrees. */
type Shift = (position: Coordinates) => Coordinates;

/** Krasovsky 1940: semi-major axis in meters and squared eccentricity. */
const semiMajorAxisMeters = 6_378_245;
const eccentricitySquared = 0.006_693_421_622_965_943;

/** The angle that Baidu's shift wobbles with. */
const baiduAngle = (Math.PI * 3000) / 180;

/** 1e-9 degrees are a tenth of a millimeter; the shifts are smooth, so that a few rounds get there. */
const inversionTolerance = 1e-9;
const inversionRounds = 20;

/** The WGS-84 position of what a deployment stores; null when it is half-empty, unreadable or not on earth. */
export function readPosition(
  stored: { lat?: unknown; lng?: unknown } | null,
  system: CoordinateSystem,
): Coordinates | null {
  const lat = degrees(stored?.lat);
  const lng = degrees(stored?.lng);
  if (lat === undefined || lng === undefined || Math.abs(lat) > 90 || Math.abs(lng) > 180) return null;
  return toWgs84({ lat, lng }, system);
}

/** Undoes a deployment's shift, to well under a meter. Outside China positions are not shifted and stay as they are. */
export function toWgs84(position: Coordinates, system: CoordinateSystem): Coordinates {
  if (system === "wgs84" || !isShiftedArea(position)) return position;
  return invert(system === "gcj02" ? toGcj02 : (wgs84) => toBd09(toGcj02(wgs84)), position);
}

/** WGS-84 to GCJ-02, by the formula that is publicly known. */
export function toGcj02({ lat, lng }: Coordinates): Coordinates {
  if (!isShiftedArea({ lat, lng })) return { lat, lng };
  const x = lng - 105;
  const y = lat - 35;
  const radians = (lat / 180) * Math.PI;
  const bend = 1 - eccentricitySquared * Math.sin(radians) ** 2;
  const metersPerLatDegree =
    (((semiMajorAxisMeters * (1 - eccentricitySquared)) / (bend * Math.sqrt(bend))) * Math.PI) / 180;
  const metersPerLngDegree = ((semiMajorAxisMeters / Math.sqrt(bend)) * Math.cos(radians) * Math.PI) / 180;
  return {
    lat: lat + northMeters(x, y) / metersPerLatDegree,
    lng: lng + eastMeters(x, y) / metersPerLngDegree,
  };
}

/** GCJ-02 to BD-09. */
export function toBd09({ lat, lng }: Coordinates): Coordinates {
  const radius = Math.hypot(lng, lat) + 0.000_02 * Math.sin(lat * baiduAngle);
  const angle = Math.atan2(lat, lng) + 0.000_003 * Math.cos(lng * baiduAngle);
  return { lat: radius * Math.sin(angle) + 0.006, lng: radius * Math.cos(angle) + 0.0065 };
}

/** The position that the shift brings to `shifted`: steps back by what the shift of the last guess is off. */
function invert(shift: Shift, shifted: Coordinates): Coordinates {
  let guess = shifted;
  for (let round = 0; round < inversionRounds; round++) {
    const there = shift(guess);
    const lat = shifted.lat - there.lat;
    const lng = shifted.lng - there.lng;
    guess = { lat: guess.lat + lat, lng: guess.lng + lng };
    if (Math.abs(lat) < inversionTolerance && Math.abs(lng) < inversionTolerance) break;
  }
  return guess;
}

/** The rectangle in which the formula is applied. */
function isShiftedArea({ lat, lng }: Coordinates): boolean {
  return lng >= 72.004 && lng <= 137.8347 && lat >= 0.8293 && lat <= 55.8271;
}

function northMeters(x: number, y: number): number {
  const trend = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * Math.sqrt(Math.abs(x));
  return trend + shortWaves(x) + wave(y, 20, 1) + wave(y, 40, 3) + wave(y, 160, 12) + wave(y, 320, 30);
}

function eastMeters(x: number, y: number): number {
  const trend = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * Math.sqrt(Math.abs(x));
  return trend + shortWaves(x) + wave(x, 20, 1) + wave(x, 40, 3) + wave(x, 150, 12) + wave(x, 300, 30);
}

function shortWaves(x: number): number {
  return wave(x, 20, 1 / 6) + wave(x, 20, 1 / 2);
}

/** Two thirds of a sine of the given meters, over a length in half periods. */
function wave(at: number, meters: number, length: number): number {
  return (meters * Math.sin((at / length) * Math.PI) * 2) / 3;
}

function degrees(value: unknown): number | undefined {
  const isText = typeof value === "string" && value.trim() !== "";
  const number = isText ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}
