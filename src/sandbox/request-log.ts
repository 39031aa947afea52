import type { VendorName } from "../domain/failure.ts";

/** One request that a vendor received. */
export type LoggedRequest = {
  vendor: VendorName;
  method: string;
  /** Below the vendor's mount, as it came: /api/v2/ai/transport-vehicles/ */
  path: string;
  /** With its question mark, or empty. */
  query: string;
  /** The endpoint's name; null where the vendor has none on this path with this method. */
  endpoint: string | null;
  /** Null until it is answered, and for ever when the connection is cut before that. */
  status: number | null;
};

/** The newest requests in the order of their arrival. */
export type RequestLog = {
  /** Notes an arrival; the function it gives notes the status that was sent. */
  add: (request: Omit<LoggedRequest, "status">) => (status: number | null) => void;
  list: () => LoggedRequest[];
};

const capacity = 10_000;

/** An empty log that forgets its oldest entry when it is full. */
export function createRequestLog(): RequestLog {
  const entries: LoggedRequest[] = [];
  return {
    add: (request) => {
      const entry: LoggedRequest = { ...request, status: null };
      entries.push(entry);
      if (entries.length > capacity) entries.shift();
      return (status) => {
        entry.status = status;
      };
    },
    list: () => entries.map((entry) => ({ ...entry })),
  };
}
