import type { App } from "../../../app.ts";
import { chinaOffset, isWithinChina } from "../../../domain/china-time.ts";
import { Failure } from "../../../domain/failure.ts";
import type { Identifier } from "../../../domain/identifier.ts";
import type { Place } from "../../../domain/place.ts";
import type { PlanOptions } from "../../../domain/plan.ts";
import type { Shipment } from "../../../domain/shipment.ts";
import type { Vehicle } from "../../../domain/vehicle.ts";
import type { PlanRequest } from "../../../planning/prepare/request.ts";
import { toShipment } from "../../fleet/shipment-fields.ts";
import { toVehicle } from "../../fleet/vehicle-fields.ts";
import type { Call } from "../../tool.ts";
import type { PlanLoadArguments } from "../plan-load.ts";
import { nextMorning } from "./next-morning.ts";
import { applyVehicleRules, readObjective, readShipmentRules } from "./read-rules.ts";
import { readStart } from "./read-start.ts";

/** Gathers what a plan is made from: the caller's arguments, the ERP's data where they leave it out, the rules kept. */
export async function readRequest(
  input: PlanLoadArguments,
  app: App,
  { signal }: Call,
): Promise<PlanRequest> {
  const depot = readDepot(input, app);
  const [shipments, fleet, rules, start] = await Promise.all([
    readShipments(input, app, signal),
    readFleet(input, app, signal),
    app.store().then((store) => store.materialRules.list()),
    readStart(input, app),
  ]);
  const vehicles = applyVehicleRules(fleet.vehicles, input.vehicle_rules);
  const rulesOfAll = input.vehicle_rules?.filter(({ license_plates }) => license_plates === undefined);
  const spareVehicles = applyVehicleRules(fleet.spare, rulesOfAll);
  const dated = [...shipments, ...fleet.vehicles, ...fleet.spare];
  const moments = dated.flatMap(({ createdAt, updatedAt }) => [createdAt, updatedAt]);
  return {
    shipments,
    vehicles,
    ...(spareVehicles.length > 0 && { spareVehicles }),
    materials: fleet.materials,
    rules,
    options: {
      ...readOptions(input, {
        depot,
        startAt: nextMorning(app.now(), [...moments, ...momentsOf(input), ...offsetOf(depot)]),
      }),
      ...readShipmentRules(input),
      objective: readObjective(input, vehicles),
      ...(start && { startFrom: { planId: start.planId, revision: start.revision } }),
    },
    excludedShipmentIds: readExcluded(input, shipments),
    ...(start && { earlierRoutes: start.routes }),
  };
}

/** Where nobody wrote an offset, the trucks' clocks are set as where they start, not as the server's. */
function offsetOf(depot: Place): string[] {
  return isWithinChina(depot) ? [`T08:00:00${chinaOffset}`] : [];
}

/** What the caller wrote with an offset. */
function momentsOf({ time_windows: windows = [], locks = [] }: PlanLoadArguments): (string | undefined)[] {
  return [
    ...windows.flatMap(({ start_at, end_at }) => [start_at, end_at]),
    ...locks.flatMap(({ not_before, not_after }) => [not_before, not_after]),
  ];
}

function readDepot(input: PlanLoadArguments, app: App): Place {
  const depot = input.depot ?? app.config.depot;
  if (!depot) {
    throw new Failure("invalid_input", "`depot` is missing: routes need a place to start.", {
      hint: "Give depot {lat, lng, address?}, or set WAYBILL_DEPOT for all plans.",
      fields: ["depot"],
    });
  }
  const { address, ...position } = depot;
  return { ...position, ...(address !== undefined && { address }) };
}

type Defaults = { depot: Place; startAt: string };

function readOptions(
  input: PlanLoadArguments,
  { depot, startAt }: Defaults,
): Omit<PlanOptions, "objective" | "priorities"> {
  return {
    depot,
    capacityModel: input.capacity_model ?? "independent",
    returnToDepot: input.return_to_depot ?? true,
    startAt: input.start_at ?? startAt,
    serviceMinutes: input.service_minutes ?? 10,
    timeWindows: (input.time_windows ?? []).map(({ shipment_id, start_at, end_at }) => ({
      shipmentId: shipment_id,
      ...(start_at !== undefined && { startAt: start_at }),
      ...(end_at !== undefined && { endAt: end_at }),
    })),
    locks: (input.locks ?? []).map(
      ({ shipment_id, license_plate, position: sequence, not_before, not_after }) => ({
        shipmentId: shipment_id,
        ...(license_plate !== undefined && { licensePlate: license_plate }),
        ...(sequence !== undefined && { position: sequence }),
        ...(not_before !== undefined && { notBefore: not_before }),
        ...(not_after !== undefined && { notAfter: not_after }),
      }),
    ),
    allowSplit: input.allow_split ?? false,
    ...(input.default_material !== undefined && { defaultMaterial: input.default_material }),
    ...(input.max_stops_per_route !== undefined && { maxStopsPerRoute: input.max_stops_per_route }),
    ...(input.max_route_minutes !== undefined && { maxRouteMinutes: input.max_route_minutes }),
    timeLimitSeconds: input.time_limit_seconds ?? 5,
    seed: input.seed ?? 1,
  };
}

async function readShipments(input: PlanLoadArguments, app: App, signal: AbortSignal): Promise<Shipment[]> {
  if ((input.area === undefined) === (input.shipments === undefined)) {
    throw new Failure("invalid_input", "plan_load takes either `area` or `shipments`.", {
      hint: "Give area to read the ERP's unshipped shipments, or shipments to plan what you have.",
      fields: ["area", "shipments"],
    });
  }
  if (input.shipments) return input.shipments.map(toShipment);
  const { area = "", merchant_id: merchantId } = input;
  const fleet = await app.fleet();
  const shipments = await fleet.allUnshippedShipments({ area, merchantId, signal });
  if (shipments.length > 0) return shipments;
  const known = app.config.areas.length > 0 ? ` Known areas: ${app.config.areas.join(", ")}.` : "";
  throw new Failure("not_found", "That `area` has no unshipped shipment.", {
    hint: `The area must be spelled exactly as the ERP spells it.${known}`,
    vendor: "fleet",
    fields: ["area"],
  });
}

type Fleet = { vehicles: Vehicle[]; spare: Vehicle[]; materials: string[] };

/**
 * The vehicles to plan with, those of the ERP that stay at home, and the materials of all: an item may be of one that
 * stays at home.
 */
async function readFleet(input: PlanLoadArguments, app: App, signal: AbortSignal): Promise<Fleet> {
  const given = input.vehicles;
  const isAllGiven = given?.every((vehicle) => typeof vehicle !== "string");
  const owned = isAllGiven
    ? []
    : await (await app.fleet()).allVehicles({ merchantId: input.merchant_id, signal });
  const vehicles = given?.map((vehicle, index) => {
    if (typeof vehicle !== "string") return toVehicle(vehicle);
    const found = owned.find((candidate) => candidate.licensePlate === vehicle);
    if (found) return found;
    throw new Failure("not_found", `\`vehicles[${index}]\` is ${vehicle}, which is no vehicle of the ERP.`, {
      hint: "list_vehicles gives the license plates.",
      fields: [`vehicles[${index}]`],
    });
  });
  const materials = owned.flatMap(({ materialCapacities }) =>
    materialCapacities.map(({ materialName }) => materialName),
  );
  const asked = new Set((vehicles ?? owned).map(({ licensePlate }) => licensePlate));
  const spare = owned.filter(({ licensePlate }) => !asked.has(licensePlate));
  return { vehicles: vehicles ?? owned, spare, materials: [...new Set(materials)] };
}

/** Those that are named as excluded, and all but the wanted ones where wanted ones are named. */
function readExcluded(input: PlanLoadArguments, shipments: Shipment[]): Identifier[] {
  const ids = shipments.map(({ id }) => id);
  const known = new Set(ids.map(String));
  refuseUnknown("shipment_ids", input.shipment_ids, known);
  const wanted = input.shipment_ids && new Set(input.shipment_ids.map(String));
  const excluded = new Set((input.exclude_shipment_ids ?? []).map(String));
  return ids.filter((id) => excluded.has(String(id)) || (wanted !== undefined && !wanted.has(String(id))));
}

function refuseUnknown(field: string, wanted: Identifier[] | undefined, known: ReadonlySet<string>): void {
  const index = (wanted ?? []).findIndex((id) => !known.has(String(id)));
  if (index < 0) return;
  throw new Failure(
    "invalid_input",
    `\`${field}[${index}]\` is ${wanted?.[index]}, which is not among the shipments to plan.`,
    {
      hint: "list_unshipped_shipments gives the identifiers of an area.",
      fields: [`${field}[${index}]`],
    },
  );
}
