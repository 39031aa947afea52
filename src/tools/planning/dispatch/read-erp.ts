import type { App } from "../../../app.ts";
import { Failure } from "../../../domain/failure.ts";
import type { Plan, PlanRoute } from "../../../domain/plan.ts";
import type { Shipment } from "../../../domain/shipment.ts";
import type { Vehicle } from "../../../domain/vehicle.ts";

/** What the ERP has at this moment of what some routes were made from; undefined parts were not asked for. */
export type ErpNow = {
  /** Unshipped ones by identifier, of the areas that the routes' shipments were read from. */
  shipments?: Map<string, Shipment>;
  /** By license plate. */
  vehicles?: Map<string, Vehicle>;
};

/** Whether the shipment was read from the ERP: a caller's own have neither merchant nor area. */
export function isOfErp({ merchantId, area }: Shipment): boolean {
  return merchantId !== undefined && typeof area === "string" && area !== "";
}

/** Whether the vehicle was read from the ERP: a caller's own was never made. */
export function isErpVehicle({ createdAt }: Vehicle): boolean {
  return createdAt !== undefined;
}

/** The shipments of a route as its plan has them. */
export function shipmentsOf(plan: Plan, route: PlanRoute): Shipment[] {
  const ids = new Set(route.stops.flatMap(({ shipmentIds }) => shipmentIds.map(String)));
  return plan.shipments.filter(({ id }) => ids.has(String(id)));
}

/**
 * Asks the ERP for what the routes' shipments and vehicles are now. Undefined where it is not configured; fails with
 * the ERP's failure when it does not answer, for then nobody knows whether the plan still fits.
 */
export async function readErp(
  app: App,
  { plan, base, routes }: { plan: Plan; base: Plan; routes: readonly PlanRoute[] },
  signal: AbortSignal,
): Promise<ErpNow | undefined> {
  const shipments = routes.flatMap((route) => shipmentsOf(plan, route)).filter(isOfErp);
  const areas = [...new Set(shipments.map(({ area }) => area ?? ""))];
  const hasVehicles = base.vehicles.some(isErpVehicle);
  if (areas.length === 0 && !hasVehicles) return {};
  if (!app.config.fleet) return undefined;
  const fleet = await app.fleet();
  const merchant = plan.merchantId === null ? {} : { merchantId: plan.merchantId };
  try {
    const [found, vehicles] = await Promise.all([
      Promise.all(areas.map((area) => fleet.allUnshippedShipments({ area, ...merchant, signal }))),
      hasVehicles ? fleet.allVehicles({ ...merchant, signal }) : undefined,
    ]);
    return {
      shipments: new Map(found.flat().map((shipment) => [String(shipment.id), shipment])),
      ...(vehicles && { vehicles: new Map(vehicles.map((vehicle) => [vehicle.licensePlate, vehicle])) }),
    };
  } catch (error) {
    throw unchecked(error);
  }
}

/** The ERP's failure, with what it means for the dispatch. */
function unchecked(error: unknown): unknown {
  if (!(error instanceof Failure) || error.code === "cancelled") return error;
  const { message, details, code } = error;
  return new Failure(
    code,
    `Whether the plan still fits the ERP can't be told, so no route was sent. ${message}`,
    {
      ...details,
      hint: `Make the same call again once the ERP answers.${details.hint ? ` ${details.hint}` : ""}`,
    },
    error,
  );
}
