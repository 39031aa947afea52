import type { VehicleTypes } from "../vehicle-types.ts";

/** Whether a vehicle of the type may drive `meters` in `seconds` and spend `stay` seconds at stops, never waiting. */
export function bearsDrive(
  types: VehicleTypes,
  type: number,
  meters: number,
  seconds: number,
  stay: number,
): boolean {
  return (
    meters <= types.maxMeters[type]! &&
    seconds <= types.maxTravelSeconds[type]! &&
    seconds + stay <= types.maxDurationSeconds[type]!
  );
}
