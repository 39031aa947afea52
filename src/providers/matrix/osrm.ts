import { z } from "zod";
import { Failure } from "../../domain/failure.ts";
import { type CallRequest, type Exchange, exchange, type VendorLine } from "../provider.ts";
import { type Block, countCoordinates } from "./blocks.ts";
import { type RoundedPlaces, writePlace } from "./rounded-places.ts";

/** One request to the table service. */
export type TableQuestion = { places: RoundedPlaces; block: Block; signal?: AbortSignal };

const cell = z.number().nullable();
const rows = z.array(z.array(cell));
const waypoints = z.array(z.object({ distance: z.number().optional() }).nullable()).optional();

/** docs/http.md, Table service; `waypoint.distance` is that of the coordinate to the road where it is taken to lie. */
const tableSchema = z.object({
  durations: rows,
  distances: rows,
  sources: waypoints,
  destinations: waypoints,
});

/** What the service tells of a block, [source][destination], null where there is no road. */
export type Table = z.output<typeof tableSchema>;

/** Less than the time that a whole plan waits, so that a service that is out of order is soon done without. */
const timing = { callMilliseconds: 10_000, attemptMilliseconds: 5_000 };

/**
 * `GET /table/v1/{profile}/{lng},{lat};…` (docs/http.md). Sends coordinates and nothing else of a place. The answer's
 * table is as large as the block.
 */
export async function askTable(line: VendorLine, question: TableQuestion): Promise<Exchange<Table>> {
  const { block } = question;
  const { value, answer } = await exchange(line, tableRequest(question), tableSchema);
  if (isOfSize(value.durations, block) && isOfSize(value.distances, block)) return { value, answer };
  throw new Failure("bad_response", "The OSRM service's table is not of the size that was asked for.", {
    vendor: line.profile.vendor,
    httpStatus: answer.status,
    hint: "Check that WAYBILL_MATRIX_URL names an OSRM service.",
  });
}

function tableRequest({ places, block, signal }: TableQuestion): CallRequest {
  const { sources, destinations } = block;
  const isSquare = sources === destinations;
  const all = isSquare ? sources : [...sources, ...destinations];
  const indexes = [...all.keys()].map(String);
  return {
    method: "GET",
    path: `/${all.map((place) => writePlace(places, place)).join(";")}`,
    shownPath: `/{${countCoordinates(block)} coordinates}`,
    query: [
      ["annotations", "duration,distance"],
      ["generate_hints", "false"],
      ...(isSquare
        ? []
        : [
            ["sources", indexes.slice(0, sources.length).join(";")] as const,
            ["destinations", indexes.slice(sources.length).join(";")] as const,
          ]),
    ],
    timing,
    signal,
  };
}

function isOfSize(table: readonly (readonly unknown[])[], { sources, destinations }: Block): boolean {
  return table.length === sources.length && table.every((row) => row.length === destinations.length);
}
