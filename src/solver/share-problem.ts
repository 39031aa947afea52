import { orderLocations } from "../planning/order-locations.ts";
import { isMeasured, type Problem, type Travel } from "../planning/problem.ts";

/** Smaller arrays are copied to a thread faster than they are shared. */
const largeBytes = 65_536;

/**
 * The problem as threads search it: its large arrays in shared memory, so that they are read without a copy each, and
 * locations numbered so that the search finds what it reads of them close together.
 */
export function shareProblem(problem: Problem): Problem {
  const ordered = orderLocations(problem, allocateShared);
  const { stops, travel } = ordered;
  // Arrays that are one array stay one: the search then reads half as much.
  const shared = new Map<Int32Array, Int32Array>();
  const share = (values: Int32Array): Int32Array => {
    const copy = shared.get(values) ?? toShared(values);
    shared.set(values, copy);
    return copy;
  };
  return {
    ...ordered,
    stops: { ...stops, isAllowed: new Uint8Array(toSharedBuffer(stops.isAllowed)) },
    travel: travel.map((own): Travel => {
      // Points are few numbers: threads copy them.
      if (isMeasured(own)) return own;
      const { size, distanceMeters, durationSeconds } = own;
      return { size, distanceMeters: share(distanceMeters), durationSeconds: share(durationSeconds) };
    }),
  };
}

function allocateShared(length: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(length * Int32Array.BYTES_PER_ELEMENT));
}

function toShared(values: Int32Array): Int32Array {
  const isLarge = values.byteLength >= largeBytes && values.buffer instanceof ArrayBuffer;
  return isLarge ? new Int32Array(toSharedBuffer(values)) : values;
}

function toSharedBuffer(values: Uint8Array | Int32Array): SharedArrayBuffer {
  const buffer = new SharedArrayBuffer(values.byteLength);
  new Uint8Array(buffer).set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  return buffer;
}
