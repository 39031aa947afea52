import type { RoundedPlaces } from "./rounded-places.ts";
import { notAsked, type TravelTable } from "./travel-table.ts";

export type TravelMemoryOptions = {
  /** Eight bytes for each pair of them, which the system hands out as they are used. */
  mostPlaces: number;
  /** How long travel is remembered: maps are renewed. */
  rememberedSeconds: number;
  /** Seconds, by a clock that nobody can set. */
  now: () => number;
};

/**
 * Travel that was told earlier, as one square table of the places that were asked about lately: a plan of a thousand
 * places has a million pairs, which as objects of their own would take many times the memory.
 */
export type TravelMemory = TravelMemoryOptions & {
  /** From slot to slot, [from * mostPlaces + to], raised so that 0 stands for what is not known. */
  distances: Int32Array;
  durations: Int32Array;
  /** By position, those used longest ago first. What is known of a pair was told after both places were entered. */
  known: Map<string, { slot: number; since: number }>;
  freeSlots: number[];
};

/** A memory that is empty. */
export function createTravelMemory(options: TravelMemoryOptions): TravelMemory {
  const { mostPlaces } = options;
  return {
    ...options,
    distances: new Int32Array(mostPlaces * mostPlaces),
    durations: new Int32Array(mostPlaces * mostPlaces),
    known: new Map(),
    freeSlots: Array.from({ length: mostPlaces }, (_, index) => mostPlaces - 1 - index),
  };
}

/** Enters what is remembered into a table. In one go, as `keepTravel` does: so calls that overlap do not mix. */
export function recallTravel(memory: TravelMemory, table: TravelTable): void {
  const { mostPlaces, distances, durations } = memory;
  const { places, distanceMeters, durationSeconds } = table;
  const slots = keysOf(places).map((key) => findSlot(memory, key));
  for (let from = 0; from < places.count; from++) {
    if (slots[from]! < 0) continue;
    for (let to = 0; to < places.count; to++) {
      const pair = slots[from]! * mostPlaces + slots[to]!;
      if (from === to || slots[to]! < 0 || durations[pair] === 0) continue;
      durationSeconds[from * places.count + to] = durations[pair]! + notAsked;
      distanceMeters[from * places.count + to] = distances[pair]! + notAsked;
    }
  }
}

/** Remembers what a table knows; places that were used longest ago make room. */
export function keepTravel(memory: TravelMemory, table: TravelTable): void {
  const { mostPlaces, distances, durations } = memory;
  const { places, distanceMeters, durationSeconds } = table;
  if (places.count > mostPlaces) return;
  const keys = keysOf(places);
  makeRoom(memory, keys);
  const slots = keys.map((key) => enterPlace(memory, key));
  for (let from = 0; from < places.count; from++) {
    for (let to = 0; to < places.count; to++) {
      const cell = from * places.count + to;
      if (from === to || durationSeconds[cell] === notAsked) continue;
      const pair = slots[from]! * mostPlaces + slots[to]!;
      durations[pair] = durationSeconds[cell]! - notAsked;
      distances[pair] = distanceMeters[cell]! - notAsked;
    }
  }
}

/** The place's slot, -1 when nothing recent is known of it. */
function findSlot({ known, now, rememberedSeconds }: TravelMemory, key: string): number {
  const place = known.get(key);
  return place && now() - place.since <= rememberedSeconds ? place.slot : -1;
}

function makeRoom(memory: TravelMemory, keys: readonly string[]): void {
  const { known, freeSlots } = memory;
  const wanted = new Set(keys);
  const lacking = keys.filter((key) => !known.has(key)).length - freeSlots.length;
  const others = known.keys().filter((key) => !wanted.has(key));
  for (const key of others.take(Math.max(0, lacking)).toArray()) forgetPlace(memory, key);
}

/** The slot of a place, which from now on is the one used last. */
function enterPlace(memory: TravelMemory, key: string): number {
  const { known, freeSlots, now } = memory;
  if (findSlot(memory, key) < 0) forgetPlace(memory, key);
  const place = known.get(key) ?? { slot: freeSlots.pop()!, since: now() };
  known.delete(key);
  known.set(key, place);
  return place.slot;
}

function forgetPlace(
  { known, freeSlots, mostPlaces, distances, durations }: TravelMemory,
  key: string,
): void {
  const place = known.get(key);
  if (!place) return;
  for (let other = 0; other < mostPlaces; other++) {
    for (const pair of [place.slot * mostPlaces + other, other * mostPlaces + place.slot]) {
      distances[pair] = 0;
      durations[pair] = 0;
    }
  }
  known.delete(key);
  freeSlots.push(place.slot);
}

function keysOf({ count, latitude, longitude }: RoundedPlaces): string[] {
  return Array.from({ length: count }, (_, place) => `${latitude[place]} ${longitude[place]}`);
}
