import { describe, expect, test } from "vitest";
import { isOpenQuality, tellQuality } from "../../../src/planning/complete/quality.ts";
import { loadLinearSolver } from "../../../src/solver/linear-solver.ts";
import { makePlanNow } from "../../support/make-plan-now.ts";
import { planRequest, shipment, vehicle } from "../../support/plan-request.ts";

const trucks = (count: number, capacity: number) =>
  Array.from({ length: count }, (_, index) => vehicle(`粤A0000${index}`, { 坯布: capacity }));

describe("what is proven of a plan", () => {
  test("is how few vehicles could do, in a sentence that stands once", async () => {
    // Two do not fit together, but 180 of 300 would fit into two: only loads as a whole tell.
    const request = planRequest(
      [60, 60, 60].map((amount, id) => shipment(id, { 坯布: amount })),
      trucks(3, 100),
    );
    const plan = makePlanNow(request);
    expect(plan.quality).toMatchObject({
      status: "gap",
      gapTo: "vehicles",
      gapPercent: 50,
      leastVehicles: 2,
    });
    expect(isOpenQuality(plan)).toBe(true);
    const effort = {
      openLinearProgram: await loadLinearSolver(),
      timeLimitMilliseconds: 60_000,
      now: () => 0,
    };
    const { quality } = tellQuality(request, plan, effort);
    expect(quality).toMatchObject({ gapPercent: 0, leastVehicles: 3 });
    expect(quality.reason.match(/No plan that serves/g)).toHaveLength(1);
    expect(quality.reason).toMatch(/No plan that serves these shipments uses fewer than 3 vehicles\.$/);
  });

  test("holds for shipments apart, however they share stops", () => {
    const together = { customer: 1, customerName: "客户", address: "1号" };
    const request = planRequest(
      [1, 2, 3].map((id) => shipment(id, { 坯布: 40 }, together)),
      trucks(3, 100),
    );
    expect(makePlanNow(request).quality).toMatchObject({ leastVehicles: 2, vehiclesUsed: 2 });
  });

  test("is nothing where kilometers are made small, but the vehicles are told all the same", () => {
    const request = planRequest([shipment(1, { 坯布: 60 }), shipment(2, { 坯布: 60 })], trucks(2, 100), {
      objective: "shortest_distance",
    });
    const { quality } = makePlanNow(request);
    expect(quality).toMatchObject({ status: "heuristic", leastVehicles: 2 });
    expect(quality).not.toHaveProperty("gapPercent");
  });

  test("is nothing where vehicles are the least of what is paid for", () => {
    const priced = (fixedYuan: string) =>
      makePlanNow(
        planRequest(
          [shipment(1, { 坯布: 60 })],
          trucks(1, 100).map((one) => ({ ...one, fixedYuan, yuanPerKilometer: "10" })),
          { objective: "lowest_cost" },
        ),
      ).quality;
    expect(priced("1.00")).toMatchObject({ status: "heuristic" });
    expect(priced("1.00")).not.toHaveProperty("gapPercent");
    expect(priced("1000")).toMatchObject({ status: "gap", gapTo: "fixed_costs" });
  });

  test("stays as it was where the sharper bound was not complete in time", async () => {
    const request = planRequest(
      [60, 60, 60].map((amount, id) => shipment(id, { 坯布: amount })),
      trucks(3, 100),
    );
    const plan = makePlanNow(request);
    const openLinearProgram = await loadLinearSolver();
    let clock = 0;
    const late = { openLinearProgram, timeLimitMilliseconds: 500, now: () => 1_000 * clock++ };
    expect(tellQuality(request, plan, late)).toEqual(plan);
  });
});
