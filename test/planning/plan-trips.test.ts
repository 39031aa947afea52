import { expect, test } from "vitest";
import type { VehicleRules } from "../../src/domain/vehicle.ts";
import { describePlan } from "../../src/tools/planning/plan/plan-text.ts";
import { makePlanNow } from "../support/make-plan-now.ts";
import { eastOfDepot, planRequest, shipment, vehicle } from "../support/plan-request.ts";

const orders = [5, 5, 10].map((kilometers, index) =>
  shipment(index + 1, { 坯布: 4 }, { geoCoordinates: eastOfDepot(kilometers), customer: index }),
);

function plan(rules: VehicleRules) {
  return makePlanNow(
    planRequest(orders, [{ ...vehicle("粤A1", { 坯布: 8 }), ...rules }], { serviceMinutes: 0 }),
  );
}

test("a vehicle that loads again tells trip by trip what it carries and in which order it is loaded", () => {
  const { routes, unassigned } = plan({ maxTrips: 2, reloadMinutes: 30 });
  expect(unassigned).toEqual([]);
  const [route] = routes;
  expect(route?.loads.map(({ trip, quantity, fill }) => [trip, quantity, fill]).toSorted()).toEqual([
    [1, expect.stringMatching(/^[48]$/), expect.any(Number)],
    [2, expect.stringMatching(/^[48]$/), expect.any(Number)],
  ]);
  for (const trip of [1, 2]) {
    const positions = route?.stops
      .filter((stop) => stop.trip === trip)
      .map(({ loadPosition }) => loadPosition);
    expect(positions).toEqual(positions?.map((_, index) => positions.length - index));
  }
  const once = makePlanNow(planRequest(orders, [vehicle("粤A1", { 坯布: 12 })], { serviceMinutes: 0 }));
  expect(route?.durationSeconds).toBeGreaterThan(once.routes[0]!.durationSeconds + 30 * 60);
});

test("a vehicle of one trip says nothing of trips", () => {
  const [route] = plan({ maxTrips: 1 }).routes;
  expect(JSON.stringify(route)).not.toContain("trip");
});

test("a shipment that one trip more would bring is told so", () => {
  const small = [...orders, shipment(4, { 坯布: 8 }, { customer: 9 })];
  const request = planRequest(small, [{ ...vehicle("粤A1", { 坯布: 8 }), maxTrips: 2 }], {});
  expect(makePlanNow(request).unassigned).toMatchObject([
    {
      reason: "fleet_full",
      message: expect.stringContaining("粤A1 could bring it on one trip more than its 2"),
    },
  ]);
});

test("the text of a plan names the trips", () => {
  const request = planRequest(orders, [{ ...vehicle("粤A1", { 坯布: 8 }), maxTrips: 2 }], {});
  const content = makePlanNow(request);
  const told = describePlan({
    ...content,
    planId: "p1",
    revision: 1,
    createdAt: "2026-11-23T00:00:00Z",
    area: null,
    merchantId: null,
    options: request.options,
    vehicles: [...request.vehicles],
    shipments: [...request.shipments],
  });
  expect(told).toContain("trip 1 坯布");
  expect(told).toContain("trip 2 坯布");
});
