import type { Block } from "./blocks.ts";
import type { Table } from "./osrm.ts";
import type { RoundedPlaces } from "./rounded-places.ts";

/** What stands in place of travel that is not known: asked for in vain, or still to be asked for. */
export const noRoad = -1;
export const notAsked = -2;

/** Times and distances beyond this are no drive: four months, or twice around the globe. */
const longestSeconds = 10_000_000;
const longestMeters = 80_000_000;

/** A coordinate farther from any road is not on the service's map: what starts or ends there means nothing. */
const farthestRoadMeters = 5_000;

/** Travel between rounded places as it becomes known, [from * count + to]; in shared memory, for planner threads. */
export type TravelTable = {
  places: RoundedPlaces;
  distanceMeters: Int32Array;
  durationSeconds: Int32Array;
};

/** A table in which nothing is known but that there is no way from a place to itself. */
export function openTable(places: RoundedPlaces): TravelTable {
  const { count } = places;
  const distanceMeters = new Int32Array(new SharedArrayBuffer(count * count * 4)).fill(notAsked);
  const durationSeconds = new Int32Array(new SharedArrayBuffer(count * count * 4)).fill(notAsked);
  for (let place = 0; place < count; place++) {
    distanceMeters[place * count + place] = 0;
    durationSeconds[place * count + place] = 0;
  }
  return { places, distanceMeters, durationSeconds };
}

/** How many pairs are still to be asked for, by the place that they start from, [place]. */
export function countNotAsked({ places: { count }, durationSeconds }: TravelTable): Int32Array {
  const missing = new Int32Array(count);
  for (let cell = 0; cell < count * count; cell++) {
    if (durationSeconds[cell] === notAsked) missing[Math.floor(cell / count)]!++;
  }
  return missing;
}

/** The places of a block that are still to be asked for; undefined where none is. */
export function narrow({ places: { count }, durationSeconds }: TravelTable, block: Block): Block | undefined {
  const isMissing = (from: number, to: number) => durationSeconds[from * count + to] === notAsked;
  const sources = block.sources.filter((from) => block.destinations.some((to) => isMissing(from, to)));
  const destinations = block.destinations.filter((to) => block.sources.some((from) => isMissing(from, to)));
  if (sources.length === 0) return undefined;
  if (block.sources !== block.destinations) return { sources, destinations };
  const either = block.sources.filter((place) => sources.includes(place) || destinations.includes(place));
  return { sources: either, destinations: either };
}

/** Enters what the service tells of a block. */
export function enterTable(table: TravelTable, block: Block, told: Table): void {
  for (const [row, from] of block.sources.entries()) {
    for (const [column, to] of block.destinations.entries()) {
      const seconds = told.durations[row]?.[column] ?? noRoad;
      const meters = told.distances[row]?.[column] ?? noRoad;
      enter(table, { from, to }, { seconds, meters });
    }
  }
  for (const place of findFarOff(block, told)) enterOffRoad(table, place);
}

/** Enters that there is no road between the places of a block. */
export function enterNoRoad(table: TravelTable, { sources, destinations }: Block): void {
  for (const from of sources) {
    for (const to of destinations) enter(table, { from, to }, { seconds: noRoad, meters: noRoad });
  }
}

/** Enters that a place is off the service's map: no drive starts or ends there. */
export function enterOffRoad(table: TravelTable, place: number): void {
  for (let other = 0; other < table.places.count; other++) {
    enterNoRoad(table, { sources: [place], destinations: [other] });
    enterNoRoad(table, { sources: [other], destinations: [place] });
  }
}

type Pair = { from: number; to: number };

function enter(
  { places, distanceMeters, durationSeconds }: TravelTable,
  { from, to }: Pair,
  { seconds, meters }: { seconds: number; meters: number },
): void {
  if (from === to) return;
  const isDrive = seconds >= 0 && seconds <= longestSeconds && meters >= 0 && meters <= longestMeters;
  const cell = from * places.count + to;
  durationSeconds[cell] = isDrive ? Math.round(seconds) : noRoad;
  distanceMeters[cell] = isDrive ? Math.round(meters) : noRoad;
}

function findFarOff({ sources, destinations }: Block, told: Table): number[] {
  const isFarOff = (list: Table["sources"]) => (_place: number, index: number) =>
    (list?.[index]?.distance ?? 0) > farthestRoadMeters;
  return [...sources.filter(isFarOff(told.sources)), ...destinations.filter(isFarOff(told.destinations))];
}
