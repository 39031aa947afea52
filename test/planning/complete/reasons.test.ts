import { describe, expect, test } from "vitest";
import type { PlanOptions, UnassignedReason } from "../../../src/domain/plan.ts";
import type { Shipment } from "../../../src/domain/shipment.ts";
import type { Vehicle } from "../../../src/domain/vehicle.ts";
import { makePlan } from "../../../src/planning/make-plan.ts";
import type { Solution } from "../../../src/planning/solution.ts";
import { makePlanNow } from "../../support/make-plan-now.ts";
import { eastOfDepot, planRequest, shipment, vehicle } from "../../support/plan-request.ts";

const truck = vehicle("粤A12345", { 坯布: 500, 成品: 300 });
const van = vehicle("粤B67890", { 坯布: 200 });
const at = (time: string) => `2026-11-23T${time}:00+08:00`;
const away = (kilometers: number) => ({ geoCoordinates: eastOfDepot(kilometers) });
/** Makes the search keep these on their routes, so that it is clear who is left out. */
const first = (...ids: number[]) => ids.map((shipmentId) => ({ shipmentId, priority: 9 }));

type Case = {
  because: string;
  shipments: Shipment[];
  vehicles: Vehicle[];
  options?: Partial<PlanOptions>;
  reason: UnassignedReason;
  message: string;
};

const cases: Case[] = [
  {
    because: "every vehicle is full",
    shipments: [shipment(1, { 坯布: 100 }), shipment(2, { 坯布: 440 }), shipment(3, { 坯布: 150 })],
    vehicles: [truck, van],
    options: { priorities: first(2, 3) },
    reason: "fleet_full",
    message:
      "Shipment 1 needs 100 条 of 坯布; 粤A12345, with the most room left, has 60 条 of 坯布: 40 条 of 坯布 too little. It would fit with 40 条 more of 坯布 on 粤A12345, or in parts: 60 条 of 坯布 on 粤A12345 and 40 条 of 坯布 on 粤B67890.",
  },
  {
    because: "a vehicle is full for one of two materials",
    shipments: [shipment(1, { 坯布: 100, 成品: 50 }), shipment(2, { 成品: 270.5 })],
    vehicles: [truck, van],
    options: { priorities: first(2) },
    reason: "fleet_full",
    message:
      "Shipment 1 needs 100 条 of 坯布 and 50 条 of 成品; 粤A12345, with the most room left, has 500 条 of 坯布 and 29.5 条 of 成品: 20.5 条 of 成品 too little. It would fit with 20.5 条 more of 成品 on 粤A12345, or with 1 trip more of 粤A12345.",
  },
  {
    because: "materials share a room that is full",
    shipments: [shipment(1, { 坯布: 200 }), shipment(2, { 成品: 240 })],
    vehicles: [truck],
    options: { priorities: first(2), capacityModel: "shared" },
    reason: "fleet_full",
    message:
      "Shipment 1 needs 200 条 of 坯布; 粤A12345, with the most room left, has 0.2 of its room, and it takes 0.4. It would fit with 1 trip more of 粤A12345, or with 20 % more room on 粤A12345.",
  },
  {
    because: "the vehicle that it is locked to is full",
    shipments: [shipment(1, { 坯布: 150 }), shipment(2, { 坯布: 90 }), shipment(3, { 坯布: 90 })],
    vehicles: [van, truck],
    options: { locks: [1, 2, 3].map((shipmentId) => ({ shipmentId, licensePlate: "粤B67890" })) },
    reason: "lock_impossible",
    message:
      "Shipment 1 needs 150 条 of 坯布; 粤B67890, to which it is locked, has 20 条 of 坯布: 130 条 of 坯布 too little. It would fit with 1 trip more of 粤B67890, or without its lock to a vehicle, on 粤A12345.",
  },
  {
    because: "no vehicle can be there in time",
    shipments: [shipment(1, { 坯布: 1 }, away(20))],
    vehicles: [truck, van],
    options: { timeWindows: [{ shipmentId: 1, endAt: at("08:30") }] },
    reason: "time_window",
    message:
      "Shipment 1 must be reached by 08:30; the earliest arrival is 08:39, 9 minutes late. It would fit if its window ended at 08:39, on 粤A12345.",
  },
  {
    because: "its window lies before the start",
    shipments: [shipment(1, { 坯布: 1 }, away(20))],
    vehicles: [truck],
    options: {
      timeWindows: [
        { shipmentId: 1, startAt: "2026-11-22T09:00:00+08:00", endAt: "2026-11-22T10:00:00+08:00" },
      ],
    },
    reason: "time_window",
    message:
      "Shipment 1 must be reached by 2026-11-22 10:00; the earliest arrival is 08:39, 1359 minutes late. It would fit if its window ended at 08:39, on 粤A12345.",
  },
  {
    because: "the way there and back takes longer than a route may",
    shipments: [shipment(1, { 坯布: 1 }, away(40))],
    vehicles: [truck, van],
    options: { maxRouteMinutes: 120 },
    reason: "route_time",
    message:
      "Shipment 1 alone takes a vehicle 166 minutes; a route may take 120 minutes. It would fit with 46 minutes more of route on 粤A12345.",
  },
  {
    because: "every route has as many stops as it may",
    shipments: [shipment(1, { 坯布: 1 }), shipment(2, { 坯布: 1 }), shipment(3, { 坯布: 1 })],
    vehicles: [truck],
    options: { maxStopsPerRoute: 2, priorities: first(2, 3) },
    reason: "stop_limit",
    message:
      "Shipment 1 finds no room: every vehicle that could take it is at the limit of stops, 2 a route. It would fit with 1 stop more on 粤A12345, or with one more vehicle like 粤A12345.",
  },
  {
    because: "there are too few stops to be at its position",
    shipments: [shipment(1, { 坯布: 1 }), shipment(2, { 坯布: 1 })],
    vehicles: [truck],
    options: { locks: [{ shipmentId: 1, position: 5 }] },
    reason: "lock_impossible",
    message:
      "Shipment 1 can't be stop 5 of any route it may be on. It would fit without its lock to a position, on 粤A12345.",
  },
  {
    because: "another shipment is locked to its position",
    shipments: [shipment(1, { 坯布: 1 }), shipment(2, { 坯布: 1 })],
    vehicles: [truck],
    options: { locks: [1, 2].map((shipmentId) => ({ shipmentId, position: 1 })) },
    reason: "lock_impossible",
    message:
      "Shipment 2 can't be stop 1 of any route it may be on. It would fit without its lock to a position, on 粤A12345, or with one more vehicle like 粤A12345.",
  },
];

describe("a shipment is left out", () => {
  test.each(cases)("because $because", ({ shipments, vehicles, options, reason, message }) => {
    const plan = makePlanNow(planRequest(shipments, vehicles, options));
    expect(plan.unassigned).toHaveLength(1);
    expect(plan.unassigned).toMatchObject([{ reason, message }]);
  });

  test("because nothing can follow a stop without a position that is locked to come first", () => {
    const shipments = [shipment(1, { 坯布: 1 }, { geoCoordinates: null }), shipment(2, { 坯布: 1 })];
    const locks = [{ shipmentId: 1, position: 1 }];
    const plan = makePlanNow(planRequest(shipments, [truck], { locks }));
    expect(plan.routes).toMatchObject([{ stops: [{ shipmentIds: [1] }] }]);
    expect(plan.unassigned).toMatchObject([{ shipmentId: 2, reason: "lock_impossible" }]);
  });

  test("because no route has the time left for its way", () => {
    const shipments = [shipment(1, { 坯布: 1 }, away(-20)), shipment(2, { 坯布: 1 }, away(20))];
    const plan = makePlanNow(planRequest(shipments, [truck], { maxRouteMinutes: 100, priorities: first(2) }));
    expect(plan.unassigned).toMatchObject([{ shipmentId: 1, reason: "route_time" }]);
    expect(plan.unassigned[0]!.message).toBe(
      "Shipment 1 makes every route too long: a route may take 100 minutes, and 粤A12345, the nearest, would take 76 minutes more. It would fit with 76 minutes more of route on 粤A12345, or with one more vehicle like 粤A12345.",
    );
  });

  test("because no route can be in time for both", () => {
    const shipments = [shipment(1, { 坯布: 1 }, away(-20)), shipment(2, { 坯布: 1 }, away(20))];
    const timeWindows = [1, 2].map((shipmentId) => ({
      shipmentId,
      startAt: at("09:00"),
      endAt: at("09:10"),
    }));
    const plan = makePlanNow(planRequest(shipments, [truck], { timeWindows, priorities: first(2) }));
    expect(plan.unassigned).toMatchObject([{ shipmentId: 1, reason: "time_window" }]);
    expect(plan.unassigned[0]!.message).toMatch(
      /^Shipment 1 fits no route without missing a time window; on 粤A12345, the nearest, by 78 minutes\. It would fit if its window ended at 10:28, on 粤A12345, or with one more vehicle like 粤A12345\.$/,
    );
  });

  test("for the reason that most vehicles have, and the others are counted", () => {
    const shipments = [
      shipment(1, { 坯布: 100 }, away(20)),
      shipment(2, { 坯布: 450 }),
      shipment(3, { 坯布: 150 }),
      shipment(4, { 坯布: 1 }, away(-20)),
    ];
    const vehicles = [truck, van, vehicle("粤C00000", { 坯布: 200 })];
    const locks = [2, 3, 4].map((shipmentId, index) => ({
      shipmentId,
      licensePlate: vehicles[index]!.licensePlate,
    }));
    const timeWindows = [1, 4].map((shipmentId) => ({
      shipmentId,
      startAt: at("09:00"),
      endAt: at("09:10"),
    }));
    const plan = makePlanNow(planRequest(shipments, vehicles, { locks, timeWindows }));
    expect(plan.unassigned).toMatchObject([
      {
        shipmentId: 1,
        reason: "fleet_full",
        message:
          "Shipment 1 needs 100 条 of 坯布; 粤A12345, with the most room left, has 50 条 of 坯布: 50 条 of 坯布 too little; 1 vehicle more would miss a time window. It would fit with 50 条 more of 坯布 on 粤A12345, or in parts: 50 条 of 坯布 on 粤A12345 and 50 条 of 坯布 on 粤B67890.",
      },
    ]);
  });
});

test("when the time is over, the most important is explained and the others are told to be unexamined", () => {
  const shipments = [20, -20, -20].map((kilometers, index) =>
    shipment(index + 1, { 坯布: 1 }, { ...away(kilometers), customerName: `${index}` }),
  );
  const priorities = [
    { shipmentId: 1, priority: 9 },
    { shipmentId: 3, priority: 5 },
  ];
  const request = planRequest(shipments, [truck], { priorities, maxRouteMinutes: 90 });
  const solution: Solution = {
    routes: [{ vehicle: 0, stops: [0] }],
    unassigned: [1, 2],
    cost: 0,
    iterations: 1,
    stoppedBy: "iterations",
  };
  const planUntil = (looksAtClock: number) => {
    let looks = 0;
    return makePlan(request, { now: () => (++looks > looksAtClock ? 60_000 : 0), solve: () => solution });
  };
  const full = planUntil(Number.POSITIVE_INFINITY);
  expect(full.unassigned.map(({ reason }) => reason)).toEqual(["route_time", "route_time"]);
  expect(full.quality.repeatable).toBe(true);
  // The start, two around preparing, what is left for the search, three looks while what is left out is settled, and one question.
  const cut = planUntil(8);
  expect(cut.unassigned).toEqual([
    {
      shipmentId: 2,
      reason: "search_ended",
      message:
        "Shipment 2 was left out, and the time was too short to find out why: 1 of 1 vehicles was not examined; allow more time.",
    },
    {
      shipmentId: 3,
      reason: "route_time",
      message: full.unassigned[1]?.message.replace(/ It would fit.*/, ""),
    },
  ]);
  expect(cut.warnings).toContainEqual(expect.stringContaining("too short to try all that would bring in"));
  expect(cut.quality.repeatable).toBe(false);
});
