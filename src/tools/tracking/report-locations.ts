import * as z from "zod";
import type { App } from "../../app.ts";
import { type LocationEvent, locationTypes, sendInBatches } from "../../domain/freight.ts";
import { sha256 } from "../../state/fingerprint.ts";
import { instant, latitude, longitude, requestId, textIdentifier } from "../fields.ts";
import { repeatedAnswer, repeatedNote } from "../repeated.ts";
import { defineTool } from "../tool.ts";

const mostEvents = 10_000;

export const reportLocations = defineTool({
  name: "report_locations",
  title: "Report positions",
  description:
    "Reports where a carrier's device was, for the account's tracked loads; the vendor finds the load by itself. Sent " +
    "1,000 at a time: after a failure in the middle the same call sends only what was not taken. 上报位置",
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
    const enough = results.every(({ outcome }) => outcome.enough);
    const repeated = results.every((result) => result.repeated);
    return {
      data: {
        enough,
        events_taken: positions.length,
        batches: results.length,
        ...(repeated && { repeated }),
      },
      text: `The vendor took ${positions.length} positions and ${enough ? "has enough" : "wants more"}${repeatedNote(repeated)}.`,
    };
  },
});

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

/**
 * Each batch is a write of its own: those that were taken are not sent again with those that were not. Nothing tells
 * that the vendor takes the same identifiers for the same positions, so a batch whose answer was lost stays open.
 */
async function sendOnce(app: App, { positions, requestId: name, signal }: Report) {
  const [store, transmit] = await Promise.all([app.store(), app.transmit()]);
  return sendInBatches(positions, (batch, index) =>
    store.writes.once<{ enough: boolean }>(
      {
        tool: "report_locations",
        vendor: "transmit",
        ...(name !== undefined && { requestId: `${name}#${index + 1}` }),
        arguments: {
          events: batch.length,
          firstId: batch[0]?.id,
          content: sha256(JSON.stringify(batch)),
          // A named write has all of its batches or it is another one.
          ...(name !== undefined && { ofEvents: positions.length }),
        },
        signal,
      },
      {
        send: () => transmit.reportLocations(batch, { signal }),
        settleHint:
          "get_tracking shows in covered_meters and tracks what has arrived, though not position by position; " +
          "a new request_id sends them again on purpose.",
      },
    ),
  );
}
