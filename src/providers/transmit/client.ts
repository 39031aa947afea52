import { type LocationEvent, sendInBatches } from "../../domain/freight.ts";
import { exchange, type Http, openLine, type VendorCheck, type VendorLine } from "../provider.ts";
import { checkLocations } from "./check-input.ts";
import { checkSigning } from "./check-signing.ts";
import { transmitErrors } from "./errors.ts";
import { locationAnswerSchema, toWireEvent } from "./schemas.ts";
import { type Signing, signEachAttempt } from "./sign.ts";
import { createTrackings, type TransmitTrackings } from "./trackings.ts";
import { writeOnce } from "./write-once.ts";

/** The account, and how its deployment checks signatures. */
export type TransmitConfig = Signing & {
  /** Ends in `/api/transmit`. */
  baseUrl: string;
};

/** Freight loads that are tracked by their carriers' telephones (transmit.txt). */
export type TransmitClient = TransmitTrackings & {
  /** In batches of 1,000; `enough` when every batch was answered so. */
  reportLocations: (
    events: readonly LocationEvent[],
    options?: { signal?: AbortSignal | undefined },
  ) => Promise<{ enough: boolean }>;
  /** Finds out whether, and how, the deployment takes our signatures. */
  check: (signal?: AbortSignal) => Promise<VendorCheck>;
  close: () => Promise<void>;
};

/** A client of one account; it opens no connection before its first call. */
export function createTransmit(config: TransmitConfig, http: Http): TransmitClient {
  const open = (signing: Partial<Signing>): VendorLine =>
    openLine(
      {
        vendor: "transmit",
        label: "Transmit",
        baseUrl: config.baseUrl,
        errors: transmitErrors,
        secrets: [config.token, config.salt],
        sign: signEachAttempt({ ...config, ...signing }, http.clock),
      },
      http,
    );
  const line = open({});
  return {
    ...createTrackings(line),
    reportLocations: async (events, { signal } = {}) => {
      checkLocations(events);
      const answers = await sendInBatches(events, (batch) => postLocations(line, batch, signal));
      return { enough: answers.every(({ enough }) => enough) };
    },
    check: (signal) => checkSigning(line, { configured: config, open, signal }),
    close: line.close,
  };
}

/** transmit.txt, 6. 创建location event */
async function postLocations(line: VendorLine, batch: LocationEvent[], signal: AbortSignal | undefined) {
  const request = {
    ...writeOnce("No read tells which positions have arrived."),
    method: "POST" as const,
    path: "/location_events",
    json: { events: batch.map(toWireEvent) },
    signal,
  };
  return (await exchange(line, request, locationAnswerSchema)).value;
}
