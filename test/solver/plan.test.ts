import { describe, expect, test } from "vitest";
import { Failure } from "../../src/domain/failure.ts";
import type { SearchProgress } from "../../src/planning/solution.ts";
import { planInWorker } from "../../src/solver/plan.ts";
import { makePlanNow } from "../support/make-plan-now.ts";
import { planRequest, shipment, vehicle } from "../support/plan-request.ts";

const vehicles = [vehicle("粤A12345", { 坯布: 500 }), vehicle("粤A67890", { 坯布: 300 })];
const shipments = [1, 2, 3, 4, 5, 6, 7].map((id) => shipment(id, { 坯布: 100 }));

describe("a plan made in a thread", () => {
  test("is the plan that is made here", async () => {
    const request = planRequest(shipments, vehicles, { timeLimitSeconds: 60 });
    expect(await planInWorker(request, {})).toEqual(makePlanNow(request));
  });

  test("keeps the words of a failure", async () => {
    const request = planRequest([...shipments, ...shipments], vehicles, {});
    const failure = await planInWorker(request, {}).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Failure);
    expect(failure).toMatchObject({ code: "invalid_input", details: { fields: ["shipments[7].id"] } });
  });

  test("tells how far the whole plan is, never backwards", async () => {
    const many = Array.from({ length: 400 }, (_, index) => shipment(index + 1, { 坯布: 7 }));
    const seen: SearchProgress[] = [];
    const request = planRequest(many, vehicles, { timeLimitSeconds: 8 });
    await planInWorker(request, { onProgress: (progress) => seen.push(progress) });
    const fractions = seen.map(({ fraction }) => fraction);
    expect(fractions.length).toBeGreaterThan(1);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
  });

  test.each([0, 50, 400])("ends with its thread when it is cancelled after %i ms", async (milliseconds) => {
    const many = Array.from({ length: 3000 }, (_, index) => shipment(index + 1, { 坯布: 1 }));
    const request = planRequest(many, vehicles, { timeLimitSeconds: 300 });
    const plan = planInWorker(request, { signal: AbortSignal.timeout(milliseconds) });
    await expect(plan).rejects.toMatchObject({ code: "cancelled" });
  });
});
