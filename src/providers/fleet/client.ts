import type { z } from "zod";
import type { Identifier } from "../../domain/identifier.ts";
import type { SalesItem, Shipment } from "../../domain/shipment.ts";
import type { Vehicle } from "../../domain/vehicle.ts";
import type { CoordinateSystem, FleetSettings } from "../../domain/vendor-settings.ts";
import { exchange, type Http, measure, openLine, type VendorCheck } from "../provider.ts";
import { checkedArea, checkedMerchant, pageQuery, vehiclePath } from "./arguments.ts";
import { authorizeWithKey } from "./auth.ts";
import { readPosition } from "./coordinates.ts";
import { fleetErrors } from "./errors.ts";
import { type Page, type PageRequest, readAllPages, toPage } from "./pages.ts";
import { pageSchema, shipmentSchema, vehicleSchema, type WireShipment, type WireVehicle } from "./schemas.ts";

type Caller = { merchantId?: Identifier | undefined; signal?: AbortSignal | undefined };
type VehiclePage = { vehicles: Vehicle[]; total?: number; nextOffset?: number };
type ShipmentPage = { shipments: Shipment[]; total?: number; nextOffset?: number };

/** The factory's transport vehicles and unshipped shipments (fleet.txt). Nothing can be written. */
export type FleetClient = {
  listVehicles: (call: Caller & PageRequest) => Promise<VehiclePage>;
  allVehicles: (call: Caller) => Promise<Vehicle[]>;
  getVehicle: (call: Caller & { licensePlate: string }) => Promise<Vehicle>;
  /** Newest first, by exact area. */
  listUnshippedShipments: (call: Caller & PageRequest & { area: string }) => Promise<ShipmentPage>;
  allUnshippedShipments: (call: Caller & { area: string }) => Promise<Shipment[]>;
  /** Reads one vehicle. */
  check: (signal?: AbortSignal) => Promise<VendorCheck>;
  close: () => Promise<void>;
};

/** As many as are asked for at a time when a whole list is read; the ERP may give fewer. */
const wholeListLimit = 100;

/** A client of one ERP; it opens no connection before its first call. */
export function createFleet(config: FleetSettings, http: Http): FleetClient {
  const line = openLine(
    {
      vendor: "fleet",
      label: "The fleet system",
      baseUrl: config.baseUrl,
      errors: fleetErrors,
      secrets: [config.accessKey],
      sign: authorizeWithKey(config.accessKey),
      exactKeys: ["quantity"],
    },
    http,
  );
  const read = <T>(
    path: string,
    query: [string, string][],
    { schema, call }: { schema: z.ZodType<T>; call: Caller },
  ) => {
    const merchant = checkedMerchant(config.merchantIds, call.merchantId);
    const request = { method: "GET" as const, path, query: [["merchant_id", merchant] as const, ...query] };
    return exchange(line, { ...request, signal: call.signal }, schema);
  };
  const vehiclePage = async (call: Caller & PageRequest): Promise<Page<Vehicle>> => {
    const schema = pageSchema(vehicleSchema);
    const { value } = await read("/transport-vehicles/", pageQuery(call), { schema, call });
    return toPage({ ...value, results: value.results.map(toVehicle) }, call.offset ?? 0);
  };
  const shipmentPage = async (call: Caller & PageRequest & { area: string }): Promise<Page<Shipment>> => {
    const schema = pageSchema(shipmentSchema);
    const query: [string, string][] = [["area", checkedArea(call.area)], ...pageQuery(call)];
    const { value } = await read("/shipments/unshipped/", query, { schema, call });
    const shipments = value.results.map((shipment) => toShipment(shipment, config.coordinates));
    return toPage({ ...value, results: shipments }, call.offset ?? 0);
  };

  return {
    listVehicles: async (call) => {
      const { items: vehicles, ...rest } = await vehiclePage(call);
      return { vehicles, ...rest };
    },
    allVehicles: (call) =>
      readAllPages(
        (offset) => vehiclePage({ ...call, offset, limit: wholeListLimit }),
        ({ licensePlate }) => licensePlate,
      ),
    getVehicle: async (call) => {
      const path = vehiclePath(call.licensePlate);
      const { value } = await read(path, [], { schema: vehicleSchema, call });
      return toVehicle(value);
    },
    listUnshippedShipments: async (call) => {
      const { items: shipments, ...rest } = await shipmentPage(call);
      return { shipments, ...rest };
    },
    allUnshippedShipments: (call) =>
      readAllPages(
        (offset) => shipmentPage({ ...call, offset, limit: wholeListLimit }),
        ({ id }) => id,
      ),
    check: (signal) =>
      measure(line, () =>
        read("/transport-vehicles/", pageQuery({ limit: 1 }), {
          schema: pageSchema(vehicleSchema),
          call: { signal },
        }),
      ),
    close: line.close,
  };
}

function toVehicle(wire: WireVehicle): Vehicle {
  return {
    id: wire.id,
    merchantId: wire.merchant_id,
    name: wire.name,
    licensePlate: wire.license_plate,
    materialCapacities: wire.material_capacities.map(({ id, material_name, capacity }) => ({
      id,
      materialName: material_name,
      capacity,
    })),
    createdAt: wire.created_at,
    updatedAt: wire.updated_at,
  };
}

function toShipment(wire: WireShipment, system: CoordinateSystem): Shipment {
  return {
    id: wire.id,
    merchantId: wire.merchant_id,
    customer: wire.customer,
    customerName: wire.customer_name,
    shipmentDate: wire.shipment_date,
    address: wire.address,
    contactName: wire.contact_name,
    contactPhone: wire.contact_phone,
    area: wire.area,
    remark: wire.remark,
    status: wire.status,
    statusDisplay: wire.status_display,
    externalId: wire.external_id,
    geoCoordinates: readPosition(wire.geo_coordinates, system),
    delivery: wire.delivery,
    salesItems: wire.sales_items.map(toSalesItem),
    createdAt: wire.created_at,
    updatedAt: wire.updated_at,
  };
}

function toSalesItem(wire: WireShipment["sales_items"][number]): SalesItem {
  return {
    id: wire.id,
    name: wire.name,
    quantity: wire.quantity,
    unit: wire.unit,
    unitDisplay: wire.unit_display,
    position: wire.position,
    remark: wire.remark,
    printingJobId: wire.printing_job_id,
    printingJobWidth: wire.printing_job_width,
  };
}
