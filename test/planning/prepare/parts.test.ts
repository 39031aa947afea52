import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PlanContent, PlanOptions, SplitPart } from "../../../src/domain/plan.ts";
import { preparePlan } from "../../../src/planning/prepare-plan.ts";
import { makePlanNow } from "../../support/make-plan-now.ts";
import { eastOfDepot, planRequest, shipment, vehicle } from "../../support/plan-request.ts";

const [a, b] = ["粤A00001", "粤A00002"];
const part = (quantity: string, licensePlate?: string): SplitPart => ({
  items: [{ material: "坯布", quantity }],
  ...(licensePlate !== undefined && { licensePlate }),
});

function planParts(parts: SplitPart[], options: Partial<PlanOptions> = {}, capacity = 60) {
  const shipments = [
    shipment(1, { 坯布: "50.5" }),
    shipment(2, { 坯布: 30 }, { geoCoordinates: eastOfDepot(9) }),
  ];
  const fleet = [vehicle(a, { 坯布: capacity }), vehicle(b, { 坯布: capacity })];
  return planRequest(shipments, fleet, { splits: [{ shipmentId: 1, parts }], ...options });
}

const ridesOf = ({ routes }: PlanContent) =>
  routes
    .flatMap(({ licensePlate, stops }) =>
      stops.flatMap(({ items }) =>
        items
          .filter(({ shipmentId }) => shipmentId === 1)
          .map(({ quantity }) => `${quantity} on ${licensePlate}`),
      ),
    )
    .sort((one, other) => one.localeCompare(other));

describe("a shipment that was split by hand", () => {
  test("rides in just those parts, each on the vehicle that it is locked to", () => {
    expect(ridesOf(makePlanNow(planParts([part("20.25", a), part("30.25", b)])))).toEqual([
      `20.25 on ${a}`,
      `30.25 on ${b}`,
    ]);
    expect(ridesOf(makePlanNow(planParts([part("20.25", b), part("30.25", b)])))).toEqual([`50.5 on ${b}`]);
  });

  test("is left out whole where one part has no place, with the part's reason", () => {
    const { unassigned } = makePlanNow(planParts([part("20.5"), part("30", a)], {}, 25));
    expect(unassigned.find(({ shipmentId }) => shipmentId === 1)).toMatchObject({
      message: expect.stringContaining("Shipment 1 (part 2 of 2) needs 30 条 of 坯布"),
    });
  });

  test("counts part by part in groups", () => {
    const parts = [part("20.25"), part("30.25")];
    const apart = makePlanNow(planParts(parts, { differentVehicles: [[1, 2]], allowSplit: true }, 90));
    expect(apart.unassigned.length).toBeGreaterThan(0);
    const together = makePlanNow(planParts(parts, { sameVehicle: [[1, 2]] }, 90));
    expect(new Set(ridesOf(together).map((ride) => ride.split(" on ")[1])).size).toBe(1);
  });

  test("is refused where its parts are not the shipment, to the last decimal", () => {
    expect(() => preparePlan(planParts([part("20.25"), part("30.24")]))).toThrow(
      "splits[0] adds up to 50.49 条 of 坯布, but the shipment has 50.5.",
    );
    expect(() => preparePlan(planParts([{ items: [{ material: "成品", quantity: "1" }] }]))).toThrow(
      "splits[0].parts[0].items[0].quantity is of 成品, which the shipment does not carry.",
    );
    expect(() => preparePlan(planParts([], { splits: [{ shipmentId: 9, parts: [] }] }))).toThrow(
      "splits[0].shipment_id is 9, which is none of the shipments.",
    );
  });

  test("is delivered to the last decimal, however it is cut", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 5049 }), { minLength: 1, maxLength: 4 }),
        (cuts) => {
          const bounds = [0, ...cuts.toSorted((one, other) => one - other), 5050];
          const quantities = bounds.slice(1).map((bound, index) => bound - bounds[index]!);
          const plan = makePlanNow(
            planParts(quantities.map((hundredths) => part((hundredths / 100).toFixed(2)))),
          );
          const delivered = ridesOf(plan).reduce(
            (sum, ride) => sum + Math.round(Number(ride.split(" ")[0]) * 100),
            0,
          );
          expect(delivered).toBe(5050);
        },
      ),
      { numRuns: 25 },
    );
  });
});
