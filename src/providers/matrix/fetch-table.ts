import { Failure } from "../../domain/failure.ts";
import { abortFailure } from "../../pipeline/abort.ts";
import { type Block, countCoordinates, countPairs, cutToSize, halves, planBlocks } from "./blocks.ts";
import { osrmCodes } from "./errors.ts";
import type { Table } from "./osrm.ts";
import {
  countNotAsked,
  enterNoRoad,
  enterOffRoad,
  enterTable,
  narrow,
  type TravelTable,
} from "./travel-table.ts";

/** How blocks of a table are asked for. */
export type Fetching = {
  table: TravelTable;
  ask: (block: Block, signal: AbortSignal) => Promise<Table>;
  /** Requests at a time. */
  lanes: number;
  /** How many coordinates a request may hold; lowered where the service takes fewer. */
  size: { mostCoordinates: number };
  signal: AbortSignal;
  onProgress: (fraction: number) => void;
};

/** Looking for places off the map takes at most so many requests: if it takes more, it is the wrong map. */
const mostProbes = 400;

type Run = Fetching & { queue: Block[]; probes: number };

/** Asks for all that the table lacks. Gives the failure that ended it early, undefined when every pair was asked. */
export async function fetchTable(fetching: Fetching): Promise<Failure | undefined> {
  const stop = new AbortController();
  const signal = AbortSignal.any([fetching.signal, stop.signal]);
  const run: Run = { ...fetching, signal, queue: planQueue(fetching), probes: 0 };
  const work = workOff(run);
  const lane = () =>
    work().catch((error: unknown) => {
      stop.abort(error);
      throw error;
    });
  const outcomes = await Promise.allSettled(Array.from({ length: fetching.lanes }, lane));
  if (outcomes.every(({ status }) => status === "fulfilled")) return undefined;
  if (fetching.signal.aborted) return abortFailure(fetching.signal);
  const { reason } = stop.signal;
  if (reason instanceof Failure) return reason;
  throw reason;
}

/** The blocks that hold something unknown; they are taken from the end. */
function planQueue({ table, size }: Fetching): Block[] {
  const blocks = planBlocks(orderPlaces(table), size.mostCoordinates);
  return blocks.flatMap((block) => narrow(table, block) ?? []).reverse();
}

/** What each lane does: takes block after block until none is left, and tells how far all lanes are. */
function workOff(run: Run): () => Promise<void> {
  const wanted = run.queue.reduce((sum, block) => sum + countPairs(block), 0);
  let settled = 0;
  return async () => {
    for (let block = run.queue.pop(); block; block = run.queue.pop()) {
      run.signal.throwIfAborted();
      const pairs = await askBlock(run, block);
      settled += pairs;
      run.onProgress(Math.min(1, settled / wanted));
    }
  };
}

/** Places with the most unknown pairs first: new places then fill whole blocks, and the others need no request. */
function orderPlaces(table: TravelTable): number[] {
  const missing = countNotAsked(table);
  return [...missing.keys()].sort((a, b) => missing[b]! - missing[a]! || a - b);
}

/** Asks for what a block still lacks, or puts its parts back; gives the number of its pairs that are settled. */
async function askBlock(run: Run, planned: Block): Promise<number> {
  const { table, size, queue, signal } = run;
  const block = narrow(table, planned);
  if (!block) return countPairs(planned);
  const parts = cutToSize(block, size.mostCoordinates);
  if (parts.length > 1) {
    queue.push(...parts);
    return countPairs(planned) - countPairs(block);
  }
  try {
    enterTable(table, block, await run.ask(block, signal));
  } catch (error) {
    await afterRefusal(run, block, error);
    queue.push(block);
    return countPairs(planned) - countPairs(block);
  }
  return countPairs(planned);
}

/** Learns from a refusal what makes another attempt at the block go well; throws where nothing does. */
async function afterRefusal(run: Run, block: Block, error: unknown): Promise<void> {
  if (!(error instanceof Failure)) throw error;
  const { vendorCode, httpStatus } = error.details;
  const coordinates = countCoordinates(block);
  if ((vendorCode === osrmCodes.tooBig || httpStatus === 413 || httpStatus === 414) && coordinates > 2) {
    run.size.mostCoordinates = Math.min(run.size.mostCoordinates, Math.ceil(coordinates / 2));
    return;
  }
  if (vendorCode === osrmCodes.noTable) return enterNoRoad(run.table, block);
  if (vendorCode !== osrmCodes.offRoad) throw error;
  const places = [...new Set([...block.sources, ...block.destinations])];
  const offRoad = await findOffRoad(run, places, error);
  for (const place of offRoad) enterOffRoad(run.table, place);
  if (offRoad.length === 0) enterNoRoad(run.table, block);
}

/** The places near which there is no road, found by halves: one such place spoils every request that holds it. */
async function findOffRoad(run: Run, places: readonly number[], error: Failure): Promise<number[]> {
  if (await areOnRoad(run, places, error)) return [];
  if (places.length === 1) return [...places];
  const [first, second] = halves(places);
  return [...(await findOffRoad(run, first, error)), ...(await findOffRoad(run, second, error))];
}

async function areOnRoad(run: Run, places: readonly number[], error: Failure): Promise<boolean> {
  run.probes++;
  if (run.probes > mostProbes) throw error;
  const [first = 0] = places;
  // One place alone is asked for twice, because a table has two coordinates at least.
  const rest = places.length === 1 ? [first] : places.slice(1);
  try {
    await run.ask({ sources: [first], destinations: rest }, run.signal);
    return true;
  } catch (failure) {
    if (failure instanceof Failure && failure.details.vendorCode === osrmCodes.offRoad) return false;
    throw failure;
  }
}
