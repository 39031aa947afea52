import * as z from "zod";
import { Failure } from "../../domain/failure.ts";
import type { Shipment } from "../../domain/shipment.ts";
import type { PlanRequest } from "../../planning/prepare/request.ts";
import { estimateDataTokens } from "../answer-size.ts";
import {
  identifier,
  instant,
  latitude,
  licensePlate,
  longitude,
  merchantId,
  plainText,
  planId,
} from "../fields.ts";
import { shipmentInput } from "../fleet/shipment-fields.ts";
import { vehicleFields } from "../fleet/vehicle-fields.ts";
import { defineTool } from "../tool.ts";
import { warnOfBusyVehicles } from "./load/busy-vehicles.ts";
import {
  findOut,
  fromOut,
  outShipmentsAnswer,
  warnOfHandSent,
  warnOfOut,
  warnOfOutMeanwhile,
  withoutOut,
} from "./load/out-shipments.ts";
import { readRequest } from "./load/read-request.ts";
import { readTravel } from "./load/read-travel.ts";
import { materialGroups, shipmentGroups, shipmentRule, vehicleRule, wholeFrom } from "./load/rule-fields.ts";
import { fromPlan, planAnswer } from "./plan/plan-fields.ts";
import { describePlan } from "./plan/plan-text.ts";

/** The arguments of plan_load; every default is named in its description. */
const planLoadInput = z.strictObject({
  area: plainText(100).optional().describe("Unshipped shipments of this ERP area; or give shipments"),
  shipments: z
    .array(shipmentInput)
    .min(1)
    .max(5_000)
    .optional()
    .describe("As list_unshipped_shipments gives them"),
  vehicles: z
    .array(z.union([licensePlate, vehicleFields]))
    .min(1)
    .max(500)
    .optional()
    .describe("ERP plates, or vehicles as list_vehicles gives them; all of the ERP's when left out"),
  depot: z
    .strictObject({ lat: latitude, lng: longitude, address: plainText(300).optional() })
    .optional()
    .describe("Where routes start; WAYBILL_DEPOT when left out"),
  merchant_id: merchantId.optional(),
  shipment_ids: z.array(identifier).min(1).max(5_000).optional().describe("Plans only these"),
  exclude_shipment_ids: z.array(identifier).max(5_000).optional(),
  default_material: plainText(100).optional().describe("Material of items that no rule or name tells"),
  capacity_model: z
    .enum(["independent", "shared"])
    .optional()
    .describe(
      "independent (default): a maximum for each material; shared: the fractions add up to at most 1",
    ),
  objective: z
    .enum(["fewest_vehicles", "shortest_distance", "balanced", "earliest_finish", "lowest_cost"])
    .optional()
    .describe(
      "fewest_vehicles (default), then distance; balanced: even durations; earliest_finish: last vehicle done soonest; lowest_cost (default where yuan are given)",
    ),
  return_to_depot: z.boolean().optional().describe("Default true"),
  start_at: instant
    .optional()
    .describe("Earliest departure; the next 08:00 of the ERP's time zone when left out"),
  service_minutes: z.number().min(0).max(600).optional().describe("At each stop; default 10"),
  time_windows: z
    .array(
      z
        .strictObject({ shipment_id: identifier, start_at: instant.optional(), end_at: instant.optional() })
        .refine(({ start_at, end_at }) => start_at !== undefined || end_at !== undefined, {
          error: "takes start_at, end_at or both",
        }),
    )
    .max(5_000)
    .optional(),
  locks: z
    .array(
      z.strictObject({
        shipment_id: identifier,
        license_plate: plainText(32).optional(),
        position: wholeFrom(1, 1_000).optional().describe("Sequence number from 1"),
        not_before: instant.optional(),
        not_after: instant.optional(),
      }),
    )
    .max(5_000)
    .optional()
    .describe("What is agreed and must hold"),
  priorities: z
    .array(z.strictObject({ shipment_id: identifier, priority: z.number().int().min(0).max(100) }))
    .max(5_000)
    .optional()
    // The same as `priority` in shipment_rules: taken, but not worth the words twice.
    .meta({ served: false }),
  vehicle_rules: z.array(vehicleRule).max(500).optional().describe("Later ones win; times HH:MM or ISO 8601"),
  shipment_rules: z.array(shipmentRule).max(5_000).optional(),
  same_vehicle: shipmentGroups.optional().describe("Groups that ride on one vehicle or stay"),
  different_vehicles: shipmentGroups.optional().describe("Of a group no two ride together"),
  separate_materials: materialGroups.optional().describe("Of a group no two ride together"),
  start_from_plan: planId.optional().describe("Begins with this plan's routes: never worse"),
  start_from_revision: z.number().int().min(1).optional(),
  allow_split: z
    .boolean()
    .optional()
    .describe("Splits a shipment that is larger than any vehicle; default false"),
  max_stops_per_route: wholeFrom(1, 1_000).optional(),
  max_route_minutes: z.number().min(1).max(2_880).optional().describe("Shift length"),
  time_limit_seconds: z.number().min(0.1).max(300).optional().describe("Default 5"),
  seed: wholeFrom(0, 2_147_483_647).optional().describe("The same seed gives the same plan; default 1"),
});

/** The arguments of `plan_load` as its schema reads them. */
export type PlanLoadArguments = z.output<typeof planLoadInput>;

export const planLoad = defineTool({
  name: "plan_load",
  title: "Plan loads and routes",
  description:
    "Packs shipments into vehicles by material and puts the stops in order; keeps the plan, changes nothing at any vendor. " +
    "With area alone it reads shipments and vehicles from the ERP. What fits is served; what is left out comes " +
    "with a reason and would_take: changes for revise_plan; what is on the road stays out. Next: render_plan to show it, get_plan for cut stops. 配载与路线规划、装车排线 truck loading",
  access: "write",
  mayAskVendors: true,
  input: planLoadInput,
  output: planAnswer.extend(outShipmentsAnswer),
  async run(input, app, call) {
    call.reportProgress(0, "Reading shipments and vehicles");
    const wanted = await readRequest(input, app, call);
    const [out, handSent] = await Promise.all([findOut(wanted, app), warnOfHandSent(wanted, app)]);
    const asked = withoutOut(wanted, out);
    const { request, reportProgress } = await readTravel(asked, app, call);
    const content = await app
      .makePlan(request, {
        signal: call.signal,
        onProgress: ({ fraction, routes, unassigned }) =>
          reportProgress(fraction, `${routes} vehicles used, ${unassigned} stops left out`),
      })
      .catch((error: unknown) => blameErp(error, input, request));
    const store = await app.store();
    const plan = await store.plans.save({
      ...content,
      warnings: [
        ...warnOfOut(out),
        ...warnOfOutMeanwhile(await findOut(request, app)),
        ...handSent,
        ...(await warnOfBusyVehicles(content.routes, app)),
        ...content.warnings,
        ...warnOfAbsent(input, request),
        ...warnOfStrangePlan(request),
      ],
      area: input.area ?? null,
      merchantId: input.merchant_id ?? null,
      options: request.options,
      vehicles: [...request.vehicles],
      shipments: plannedShipments(request),
      materialRules: [...request.rules],
      ...(request.materials && { materials: [...request.materials] }),
    });
    const beside = fromOut(out);
    return {
      data: { ...fromPlan(plan, { besideTokens: estimateDataTokens(beside) }), ...beside },
      text: describePlan(plan),
    };
  },
});

/** What can't be planned with although the caller never gave it came from the ERP, and is told as the ERP's. */
function blameErp(error: unknown, input: PlanLoadArguments, { shipments }: PlanRequest): never {
  const [field = ""] = (error instanceof Failure && error.details.fields) || [];
  const [, list, index] = /^(shipments|vehicles)\[(\d+)\]/.exec(field) ?? [];
  const isGiven = list === "shipments" ? input.shipments !== undefined : input.vehicles !== undefined;
  if (!(error instanceof Failure) || index === undefined || isGiven) throw error;
  const id = list === "shipments" ? shipments[Number(index)]?.id : undefined;
  const name = id === undefined ? "A vehicle" : `Shipment ${id}`;
  throw new Failure("bad_response", `${name} of the ERP can't be planned with: ${error.message}`, {
    hint:
      id === undefined
        ? "Correct it in the ERP, or name the vehicles to plan with."
        : `Correct it in the ERP, or leave it out with exclude_shipment_ids [${JSON.stringify(id)}].`,
    vendor: "fleet",
    fields: [field],
  });
}

/** A shipment that is gone needs no exclusion, but a mistyped one must not go unnoticed. */
function warnOfAbsent(
  { exclude_shipment_ids: ids = [] }: PlanLoadArguments,
  { shipments }: PlanRequest,
): string[] {
  const known = new Set(shipments.map(({ id }) => String(id)));
  const absent = ids.filter((id) => !known.has(String(id)));
  if (absent.length === 0) return [];
  return [`exclude_shipment_ids names shipments that are not there: ${absent.slice(0, 20).join(", ")}.`];
}

/** A plan to begin with that has nothing of this call was hardly the one that was meant. */
function warnOfStrangePlan(request: PlanRequest): string[] {
  const { earlierRoutes, vehicles, options } = request;
  if (!earlierRoutes || !options.startFrom) return [];
  const plates = new Set(vehicles.map(({ licensePlate }) => licensePlate));
  const ids = new Set(plannedShipments(request).map(({ id }) => String(id)));
  const isShared = earlierRoutes.some(
    ({ licensePlate, stops }) =>
      plates.has(licensePlate) && stops.some((stop) => stop.shipmentIds.some((id) => ids.has(String(id)))),
  );
  if (isShared) return [];
  return [
    `No vehicle of plan ${options.startFrom.planId} brings any of these shipments: the search began anew.`,
  ];
}

function plannedShipments({ shipments, excludedShipmentIds = [] }: PlanRequest): Shipment[] {
  const excluded = new Set(excludedShipmentIds.map(String));
  return shipments.filter(({ id }) => !excluded.has(String(id)));
}
