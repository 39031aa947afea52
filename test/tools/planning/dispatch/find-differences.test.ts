import { expect, test } from "vitest";
import type { Plan, PlanRoute } from "../../../../src/domain/plan.ts";
import type { Shipment } from "../../../../src/domain/shipment.ts";
import type { Vehicle } from "../../../../src/domain/vehicle.ts";
import { findDifferences } from "../../../../src/tools/planning/dispatch/find-differences.ts";
import { samplePlan } from "../../../support/sample-plan.ts";

const area = "天河区";

function shipmentOf(id: number): Shipment {
  return {
    id,
    merchantId: 31,
    area,
    address: "新港西路 1 号",
    geoCoordinates: { lat: 23.1, lng: 113.3 },
    salesItems: [{ name: "蓝布", quantity: "50.00" }],
  };
}

/** A plan of one vehicle with the shipments 1 and 2, and an ERP that has them as they were; both as a test changes them. */
function compare(
  change: (things: { shipments: Map<string, Shipment>; vehicles: Map<string, Vehicle>; plan: Plan }) => void,
) {
  const plan = structuredClone(samplePlan({ vehicles: 1, stopsPerVehicle: 2 }));
  const [route] = plan.routes as [PlanRoute];
  route.stops.forEach((stop, index) => {
    stop.shipmentIds = [index + 1];
  });
  route.loads = [{ material: "坯布", quantity: "480", capacity: 500, fill: 0.96 }];
  plan.vehicles = [
    {
      licensePlate: route.licensePlate,
      createdAt: "2026-01-01T00:00:00Z",
      materialCapacities: [{ materialName: "坯布", capacity: 500 }],
    },
  ];
  plan.shipments = [shipmentOf(1), shipmentOf(2)];
  const base = structuredClone(plan);
  const shipments = new Map([1, 2].map((id) => [String(id), shipmentOf(id)]));
  const vehicles = new Map(structuredClone(plan.vehicles).map((vehicle) => [vehicle.licensePlate, vehicle]));
  change({ shipments, vehicles, plan });
  return findDifferences({ plan, base, erp: { shipments, vehicles } }, route);
}

const change = (map: Map<string, Shipment>, to: Partial<Shipment>) =>
  Object.assign(map.get("1") as Shipment, to);

test("an ERP that has everything as it was shows no difference", () => {
  expect(compare(() => {})).toEqual([]);
  expect(
    compare(({ shipments }) =>
      change(shipments, { salesItems: [{ name: "蓝布", quantity: "50" }], remark: "new" }),
    ),
  ).toEqual([]);
});

test.each<[string, Parameters<typeof compare>[0], object]>([
  [
    "a shipment that is gone",
    ({ shipments }) => shipments.delete("2"),
    { kind: "shipment_gone", shipmentId: "2", isBlocking: true, message: expect.stringContaining(area) },
  ],
  [
    "another quantity",
    ({ shipments }) => change(shipments, { salesItems: [{ name: "蓝布", quantity: "60" }] }),
    { kind: "items_changed", isBlocking: true, message: expect.stringContaining("「蓝布」 50 is now 60") },
  ],
  [
    "other goods",
    ({ shipments }) => change(shipments, { salesItems: [{ name: "红布", quantity: "50" }] }),
    {
      kind: "items_changed",
      isBlocking: true,
      message: expect.stringMatching(/蓝布」 50 was taken off.*红布」 50 was added/),
    },
  ],
  [
    "another address",
    ({ shipments }) => change(shipments, { address: "新港东路 9 号" }),
    { kind: "address_changed", isBlocking: true },
  ],
  [
    "another place",
    ({ shipments }) => change(shipments, { geoCoordinates: { lat: 23.11, lng: 113.3 } }),
    { kind: "position_changed", isBlocking: true, message: expect.stringContaining("1112 m") },
  ],
  [
    "a position that is no more",
    ({ shipments }) => change(shipments, { geoCoordinates: null }),
    { kind: "position_changed", isBlocking: false },
  ],
  ["a vehicle that is gone", ({ vehicles }) => vehicles.clear(), { kind: "vehicle_gone", isBlocking: true }],
  [
    "too little room",
    ({ vehicles }) => setCapacity(vehicles, 450),
    { kind: "capacity_changed", isBlocking: true, message: expect.stringContaining("500 is now 450") },
  ],
  [
    "less room that is enough",
    ({ vehicles }) => setCapacity(vehicles, 480),
    { kind: "capacity_changed", isBlocking: false },
  ],
])("%s is told", (_, change, expected) => {
  expect(compare(change)).toMatchObject([expected]);
});

test("a correction of a few meters is the same door", () => {
  expect(
    compare(({ shipments }) => change(shipments, { geoCoordinates: { lat: 23.1004, lng: 113.3 } })),
  ).toEqual([]);
});

test("a capacity that the dispatcher set stands against a smaller one of the ERP", () => {
  const differences = compare(({ plan, vehicles }) => {
    setCapacity(vehicles, 450);
    for (const vehicle of plan.vehicles)
      vehicle.materialCapacities = [{ materialName: "坯布", capacity: 520 }];
  });
  expect(differences).toMatchObject([{ kind: "capacity_changed", isBlocking: false }]);
});

test("what a caller gave without the ERP is held against nothing", () => {
  const differences = compare(({ plan, shipments }) => {
    shipments.clear();
    for (const shipment of plan.shipments) delete shipment.merchantId;
  });
  expect(differences).toEqual([]);
});

function setCapacity(vehicles: Map<string, Vehicle>, capacity: number) {
  for (const vehicle of vehicles.values()) vehicle.materialCapacities = [{ materialName: "坯布", capacity }];
}
