import { describe, expect, test } from "vitest";
import type { PlanOptions } from "../../../src/domain/plan.ts";
import type { Vehicle } from "../../../src/domain/vehicle.ts";
import type { PlanRequest } from "../../../src/planning/prepare/request.ts";
import { makePlanNow } from "../../support/make-plan-now.ts";
import { eastOfDepot, planRequest, shipment, vehicle } from "../../support/plan-request.ts";

/** Seventeen orders of 50 rolls each, one a kilometer farther than the other. */
const orders = Array.from({ length: 17 }, (_, index) =>
  shipment(
    index + 1,
    { 坯布: 50 },
    { geoCoordinates: eastOfDepot(1 + (index % 7)), customerName: `客户${index}` },
  ),
);

function helpFor(vehicles: Vehicle[], options: Partial<PlanOptions> = {}, more: Partial<PlanRequest> = {}) {
  return makePlanNow({ ...planRequest(orders, vehicles, options), ...more });
}

describe("one change for several that are left out", () => {
  test("is a trip more, a vehicle more or one that was not offered, whichever brings in most first", () => {
    const plan = helpFor(
      [vehicle("粤A12345", { 坯布: 300 }), vehicle("粤B67890", { 坯布: 100 })],
      {},
      {
        spareVehicles: [vehicle("粤S11111", { 坯布: 450 })],
      },
    );
    expect(plan.unassigned).toHaveLength(9);
    const help = plan.whatWouldHelp!.map((one) => [
      one.change,
      one.spareLicensePlate ?? one.licensePlate,
      one.shipmentIds.length,
    ]);
    expect(help).toEqual([
      ["another_vehicle", "粤S11111", 9],
      ["more_trips", "粤A12345", 6],
      ["another_vehicle", "粤A12345", 6],
      ["more_trips", "粤B67890", 2],
    ]);
    const [, trip] = plan.whatWouldHelp!;
    expect(trip!.changes).toEqual([
      { op: "set_vehicle", licensePlate: "粤A12345", rules: { maxTrips: 2 } },
      { op: "add", shipmentIds: trip!.shipmentIds, licensePlate: "粤A12345", trip: 2 },
    ]);
  });

  test("tells of a limit just what it took, and of one that holds for all how to plan again", () => {
    const { whatWouldHelp } = helpFor([vehicle("粤A12345", { 坯布: 900 })], { maxStopsPerRoute: 12 });
    const stops = whatWouldHelp!.find(({ change }) => change === "more_stops");
    expect(stops).toMatchObject({
      licensePlate: "粤A12345",
      stops: 5,
      planLoadArguments: { maxStopsPerRoute: 17 },
      text: "with 5 stops more on 粤A12345",
    });
    expect(stops!.shipmentIds).toHaveLength(5);
    expect(stops!.changes).toBeUndefined();
  });

  test("goes by priority before number", () => {
    const vehicles = [vehicle("粤A12345", { 坯布: 300 })];
    const dear = { ...shipment(99, { 成品: 20 }), geoCoordinates: eastOfDepot(3), customerName: "客户99" };
    const plan = makePlanNow({
      ...planRequest([...orders, dear, { ...dear, id: 98 }], vehicles, {
        priorities: [98, 99].map((shipmentId) => ({ shipmentId, priority: 90 })),
      }),
      materials: ["成品"],
      spareVehicles: [vehicle("粤S11111", { 成品: 100 }), vehicle("粤S22222", { 坯布: 900 })],
    });
    const [first, second] = plan.whatWouldHelp!;
    expect([first!.spareLicensePlate, first!.shipmentIds]).toEqual(["粤S11111", [99, 98]]);
    expect([second!.spareLicensePlate, second!.shipmentIds.length]).toEqual(["粤S22222", 11]);
  });

  test("is not told where one shipment alone is left out, or each needs its own", () => {
    expect(helpFor([vehicle("粤A12345", { 坯布: 800 })]).whatWouldHelp).toBeUndefined();
  });
});
