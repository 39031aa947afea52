import * as z from "zod";
import type { App } from "../../app.ts";
import { Failure } from "../../domain/failure.ts";
import {
  type LocationEvent,
  largestLocationBatch,
  locationTypes,
  sendInBatches,
} from "../../domain/freight.ts";
import { sha256 } from "../../state/fingerprint.ts";
import type { WriteResult } from "../../state/writes/write-steps.ts";
import { instant, latitude, longitude, requestId, textIdentifier } from "../fields.ts";
import { repeatedAnswer, repeatedNote } from "../repeated.ts";
import { defineTool } from "../tool.ts";

const mostEvents = 10_000;

export const reportLocations = defineTool({
  name: "report_locations",
  title: "Report positions",
  description:
    "Reports where a carrier's device was, for the account's tracked loads; the vendor finds the load by itself. Sent " +
    "1,000 at a time: after a failure in the middle the same call sends only what was not taken, but never what may " +
    "have been (events_unknown). 上报位置",
  access: "write",
  vendor: "transmit",
  input: z.strictObject({
    events: z
      .array(
        z.strictObject({
          id: textIdentifier.describe("Your own, unique for each position, such as a UUID"),
          lat: latitude,
          lng: longitude,
          client_date: instant.describe("By the device's clock"),
          location_type: z.enum(locationTypes),
        }),
      )
      .min(1)
      .max(mostEvents)
      .superRefine(refuseRepeatedIds),
    request_id: requestId.optional(),
  }),
  output: z.object({
    enough: z.boolean().describe("The vendor has enough positions"),
    events_taken: z.number().int(),
    batches: z.number().int(),
    events_unknown: z
      .array(z.object({ from: z.number().int(), to: z.number().int() }))
      .optional()
      .describe(
        "Places in events, from 0: the answer to these was lost, and the same call never sends them again",
      ),
    ...repeatedAnswer,
  }),
  async run({ events, request_id }, app, { signal }) {
    const positions = events.map(
      ({ client_date, location_type, ...rest }): LocationEvent => ({
        ...rest,
        clientDate: client_date,
        locationType: location_type,
      }),
    );
    const results = await sendOnce(app, { positions, requestId: request_id, signal });
    const known = results.filter((result) => result !== undefined);
    const unknown = unknownRanges(results, positions.length);
    const taken = unknown.reduce((rest, { from, to }) => rest - (to - from + 1), positions.length);
    const enough = known.every(({ outcome }) => outcome.enough);
    const repeated = known.every((result) => result.repeated);
    return {
      data: {
        enough,
        events_taken: taken,
        batches: results.length,
        ...(unknown.length > 0 && { events_unknown: unknown }),
        ...(repeated && { repeated }),
      },
      text: [
        `The vendor took ${taken} positions and ${enough ? "has enough" : "wants more"}${repeatedNote(repeated)}.`,
        ...unknown.map(({ from, to }) => `Whether it took events[${from}] to events[${to}] is not known.`),
        ...(unknown.length > 0 ? [settleHint] : []),
      ].join(" "),
    };
  },
});

const settleHint =
  "get_tracking shows in covered_meters and tracks what has arrived, though not position by position; " +
  "a new request_id sends them again on purpose.";

function refuseRepeatedIds(events: readonly { id: string }[], context: z.RefinementCtx): void {
  const seen = new Set<string>();
  for (const [index, { id }] of events.entries()) {
    if (seen.has(id)) {
      const path = [index, "id"];
      context.addIssue({ code: "custom", path, message: "takes an identifier that no event before it has" });
    }
    seen.add(id);
  }
}

type Report = { positions: LocationEvent[]; requestId: string | undefined; signal: AbortSignal };

/** What a batch came to; undefined where nobody can say whether it was taken. */
type BatchResult = WriteResult<{ enough: boolean }> | undefined;

/**
 * Each batch is a write of its own: those that were taken are not sent again with those that were not. Nothing tells
 * that the vendor takes the same identifiers for the same positions, so a batch whose answer was lost stays open; it
 * holds up none of the others. Only where no batch is known to be taken is that the call's own failure.
 */
async function sendOnce(app: App, { positions, requestId: name, signal }: Report): Promise<BatchResult[]> {
  const [store, transmit] = await Promise.all([app.store(), app.transmit()]);
  let lost: Failure | undefined;
  const results = await sendInBatches(positions, (batch, index): Promise<BatchResult> => {
    const request = {
      tool: "report_locations",
      vendor: "transmit" as const,
      ...(name !== undefined && { requestId: `${name}#${index + 1}` }),
      arguments: {
        events: batch.length,
        firstId: batch[0]?.id,
        content: sha256(JSON.stringify(batch)),
        // A named write has all of its batches or it is another one.
        ...(name !== undefined && { ofEvents: positions.length }),
      },
      signal,
    };
    const send = () => transmit.reportLocations(batch, { signal });
    return store.writes.once<{ enough: boolean }>(request, { send, settleHint }).catch((error: unknown) => {
      if (!(error instanceof Failure) || error.code !== "outcome_unknown") throw error;
      lost = error;
      return undefined;
    });
  });
  if (lost && results.every((result) => result === undefined)) throw lost;
  return results;
}

/** The places of the batches whose outcome is unknown, from 0, both ends included. */
function unknownRanges(results: readonly BatchResult[], events: number): { from: number; to: number }[] {
  return results.flatMap((result, index) => {
    const from = index * largestLocationBatch;
    return result ? [] : [{ from, to: Math.min(from + largestLocationBatch, events) - 1 }];
  });
}
