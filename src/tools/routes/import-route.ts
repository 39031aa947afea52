import * as z from "zod";
import type { RouteImportResult } from "../../domain/route-job.ts";
import { quote } from "../../domain/vendor-text.ts";
import { countThatFits, dataTokenBudget, estimateDataTokens } from "../answer-size.ts";
import { plainText, requestId } from "../fields.ts";
import { repeatedAnswer, repeatedNote } from "../repeated.ts";
import { defineTool } from "../tool.ts";
import { importOnce } from "./import-once.ts";
import { fromRouteStop, routeImportFields, routeStopAnswer, toRouteImport } from "./route-fields.ts";

/** RouteMate's answer to an import, and whether it was given before. */
export const importRouteAnswer = z.object({
  job_id: z.string(),
  external_job_id: z.string(),
  route_id: z.string().nullable(),
  driver_email: z.string(),
  driver_resolved: z.boolean(),
  driver_user_id: z.string().nullable(),
  stops_imported: z.number(),
  stops_geocoded: z.number(),
  stops_geocode_failed: z.number(),
  optimization: z
    .object({
      total_distance_km: z.number(),
      total_duration_minutes: z.number(),
      encoded_polyline: z.string().optional(),
    })
    .nullable(),
  stops: z.array(routeStopAnswer).describe("In the vendor's order, which is the driver's"),
  stops_omitted: z.number().int().optional().describe("Stops cut for length: get_route_job gives them"),
  deep_link: z.string().nullable(),
  warnings: z.array(z.object({ code: z.string(), message: z.string() })),
  reordered: z.boolean().describe("True: the driver's order is not the one that was sent"),
  ...repeatedAnswer,
});

export const importRoute = defineTool({
  name: "import_route",
  title: "Send a route to a driver",
  description:
    "Sends one route that is in no plan to RouteMate, which gives it to the driver: it can't be changed or taken back, so ask the person first. " +
    "Routes of a plan go out with dispatch_plan. The vendor geocodes stops without coordinates and re-orders them by sort_order. " +
    "After a lost answer make the same call again: it never makes a second route. 导入配送路线、派车派单给司机 dispatch truck",
  access: "write",
  vendor: "routemate",
  input: z.strictObject({
    ...routeImportFields,
    idempotency_key: plainText(255)
      .regex(/^[\x21-\x7e]+$/, { error: "takes visible ASCII characters" })
      .optional()
      .describe("Sent as the vendor's Idempotency-Key; made from the content when left out"),
    request_id: requestId.optional(),
  }),
  output: importRouteAnswer,
  async run(input, app, { signal }) {
    const { idempotency_key: idempotencyKey, request_id: requestName, ...fields } = input;
    const { outcome, repeated } = await importOnce(app, {
      route: toRouteImport(fields),
      ...(idempotencyKey !== undefined && { idempotencyKey }),
      ...(requestName !== undefined && { requestId: requestName }),
      signal,
    });
    const sentOrder = fields.stops.map(({ external_stop_id }) => external_stop_id);
    const reordered = outcome.stops.some(({ externalStopId }, index) => sentOrder[index] !== externalStopId);
    return {
      data: { ...fromImportResult(outcome), reordered, ...(repeated && { repeated }) },
      text: [describe(outcome, repeated), ...(reordered ? [describeOrder(outcome)] : [])].join("\n"),
    };
  },
});

/** The vendor's answer in the tools' spelling, without the polyline and the last stops where it would be too long. */
function fromImportResult(result: RouteImportResult): Omit<z.input<typeof importRouteAnswer>, "reordered"> {
  const { optimization } = result;
  const stops = result.stops.map(fromRouteStop);
  const frame = {
    job_id: result.jobId,
    external_job_id: result.externalJobId,
    route_id: result.routeId,
    driver_email: result.driverEmail,
    driver_resolved: result.driverResolved,
    driver_user_id: result.driverUserId,
    stops_imported: result.stopsImported,
    stops_geocoded: result.stopsGeocoded,
    stops_geocode_failed: result.stopsGeocodeFailed,
    deep_link: result.deepLink,
    warnings: result.warnings.slice(0, 20),
  };
  const shown = countThatFits(stops, dataTokenBudget - estimateDataTokens(frame));
  const isCut = shown < stops.length;
  const shownOptimization = optimization && {
    total_distance_km: optimization.totalDistanceKm,
    total_duration_minutes: optimization.totalDurationMinutes,
    ...(!isCut &&
      fits(optimization.encodedPolyline, { ...frame, stops }) && {
        encoded_polyline: optimization.encodedPolyline,
      }),
  };
  return {
    ...frame,
    optimization: shownOptimization,
    stops: stops.slice(0, shown),
    ...(isCut && { stops_omitted: stops.length - shown }),
  };
}

/** The polyline is for maps: it gives way to what an agent reads. */
function fits(polyline: string, rest: unknown): boolean {
  return estimateDataTokens({ polyline, rest }) <= dataTokenBudget;
}

function describeOrder({ stops }: RouteImportResult): string {
  const ids = stops.map(({ externalStopId }) => quote(externalStopId));
  const shown = ids.length > 40 ? [...ids.slice(0, 40), `${ids.length - 40} more`] : ids;
  return `The vendor re-ordered the stops. The driver's order, to be loaded from its end: ${shown.join(" → ")}.`;
}

function describe(result: RouteImportResult, repeated: boolean): string {
  const lines = [
    `Route ${quote(result.externalJobId)} is job ${quote(result.jobId)}: ${result.stopsImported} stops for ${quote(result.driverEmail, 60)}` +
      `${repeatedNote(repeated)}.`,
  ];
  if (result.stopsGeocodeFailed > 0) {
    lines.push(
      `${result.stopsGeocodeFailed} stops have no place on the driver's map: their addresses could not be found.`,
    );
  }
  if (!result.driverResolved) lines.push("The driver has no account yet: the vendor sent an invitation.");
  return lines.join("\n");
}
