import type { Coordinates } from "./place.ts";

/** Which travel is wanted, and who waits for it. */
export type TravelQuery = {
  positions: readonly Coordinates[];
  /** When the drives begin, ISO 8601 with offset: for sources that know the traffic of that hour. */
  departAt?: string;
  signal?: AbortSignal;
  /** Told how much of the travel is known by now, 0 to 1. */
  onProgress?: (fraction: number) => void;
};

/** Drives that a source does not know, with the reason as the rest of a sentence: "its map has no road there". */
export type TravelGap = { drives: number; reason: string };

/**
 * Directed travel between positions, whole meters and seconds, [from * size + to]: negative where the source knows
 * none, empty arrays where it knows nothing at all. They may lie in shared memory and are only read.
 */
export type KnownTravel = {
  size: number;
  distanceMeters: Int32Array;
  durationSeconds: Int32Array;
  /** Why some is unknown; empty when all is known. */
  gaps: TravelGap[];
};

/** Tells how long drives are and take. A source that fails tells what it knows, with the failure as a gap. */
export type TravelSource = {
  /** Rejects with `cancelled` alone. */
  travelBetween: (query: TravelQuery) => Promise<KnownTravel>;
};
