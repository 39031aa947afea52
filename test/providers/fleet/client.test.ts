import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { FleetSettings } from "../../../src/domain/vendor-settings.ts";
import { createFleet, type FleetClient } from "../../../src/providers/fleet/client.ts";
import { failureOf } from "../../support/failures.ts";
import { fixture } from "../../support/fixture.ts";
import { createTestHttp } from "../../support/test-http.ts";
import { inTurn, json, startVendorServer, type VendorServer } from "../../support/vendor-server.ts";

let server: VendorServer;
let fleet: FleetClient;

const open = (settings: Partial<FleetSettings> = {}) =>
  createFleet(
    {
      baseUrl: `${server.url}/api/v2/ai`,
      accessKey: "AGENT_ACCESS_KEY",
      merchantIds: ["10", "12"],
      coordinates: "wgs84",
      ...settings,
    },
    createTestHttp(),
  );

beforeEach(async () => {
  server = await startVendorServer();
  fleet = open();
});

afterEach(async () => {
  await fleet.close();
  await server.close();
});

const vehicle = JSON.parse(fixture("fleet/vehicle.json"));
const shipment = JSON.parse(fixture("fleet/shipment.json"));
const page = (results: unknown[], rest: Record<string, unknown> = {}) => json(200, { ...rest, results });

test("GET /api/v2/ai/transport-vehicles/<license_plate>/ is asked as the document shows: its plate percent-encoded, the key without Bearer", async () => {
  server.answer(json(200, fixture("fleet/vehicle.json")));
  expect(await fleet.getVehicle({ licensePlate: "粤A12345" })).toEqual({
    id: 1,
    merchantId: 10,
    name: "大卡车",
    licensePlate: "粤A12345",
    materialCapacities: [
      { id: 1, materialName: "坯布", capacity: 500 },
      { id: 2, materialName: "成品", capacity: 300 },
    ],
    createdAt: "2026-04-01T08:00:00+08:00",
    updatedAt: "2026-04-01T08:00:00+08:00",
  });
  const [request] = server.requests;
  expect(request?.method).toBe("GET");
  expect(request?.url).toBe("/api/v2/ai/transport-vehicles/%E7%B2%A4A12345/?merchant_id=10");
  expect(request?.headers).toMatchObject({ Authorization: "AGENT_ACCESS_KEY" });
  expect(request?.body).toBe("");
});

test("GET /api/v2/ai/transport-vehicles/ lists vehicles with merchant, limit and offset", async () => {
  server.answer(page([vehicle], { count: 8, next: "http://elsewhere.example/steal", previous: null }));
  const answer = await fleet.listVehicles({ merchantId: 12, limit: 1, offset: 3 });
  expect(server.requests[0]?.url).toBe("/api/v2/ai/transport-vehicles/?merchant_id=12&limit=1&offset=3");
  expect(answer).toMatchObject({ vehicles: [{ licensePlate: "粤A12345" }], total: 8, nextOffset: 4 });
});

test("GET /api/v2/ai/shipments/unshipped/ asks by area and come back whole", async () => {
  server.answer(page([shipment], { count: 1, next: null }));
  const answer = await fleet.listUnshippedShipments({ area: "华东" });
  expect(server.requests[0]?.url).toBe(
    "/api/v2/ai/shipments/unshipped/?merchant_id=10&area=%E5%8D%8E%E4%B8%9C",
  );
  expect(answer).toEqual({
    total: 1,
    shipments: [
      {
        id: 100,
        merchantId: 10,
        customer: 5,
        customerName: "客户A",
        shipmentDate: "2026-04-14",
        address: "广州市天河区",
        contactName: "张三",
        contactPhone: "13800000000",
        area: "华东",
        remark: "备注",
        status: "pending",
        statusDisplay: "待出货",
        externalId: null,
        geoCoordinates: { lat: 23.1291, lng: 113.2644 },
        delivery: null,
        salesItems: [
          {
            id: 201,
            name: "销售品甲",
            quantity: "50.00",
            unit: 1,
            unitDisplay: "件",
            position: "A-01",
            remark: "",
            printingJobId: 88,
            printingJobWidth: "150cm",
          },
          {
            id: 202,
            name: "销售品乙",
            quantity: "10.00",
            unit: 1,
            unitDisplay: "件",
            position: "",
            remark: "",
            printingJobId: null,
            printingJobWidth: null,
          },
        ],
        createdAt: "2026-04-14T10:00:00+08:00",
        updatedAt: "2026-04-14T10:00:00+08:00",
      },
    ],
  });
});

test("quantities keep their digits as text or number, and 64-bit identifiers theirs", async () => {
  const text = JSON.stringify({ ...shipment, tracking_note: "new field" })
    .replace('"id":100', '"id":9007199254740993')
    .replace('"quantity":"50.00"', '"quantity":0.10')
    .replace('"quantity":"10.00"', '"quantity":12345678901234567890.12');
  server.answer(json(200, `{"results":[${text}],"next":null}`));
  const [first] = (await fleet.listUnshippedShipments({ area: "华东" })).shipments;
  expect(first?.id).toBe("9007199254740993");
  expect(first?.salesItems.map(({ quantity }) => quantity)).toEqual(["0.10", "12345678901234567890.12"]);
});

test("positions that are none become null, and a shifted one is shifted back", async () => {
  const at = (geo_coordinates: unknown) => ({ ...shipment, geo_coordinates });
  const positions = [
    null,
    { lat: 91, lng: 113 },
    { lat: 23.1, lng: null },
    { lat: "", lng: "x" },
    { lat: "23.5", lng: 113 },
  ];
  server.answer(page(positions.map(at), { next: null }));
  const { shipments } = await fleet.listUnshippedShipments({ area: "华东" });
  expect(shipments.map(({ geoCoordinates }) => geoCoordinates)).toEqual([
    null,
    null,
    null,
    null,
    { lat: 23.5, lng: 113 },
  ]);
  const shifted = open({ coordinates: "gcj02" });
  server.answer(page([at({ lat: 22.540796131694766, lng: 113.9171764808363 })], { next: null }));
  const [first] = (await shifted.listUnshippedShipments({ area: "华东" })).shipments;
  expect(first?.geoCoordinates?.lat).toBeCloseTo(22.543847, 5);
  expect(first?.geoCoordinates?.lng).toBeCloseTo(113.912316, 5);
  await shifted.close();
});

test.each([
  ["license_plate", { ...vehicle, license_plate: undefined }],
  [
    "material_capacities[1].capacity",
    { ...vehicle, material_capacities: [vehicle.material_capacities[0], { id: 2, material_name: "成品" }] },
  ],
])("an answer without %s is a bad_response that names it", async (field, body) => {
  server.answer(json(200, body));
  const failure = await failureOf(fleet.getVehicle({ licensePlate: "粤A12345" }));
  expect([failure.code, failure.details.fields, failure.details.vendor]).toEqual([
    "bad_response",
    [field],
    "fleet",
  ]);
});

test("a wrong quantity is named by its place in the list", async () => {
  const wrong = { ...shipment, sales_items: [{ ...shipment.sales_items[0], quantity: "many" }] };
  server.answer(page([shipment, wrong]));
  const failure = await failureOf(fleet.listUnshippedShipments({ area: "华东" }));
  expect(failure.details.fields).toEqual(["results[1].sales_items[0].quantity"]);
});

test("a merchant that is not configured is forbidden before anything is sent", async () => {
  const failure = await failureOf(fleet.listVehicles({ merchantId: 11 }));
  expect([failure.code, failure.details.fields]).toEqual(["forbidden", ["merchant_id"]]);
  expect(server.requests).toHaveLength(0);
});

test.each([
  ["license_plate", () => fleet.getVehicle({ licensePlate: " " })],
  ["license_plate", () => fleet.getVehicle({ licensePlate: "粤".repeat(33) })],
  ["license_plate", () => fleet.getVehicle({ licensePlate: "粤A\n12345" })],
  ["license_plate", () => fleet.getVehicle({ licensePlate: ".." })],
  ["license_plate", () => fleet.getVehicle({ licensePlate: "." })],
  ["license_plate", () => fleet.getVehicle({ licensePlate: "../shipments/unshipped" })],
  ["license_plate", () => fleet.getVehicle({ licensePlate: "a\\b" })],
  ["license_plate", () => fleet.getVehicle({ licensePlate: "\ud800" })],
  ["area", () => fleet.listUnshippedShipments({ area: "" })],
  ["area", () => fleet.allUnshippedShipments({ area: "x".repeat(101) })],
  ["area", () => fleet.listUnshippedShipments({ area: "华\u0000东" })],
  ["limit", () => fleet.listVehicles({ limit: 0 })],
  ["offset", () => fleet.listVehicles({ offset: -1 })],
  ["offset", () => fleet.listVehicles({ offset: 1.5 })],
])("a bad %s is invalid_input before anything is sent", async (field, call) => {
  const failure = await failureOf(call());
  expect([failure.code, failure.details.fields]).toEqual(["invalid_input", [field]]);
  expect(server.requests).toHaveLength(0);
});

test("no plate reaches another endpoint than that of one vehicle", async () => {
  server.answer(json(200, vehicle));
  await fc.assert(
    fc.asyncProperty(fc.string({ maxLength: 40, unit: "binary" }), async (licensePlate) => {
      server.requests.length = 0;
      await fleet.getVehicle({ licensePlate }).catch(() => {});
      for (const { url } of server.requests) {
        const { pathname, search } = new URL(url, "http://erp.example");
        expect(pathname.split("/").slice(0, 5)).toEqual(["", "api", "v2", "ai", "transport-vehicles"]);
        expect(decodeURIComponent(pathname.split("/")[5] ?? "")).toBe(licensePlate);
        expect(pathname.split("/").slice(6)).toEqual([""]);
        expect(search).toBe("?merchant_id=10");
      }
    }),
    { numRuns: 60, examples: [[".."], ["?a=b"], ["#"], ["%2e%2e"], ["a/../b"], [";"]] },
  );
});

test("a whole list is read page by page by what was received, from the configured address alone", async () => {
  const plate = (number: number) => ({ ...vehicle, license_plate: `粤A${number}` });
  server.answer(
    inTurn(
      page([plate(1), plate(2)], { count: 3, next: "http://elsewhere.example/?offset=100" }),
      page([plate(3)], { count: 3, next: null }),
    ),
  );
  const vehicles = await fleet.allVehicles({});
  expect(vehicles.map(({ licensePlate }) => licensePlate)).toEqual(["粤A1", "粤A2", "粤A3"]);
  expect(server.requests.map(({ url }) => new URL(url, server.url).searchParams.get("offset"))).toEqual([
    "0",
    "2",
  ]);
});

test("doctor's check reads one vehicle and tells latency and clock skew", async () => {
  server.answer(json(200, { results: [vehicle] }, { date: new Date(Date.now() + 120_000).toUTCString() }));
  const check = await fleet.check();
  expect(check.vendor).toBe("fleet");
  expect(check.latencyMilliseconds).toBeGreaterThanOrEqual(0);
  expect(Math.abs((check.clockSkewSeconds ?? 0) - 120)).toBeLessThanOrEqual(30);
  expect(server.requests[0]?.url).toBe("/api/v2/ai/transport-vehicles/?merchant_id=10&limit=1");
});
