import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Identifier } from "../../../src/domain/identifier.ts";
import type { PlanContent, PlanOptions } from "../../../src/domain/plan.ts";
import type { VehicleRules } from "../../../src/domain/vehicle.ts";
import type { WouldTake, WouldTakeChange } from "../../../src/domain/would-take.ts";
import type { PlanRequest } from "../../../src/planning/prepare/request.ts";
import { applyWouldTake } from "../../support/apply-would-take.ts";
import { findFaults } from "../../support/check-plan.ts";
import { findBrokenRules } from "../../support/check-rules.ts";
import { makePlanNow } from "../../support/make-plan-now.ts";
import { eastOfDepot, planRequest, shipment, vehicle } from "../../support/plan-request.ts";

const at = (minutes: number) => new Date(Date.UTC(2026, 10, 23, 0, minutes)).toISOString();
const quantity = fc.integer({ min: 0, max: 160 }).map((tenths) => tenths / 2);

const requests = fc
  .record({
    orders: fc.array(fc.tuple(fc.integer({ min: -40, max: 40 }), quantity, quantity), {
      minLength: 3,
      maxLength: 9,
    }),
    capacities: fc.array(fc.tuple(fc.integer({ min: 20, max: 150 }), fc.integer({ min: 0, max: 90 })), {
      minLength: 1,
      maxLength: 3,
    }),
    spare: fc.option(fc.integer({ min: 30, max: 200 })),
    windows: fc.array(fc.tuple(fc.nat(8), fc.integer({ min: 10, max: 240 })), { maxLength: 4 }),
    limits: fc.constantFrom<Partial<PlanOptions>>(
      {},
      {},
      { maxRouteMinutes: 90 },
      { maxStopsPerRoute: 2 },
      { capacityModel: "shared" },
      { sameVehicle: [[0, 1]] },
      { differentVehicles: [[0, 1, 2]] },
      { sameVehicle: [[0, 1]], differentVehicles: [[0, 1]] },
      { separateMaterials: [["坯布", "成品"]] },
      {
        locks: [
          { shipmentId: 0, licensePlate: "粤A00000" },
          { shipmentId: 1, position: 1 },
        ],
      },
      {
        locks: [
          { shipmentId: 0, position: 4 },
          { shipmentId: 1, notAfter: at(20) },
        ],
      },
      { shipmentRules: [{ shipmentIds: [0, 1, 2], onlyVehicles: ["粤A00000"] }] },
    ),
    rules: fc.constantFrom<VehicleRules>(
      {},
      {},
      { maxTrips: 2, reloadMinutes: 15 },
      { maxTrips: 2, maxMinutes: 100 },
      { maxKilometers: 45 },
      { shiftEnd: "09:40" },
      { fixedYuan: "200", yuanPerKilometer: "2.5" },
      { reloadMinutes: 20, maxMinutes: 240, yuanPerHour: "60" },
    ),
  })
  .map(({ orders, capacities, spare, windows, limits, rules }) => {
    const shipments = orders.map(([east, 坯布, 成品], id) =>
      shipment(
        id,
        { 坯布: 坯布 + 1, 成品 },
        { geoCoordinates: eastOfDepot(east), customerName: `客户${id}` },
      ),
    );
    const vehicles = capacities.map(([坯布, 成品], index) => ({
      ...vehicle(`粤A0000${index}`, { 坯布, 成品 }),
      ...rules,
    }));
    const known = windows.filter(([id]) => id < shipments.length);
    const timeWindows = [...new Map(known)].map(([shipmentId, end]) => ({ shipmentId, endAt: at(end) }));
    const isPriced = rules.yuanPerKilometer !== undefined || rules.yuanPerHour !== undefined;
    return {
      ...planRequest(shipments, vehicles, {
        timeWindows,
        ...(isPriced && { objective: "lowest_cost" }),
        ...limits,
      }),
      ...(spare !== null && {
        spareVehicles: [{ ...vehicle("粤S11111", { 坯布: spare, 成品: spare }), ...rules }],
      }),
    };
  });

/** The same day once more with the change, all served that were and those who are to come in, and nobody else. */
function planAgain(request: PlanRequest, plan: PlanContent, told: WouldTake, ids: Identifier[]) {
  const others = plan.unassigned.map(({ shipmentId }) => shipmentId).filter((id) => !ids.includes(id));
  const changed = applyWouldTake(request, told, ids);
  const again: PlanRequest = { ...changed, excludedShipmentIds: others, earlierRoutes: plan.routes };
  return { again, replanned: makePlanNow(again) };
}

/** A group that rides together comes in together. */
function companyOf({ options }: PlanRequest, id: Identifier, told: WouldTake): Identifier[] {
  if (told.rule !== undefined) return [id];
  return options.sameVehicle?.find((group) => group.includes(id)) ?? [id];
}

/** What is told of each shipment that is left out, once it is done, brings it in, and nothing else is lost. */
function expectTold(request: PlanRequest, plan: PlanContent): WouldTakeChange[] {
  return plan.unassigned.flatMap(({ shipmentId, wouldTake }) => {
    if (!wouldTake) return [];
    const ids = companyOf(request, shipmentId, wouldTake);
    const { again, replanned } = planAgain(request, plan, wouldTake, ids);
    const left = replanned.unassigned.map((one) => `${one.shipmentId}: ${one.message}`);
    expect(left, `${shipmentId} ${JSON.stringify(wouldTake)}`).toEqual([]);
    expect(findFaults(again, replanned)).toEqual([]);
    expect(findBrokenRules(again, replanned)).toEqual([]);
    return [wouldTake.change];
  });
}

const truck = vehicle("粤A00000", { 坯布: 100, 成品: 50 });
const far = { geoCoordinates: eastOfDepot(40), customerName: "远" };
const full = [shipment(1, { 坯布: 95 }), shipment(2, { 坯布: 40 }, { ...far, customerName: "客户2" })];

/** One day for each kind of change. */
const days: Record<WouldTakeChange, PlanRequest> = {
  later_window: planRequest([shipment(1, { 坯布: 1 }, far)], [truck], {
    timeWindows: [{ shipmentId: 1, endAt: at(45) }],
  }),
  later_shift: planRequest([shipment(1, { 坯布: 1 }, far)], [{ ...truck, shiftEnd: "10:00" }]),
  more_minutes: planRequest([shipment(1, { 坯布: 1 }, far)], [{ ...truck, maxMinutes: 120 }]),
  more_kilometers: planRequest([shipment(1, { 坯布: 1 }, far)], [{ ...truck, maxKilometers: 80 }]),
  more_stops: planRequest([shipment(1, { 坯布: 1 }), shipment(2, { 坯布: 1 }, far)], [truck], {
    maxStopsPerRoute: 1,
  }),
  more_trips: planRequest(full, [truck]),
  larger_vehicle: planRequest([shipment(1, { 坯布: 95 }), shipment(2, { 坯布: 10 })], [truck]),
  another_vehicle: {
    ...planRequest([shipment(1, { 坯布: 130.5 })], [truck]),
    spareVehicles: [vehicle("粤S11111", { 坯布: 131 })],
  },
  split: planRequest(
    [shipment(1, { 坯布: 140.5, 成品: 30 })],
    [truck, { ...truck, licensePlate: "粤B00000" }],
  ),
  unlock: planRequest([shipment(1, { 坯布: 1 })], [truck], { locks: [{ shipmentId: 1, position: 3 }] }),
  drop_rule: planRequest([shipment(1, { 坯布: 40 }), shipment(2, { 坯布: 40 })], [truck], {
    sameVehicle: [[1, 2]],
    differentVehicles: [[1, 2]],
  }),
};

describe("what it would take to bring in a shipment that is left out", () => {
  test.each(Object.keys(days) as WouldTakeChange[])(
    "is %s where that is the least, and it does",
    (change) => {
      const request = days[change];
      const plan = makePlanNow(request);
      expect(expectTold(request, plan)[0], JSON.stringify(plan.unassigned)).toBe(change);
    },
  );

  test("brings in a group that rides together whole, and names rules that contradict each other", () => {
    const group = [shipment(1, { 坯布: 50 }), shipment(2, { 坯布: 45 }), shipment(3, { 坯布: 90 })];
    const request = planRequest(group, [truck], {
      sameVehicle: [[1, 2]],
      priorities: [{ shipmentId: 3, priority: 9 }],
    });
    const plan = makePlanNow(request);
    expect(plan.unassigned.map(({ shipmentId, wouldTake }) => [shipmentId, wouldTake?.change])).toEqual([
      [1, "more_trips"],
      [2, "more_trips"],
    ]);
    for (const { wouldTake } of plan.unassigned) {
      expect(wouldTake?.changes?.at(-1)).toMatchObject({ op: "add", shipmentIds: [1, 2] });
    }
    expect(plan.whatWouldHelp?.[0]).toMatchObject({ change: "more_trips", shipmentIds: [1, 2] });
    expectTold(request, plan);
    const torn = makePlanNow(days.drop_rule);
    expect(torn.unassigned.map(({ reason }) => reason)).toEqual(["rules_conflict", "rules_conflict"]);
    expect(torn.unassigned[0]?.message).toMatch(/must ride with 2 \(same_vehicle\) and must not/);
  });

  test("brings it in when it is done and the day is planned again, and nothing else is lost", () => {
    let told = 0;
    fc.assert(
      fc.property(requests, (request) => {
        const plan = makePlanNow(request);
        for (const help of plan.whatWouldHelp ?? []) {
          const { replanned } = planAgain(request, plan, help, help.shipmentIds);
          expect(replanned.unassigned, JSON.stringify(help)).toEqual([]);
        }
        told += expectTold(request, plan).length;
      }),
      { numRuns: 30 },
    );
    expect(told).toBeGreaterThan(40);
  });
});
