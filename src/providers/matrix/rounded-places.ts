import type { Coordinates } from "../../domain/place.ts";

/** A hundred-thousandth of a degree is about a meter. */
const stepsPerDegree = 100_000;

/** Positions to a meter, each once. Degrees are in hundred-thousandths, [place]. */
export type RoundedPlaces = {
  count: number;
  latitude: Int32Array;
  longitude: Int32Array;
  /** [position] */
  placeOf: Int32Array;
};

/** Rounds positions, so that what is asked and remembered is the same for all that are less than a meter apart. */
export function roundPlaces(positions: readonly Coordinates[]): RoundedPlaces {
  const places = new Map<string, number>();
  const latitude = new Int32Array(positions.length);
  const longitude = new Int32Array(positions.length);
  const placeOf = Int32Array.from(positions, ({ lat, lng }) => {
    const steps = [Math.round(lat * stepsPerDegree), Math.round(lng * stepsPerDegree)] as const;
    const key = steps.join(" ");
    const known = places.get(key);
    if (known !== undefined) return known;
    const place = places.size;
    places.set(key, place);
    [latitude[place], longitude[place]] = steps;
    return place;
  });
  return { count: places.size, latitude, longitude, placeOf };
}

/** A place as OSRM takes it: longitude first. */
export function writePlace({ latitude, longitude }: RoundedPlaces, place: number): string {
  return [longitude, latitude].map((degrees) => (degrees[place]! / stepsPerDegree).toFixed(5)).join(",");
}
