import type { CallOptions } from "../../domain/call-options.ts";
import type { LocationEvent } from "../../domain/freight.ts";
import type { TransmitSettings } from "../../domain/vendor-settings.ts";
import { type Http, openLine, singleWrite, type VendorCheck, type VendorLine } from "../provider.ts";
import { createVendorClock } from "../vendor-clock.ts";
import { checkLocations } from "./arguments.ts";
import { checkSigning } from "./check.ts";
import { transmitErrors } from "./errors.ts";
import { send } from "./request.ts";
import { locationAnswerSchema, toWireEvent } from "./schemas.ts";
import { type Signing, signEachAttempt } from "./sign.ts";
import { createTrackings, type TransmitTrackings } from "./trackings.ts";

/** Freight loads that are tracked by their carriers' telephones (transmit.txt). */
export type TransmitClient = TransmitTrackings & {
  /** At most 1,000 at once; `enough` when the vendor needs no more. */
  reportLocations: (events: readonly LocationEvent[], options?: CallOptions) => Promise<{ enough: boolean }>;
  /** The vendor's time, epoch milliseconds: ours until an answer has told it. */
  vendorNow: () => number;
  /** Finds out whether, and how, the deployment takes our signatures. */
  check: (signal?: AbortSignal) => Promise<VendorCheck>;
  close: () => Promise<void>;
};

/** A client of one account; it opens no connection before its first call. */
export function createTransmit(settings: TransmitSettings, http: Http): TransmitClient {
  const vendorClock = createVendorClock(http.clock);
  const open = (signing: Partial<Signing>): VendorLine => {
    const profile = {
      vendor: "transmit",
      label: "Transmit",
      baseUrl: settings.baseUrl,
      errors: transmitErrors,
      secrets: [settings.token, settings.salt],
      signatureMembers: ["sign", "signature"],
      sign: signEachAttempt({ ...settings, ...signing }, http.clock, vendorClock),
    } as const;
    return openLine(profile, http, vendorClock);
  };
  const line = open({});
  return {
    ...createTrackings(line),
    reportLocations: (events, options) => postLocations(line, events, options),
    vendorNow: vendorClock.now,
    check: (signal) => checkSigning(line, { configured: settings, open, signal }),
    close: line.close,
  };
}

/** transmit.txt, 6. 创建location event */
async function postLocations(
  line: VendorLine,
  events: readonly LocationEvent[],
  { signal }: CallOptions = {},
): Promise<{ enough: boolean }> {
  checkLocations(events);
  const request = {
    ...singleWrite("No read tells which positions have arrived."),
    method: "POST" as const,
    path: "/location_events",
    json: { events: events.map(toWireEvent) },
    signal,
  };
  return send(line, request, locationAnswerSchema);
}
