import type { Answer, SandboxRequest, Vendor } from "../message.ts";
import { hexOf } from "../random.ts";
import { changeErp } from "./erp-changes.ts";
import { answerPage } from "./page.ts";
import type { FleetRecords, ShipmentRecord, StoredShipment } from "./records.ts";
import { badRequest, refuse } from "./refusals.ts";
import { depot, merchantId, seedFactory } from "./seed/factory.ts";

/** The factory's ERP, written from fleet.txt: vehicles and unshipped shipments, read-only but for `POST /_fleet`. */
export function createFleet({ seed, startedAt }: { seed: number; startedAt: number }): Vendor {
  const accessKey = hexOf(`fleet access key ${seed}`, 40);
  const { records, areaNames } = seedFactory({ seed, startedAt });
  const guarded = (answer: MerchantAnswer) => (request: SandboxRequest) =>
    request.headers.authorization === accessKey ? forMerchant(request, answer) : refuse({ status: 401 });
  return {
    name: "fleet",
    endpoints: [
      {
        name: "GET /api/v2/ai/transport-vehicles/",
        method: "GET",
        path: /^\/api\/v2\/ai\/transport-vehicles\/$/,
        answer: guarded((merchant, request) => answerPage(vehiclesOf(records, merchant), request)),
      },
      {
        name: "GET /api/v2/ai/transport-vehicles/<license_plate>/",
        method: "GET",
        path: /^\/api\/v2\/ai\/transport-vehicles\/(?<plate>[^/]+)\/$/,
        answer: guarded((merchant, request) => answerVehicle(vehiclesOf(records, merchant), request)),
      },
      {
        name: "GET /api/v2/ai/shipments/unshipped/",
        method: "GET",
        path: /^\/api\/v2\/ai\/shipments\/unshipped\/$/,
        answer: guarded((merchant, request) => answerUnshipped(records, merchant, request)),
      },
    ],
    refuse,
    controls: { "POST /_fleet": (body) => changeErp(records, body) },
    environment: (mountUrl) => ({
      FLEET_BASE_URL: `${mountUrl}/api/v2/ai`,
      FLEET_ACCESS_KEY: accessKey,
      FLEET_MERCHANT_ID: String(merchantId),
      FLEET_AREAS: areaNames.join(","),
      WAYBILL_DEPOT: `${depot.lat},${depot.lng},${depot.address}`,
    }),
  };
}

type MerchantAnswer = (merchant: number, request: SandboxRequest) => Answer;

function forMerchant(request: SandboxRequest, answer: MerchantAnswer): Answer {
  const text = request.query.get("merchant_id");
  if (text === null || text === "") return badRequest("缺少必填参数 merchant_id");
  if (!/^\d{1,15}$/.test(text)) return badRequest("merchant_id 必须是整数");
  return answer(Number(text), request);
}

function vehiclesOf({ vehicles }: FleetRecords, merchant: number) {
  return vehicles.filter(({ merchant_id }) => merchant_id === merchant);
}

function answerVehicle(vehicles: ReturnType<typeof vehiclesOf>, request: SandboxRequest): Answer {
  const { plate } = request.parameters;
  const vehicle = vehicles.find(({ license_plate }) => license_plate === plate);
  return vehicle ? { status: 200, body: vehicle } : refuse({ status: 404, message: "车辆不存在" });
}

function answerUnshipped({ shipments }: FleetRecords, merchant: number, request: SandboxRequest): Answer {
  const area = request.query.get("area");
  if (area === null || area === "") return badRequest("缺少必填参数 area");
  const unshipped = shipments
    .filter((shipment) => shipment.merchant_id === merchant && shipment.area === area)
    .filter(({ delivery }) => delivery === null)
    .sort((a, b) => b.created_at.localeCompare(a.created_at) || b.id - a.id);
  return answerPage(unshipped.map(withoutDeletedItems), request);
}

function withoutDeletedItems(shipment: StoredShipment): ShipmentRecord {
  const kept = shipment.sales_items.filter(({ isDeleted }) => !isDeleted);
  return { ...shipment, sales_items: kept.map(({ isDeleted, ...item }) => item) };
}
