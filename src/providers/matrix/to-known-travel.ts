import type { Failure } from "../../domain/failure.ts";
import type { KnownTravel, TravelGap } from "../../domain/travel.ts";
import { noRoad, notAsked, type TravelTable } from "./travel-table.ts";

/** Travel between the positions that a table was opened for, with the reasons for what is unknown. */
export function toKnownTravel(table: TravelTable, failure: Failure | undefined): KnownTravel {
  const { count, placeOf } = table.places;
  const size = placeOf.length;
  const travel = size === count ? table : spread(table);
  const { distanceMeters, durationSeconds } = travel;
  let [vain, unasked] = [0, 0];
  for (const seconds of durationSeconds) {
    if (seconds === noRoad) vain++;
    if (seconds === notAsked) unasked++;
  }
  const gaps = [
    { drives: vain, reason: "the OSRM service's map has no road for them" },
    { drives: unasked, reason: failure ? asReason(failure) : "the OSRM service was not asked" },
  ].filter(({ drives }) => drives > 0);
  return { size, distanceMeters, durationSeconds, gaps };
}

/** The answer for more positions than are asked for. */
export function nothingKnown(size: number, mostPlaces: number): KnownTravel {
  const reason = `the OSRM service is asked for ${mostPlaces} places at most`;
  const gaps: TravelGap[] = [{ drives: size * (size - 1), reason }];
  return { size, distanceMeters: new Int32Array(), durationSeconds: new Int32Array(), gaps };
}

/** Positions that are one place have the same travel, and none between them. */
function spread(table: TravelTable): Pick<TravelTable, "distanceMeters" | "durationSeconds"> {
  const { count, placeOf } = table.places;
  const size = placeOf.length;
  const distanceMeters = new Int32Array(new SharedArrayBuffer(size * size * 4));
  const durationSeconds = new Int32Array(new SharedArrayBuffer(size * size * 4));
  for (let from = 0; from < size; from++) {
    for (let to = 0; to < size; to++) {
      const cell = placeOf[from]! * count + placeOf[to]!;
      distanceMeters[from * size + to] = table.distanceMeters[cell]!;
      durationSeconds[from * size + to] = table.durationSeconds[cell]!;
    }
  }
  return { distanceMeters, durationSeconds };
}

/** A failure's sentence as the end of another. */
function asReason({ message }: Failure): string {
  return message.charAt(0).toLowerCase() + message.slice(1).replace(/\.$/, "");
}
