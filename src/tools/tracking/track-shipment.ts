import * as z from "zod";
import { Failure, vendorNames } from "../../domain/failure.ts";
import {
  decideStatus,
  mergeTimelines,
  type SourceReport,
  shipmentStatuses,
  sourceStates,
} from "../../domain/tracking.ts";
import { quote } from "../../domain/vendor-text.ts";
import { countThatFits, dataTokenBudget, estimateDataTokens } from "../answer-size.ts";
import { identifier, plainText, textIdentifier } from "../fields.ts";
import { orderSn } from "../robots/robot-fields.ts";
import { looksLikeOrderNo, orderNoHint } from "../takeout/orders/order-no-hint.ts";
import { defineTool } from "../tool.ts";
import { askEverySource, type ShipmentName } from "./ask-every-source.ts";
import { deliveryAnswer } from "./delivery/delivery-fields.ts";
import { deliveryOf } from "./delivery/delivery-of.ts";
import type { AskedReport } from "./sources/ask-source.ts";
import { trackingId } from "./tracking-fields.ts";

/** A vendor that is down shall not hold up what the others know. */
const sourceMilliseconds = 4_000;

const input = z.strictObject({
  shipment_id: identifier.transform(String).optional().describe("The factory's shipment"),
  external_job_id: plainText(200).optional().describe("What a route was imported with"),
  order_sn: orderSn.optional().describe("A robot's order, as text"),
  tracking_id: trackingId.optional().describe("A tracked freight load"),
  takeout_order_id: textIdentifier.optional(),
});

export const trackShipment = defineTool({
  name: "track_shipment",
  title: "Track a delivery",
  description:
    "Tells where one delivery stands, by exactly one identifier, from every source that can know it: the vendors now, " +
    "the events that arrived, and Waybill's own plans and writes; delivery names plan, route, stop, load, job or robot. Status unknown is no status: say why, from " +
    "sources[].reason. A freight tracking that is over is not a delivery. For a vehicle or a whole plan: plan_report. 查询配送进度、到哪了、在哪、物流 where is",
  access: "read",
  mayAskVendors: true,
  input,
  output: z.object({
    status: z.enum(shipmentStatuses),
    timeline: z
      .array(
        z.object({
          at: z.string(),
          status: z.enum(shipmentStatuses).optional(),
          what: z.string(),
          source: z.string(),
        }),
      )
      .describe("Earliest first, in UTC; expected moments are in it too"),
    timeline_omitted: z
      .number()
      .int()
      .optional()
      .describe("Earlier entries cut for length: list_events has events"),
    delivery: deliveryAnswer
      .optional()
      .describe("Plan, route, stop, load, job or robot behind it, as far as Waybill knows"),
    sources: z.array(
      z.object({
        source: z.string(),
        state: z.enum(sourceStates),
        status: z.enum(shipmentStatuses).optional(),
        told: z.string().optional(),
        reason: z.string().optional(),
      }),
    ),
  }),
  async run(fields, app, { signal }) {
    const name = oneName(fields);
    const known = await deliveryOf(app, name);
    const reports = await askEverySource({ app, signal, sourceMilliseconds }, name, known);
    refuseUnknown(name, reports);
    const status = decideStatus(reports);
    const sources = reports.map(toAnswer);
    const timeline = mergeTimelines(reports.map((report) => report.timeline));
    const robot = reports.find((report) => report.robot)?.robot;
    const delivery = robot ? { ...known, robot } : known;
    const taken = estimateDataTokens([sources, delivery ?? null]);
    const shown = countThatFits(timeline.toReversed(), dataTokenBudget - taken);
    return {
      data: {
        status,
        timeline: timeline.slice(-shown),
        ...(shown < timeline.length && { timeline_omitted: timeline.length - shown }),
        ...(delivery && { delivery }),
        sources,
      },
      text: [`${quote(name.value)} is ${status}.`, ...reports.map(describe)].join("\n"),
    };
  },
});

function oneName(fields: z.output<typeof input>): ShipmentName {
  const [name, ...others] = [
    ...named("shipment_id", fields.shipment_id),
    ...named("external_job_id", fields.external_job_id),
    ...named("order_sn", fields.order_sn),
    ...named("tracking_id", fields.tracking_id),
    ...named("takeout_order_id", fields.takeout_order_id),
  ];
  if (name && others.length === 0) return name;
  const known = Object.keys(input.shape);
  throw new Failure("invalid_input", `track_shipment takes exactly one of ${known.join(", ")}.`, {
    hint: "Pass the one identifier that you have; one call for each delivery.",
    fields: name ? [name.kind, ...others.map(({ kind }) => kind)] : known,
  });
}

function named(kind: ShipmentName["kind"], value: string | undefined): ShipmentName[] {
  return value === undefined ? [] : [{ kind, value }];
}

/** What may have been meant by a name that nobody knows. */
function hintFor({ kind, value }: ShipmentName): string {
  if (kind === "takeout_order_id" && looksLikeOrderNo(value)) return orderNoHint;
  if (kind === "external_job_id")
    return "It is told by dispatch_plan and plan_report as external_job_id; get_route_job takes RouteMate's own job_id.";
  if (kind !== "shipment_id") return "Check the identifier and that it is passed under the right name.";
  return "A shipment is known here once a plan has it on a route: get_plan tells whom a plan left out, and shipments by customer; list_unshipped_shipments what the ERP has.";
}

/** Fails when everybody who could know was asked and nobody does; a source that failed leaves that open. */
function refuseUnknown({ kind, value }: ShipmentName, reports: readonly AskedReport[]): void {
  refuseImpossible({ kind, value }, reports);
  const isOpen = reports.some(({ state }) => state === "answered" || state === "failed");
  if (isOpen) return;
  const missing = reports.find(({ state }) => state === "not_configured");
  const vendor = vendorNames.find((name) => name === missing?.source);
  if (missing && vendor) {
    throw new Failure("not_configured", `Only ${vendor} could know this ${kind}, and it is not configured.`, {
      hint: "Configure that vendor, or pass an identifier of another one.",
      vendor,
      fields: [kind],
    });
  }
  const asked = reports.filter(({ state }) => state === "not_found").map(({ source }) => source);
  throw new Failure("not_found", `Nobody knows ${kind} ${quote(value)}; asked: ${asked.join(", ")}.`, {
    hint: hintFor({ kind, value }),
    fields: [kind],
  });
}

/** Fails when a vendor has no such identifiers and nobody else knows this one: then it is a slip of the caller. */
function refuseImpossible({ kind, value }: ShipmentName, reports: readonly AskedReport[]): void {
  const refusing = reports.filter(({ isRefusedHere }) => isRefusedHere).map(({ source }) => source);
  if (refusing.length === 0 || reports.some(({ state }) => state === "answered")) return;
  throw new Failure(
    "invalid_input",
    `${quote(value)} is no ${kind}: ${refusing.join(", ")} has none like it.`,
    {
      hint: "Check the identifier and that it is passed under the right name.",
      fields: [kind],
    },
  );
}

function toAnswer({ source, state, status, told, reason }: SourceReport) {
  return {
    source,
    state,
    ...(state === "answered" && { status }),
    ...(told !== undefined && { told }),
    ...(reason !== undefined && { reason }),
  };
}

function describe({ source, state, status, told, reason }: SourceReport): string {
  const words = told ?? reason;
  return `${source}: ${state === "answered" ? status : state}${words === undefined ? "" : `. ${words}`}`;
}
