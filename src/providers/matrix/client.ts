import { cancelled, Failure } from "../../domain/failure.ts";
import type { Coordinates } from "../../domain/place.ts";
import type { KnownTravel, TravelQuery, TravelSource } from "../../domain/travel.ts";
import { withinTime } from "../../pipeline/abort.ts";
import { type Http, measure, openLine, type VendorCheck, type VendorLine } from "../provider.ts";
import { osrmErrors } from "./errors.ts";
import { fetchTable } from "./fetch-table.ts";
import { askTable } from "./osrm.ts";
import { roundPlaces } from "./rounded-places.ts";
import { nothingKnown, toKnownTravel } from "./to-known-travel.ts";
import { createTravelMemory, keepTravel, recallTravel, type TravelMemory } from "./travel-memory.ts";
import { openTable, type TravelTable } from "./travel-table.ts";

/** How much is asked for, and how long. */
export type MatrixLimits = {
  /** In one request: what osrm-routed takes unless --max-table-size says otherwise. */
  mostCoordinates: number;
  /** Requests at a time, of all plans together. */
  requests: number;
  /** In one plan; travel between more is not asked for at all. */
  mostPlaces: number;
  /** For all of a plan's travel, retries included. */
  longestMilliseconds: number;
  /** Places whose travel is remembered, at least as many as one plan may have. */
  rememberedPlaces: number;
  rememberedSeconds: number;
};

export const usualMatrixLimits: MatrixLimits = {
  mostCoordinates: 100,
  requests: 4,
  mostPlaces: 2_500,
  longestMilliseconds: 30_000,
  rememberedPlaces: 3_000,
  rememberedSeconds: 86_400,
};

/** Travel by road, of an OSRM service. Its roads are the same at every hour, so that `departAt` makes no difference. */
export type MatrixClient = TravelSource & {
  /** Asks for the travel between two neighbours of a position. */
  check: (near: Coordinates, signal?: AbortSignal) => Promise<VendorCheck>;
  close: () => Promise<void>;
};

const label = "The OSRM service";

/** A client of one OSRM `table` service, whose address ends in the profile; it opens no connection before its first call. */
export function createMatrix(
  { baseUrl }: { baseUrl: string },
  http: Http,
  limits: MatrixLimits = usualMatrixLimits,
): MatrixClient {
  const line = openLine(
    { vendor: "matrix", label, baseUrl, errors: osrmErrors, secrets: [] },
    { ...http, limits: { ...http.limits, connections: limits.requests } },
  );
  const { rememberedPlaces: mostPlaces, rememberedSeconds, mostCoordinates } = limits;
  const now = () => http.clock.elapsed() / 1000;
  const memory = createTravelMemory({ mostPlaces, rememberedSeconds, now });
  const source = { line, limits, memory, size: { mostCoordinates } };
  return {
    travelBetween: (query) => readTravel(source, query),
    check: (near, signal) => {
      const neighbour = { lat: near.lat + (near.lat > 0 ? -0.01 : 0.01), lng: near.lng };
      const places = roundPlaces([near, neighbour]);
      const block = { sources: [0], destinations: [1] };
      return measure(line, () => askTable(line, { places, block, ...(signal && { signal }) }));
    },
    close: line.close,
  };
}

type Source = {
  line: VendorLine;
  limits: MatrixLimits;
  memory: TravelMemory;
  size: { mostCoordinates: number };
};

async function readTravel(source: Source, query: TravelQuery): Promise<KnownTravel> {
  const { limits, memory } = source;
  if (query.signal?.aborted) throw cancelled();
  const places = roundPlaces(query.positions);
  if (places.count > limits.mostPlaces) return nothingKnown(query.positions.length, limits.mostPlaces);
  const table = openTable(places);
  recallTravel(memory, table);
  const failure = await fillTable(source, table, query);
  keepTravel(memory, table);
  if (query.signal?.aborted) throw cancelled();
  return toKnownTravel(table, failure);
}

/** Asks for what the table lacks, as long as the time lasts. */
function fillTable(
  { line, limits, size }: Source,
  table: TravelTable,
  { signal, onProgress = () => {} }: TravelQuery,
): Promise<Failure | undefined> {
  const { longestMilliseconds: milliseconds, requests: lanes } = limits;
  const { places } = table;
  const timeIsOver = () =>
    new Failure(
      "timeout",
      `${label} did not tell it within ${milliseconds / 1000} seconds; the same call goes on from there.`,
    );
  return withinTime({ clock: line.http.clock, milliseconds, signal, failure: timeIsOver }, (limited) =>
    fetchTable({
      table,
      ask: async (block, asking) => (await askTable(line, { places, block, signal: asking })).value,
      lanes,
      size,
      signal: limited,
      onProgress,
    }),
  );
}
