import { describe, expect, test } from "vitest";
import type { PlanOptions } from "../../src/domain/plan.ts";
import { iterationBudget } from "../../src/planning/iteration-budget.ts";
import { preparePlan } from "../../src/planning/prepare-plan.ts";
import { planRequest, shipment, vehicle } from "../support/plan-request.ts";

function budgetFor(count: number, options: Partial<PlanOptions> = {}, seconds = 5): number {
  const shipments = Array.from({ length: count }, (_, id) => shipment(id, { 坯布: 1 }));
  const request = planRequest(shipments, [vehicle("粤A12345", { 坯布: 500 })], options);
  return iterationBudget(preparePlan(request).problem, seconds);
}

describe("the budget of iterations", () => {
  test("grows with the time limit alone", () => {
    expect(budgetFor(60, {}, 6)).toBe(2 * budgetFor(60, {}, 3));
    expect(budgetFor(50, { seed: 7, timeLimitSeconds: 60 })).toBe(budgetFor(50));
  });

  test("is smaller where there are thousands of stops, or times to keep", () => {
    expect(budgetFor(2_000)).toBeLessThan(budgetFor(50));
    expect(budgetFor(50, { maxRouteMinutes: 300 })).toBeLessThan(budgetFor(50));
    expect(budgetFor(50, { objective: "balanced" })).toBeLessThan(budgetFor(50));
  });

  test("lets a search begin, however short the limit", () => {
    expect(budgetFor(3000, {}, 0.001)).toBe(1000);
  });
});
