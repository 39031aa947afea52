import { describe, expect, test } from "vitest";
import type { PlanOptions } from "../../../src/domain/plan.ts";
import { readClock } from "../../../src/planning/prepare/clock.ts";
import { readConditions } from "../../../src/planning/prepare/conditions.ts";
import { planOptions } from "../../support/plan-request.ts";

function conditionsFor(options: Partial<PlanOptions>) {
  const context = {
    clock: readClock("2026-11-23T08:00:00+08:00"),
    licensePlates: ["粤A12345", "粤B67890"],
    shipmentIds: [17, "18"],
  };
  return readConditions(planOptions(options), context);
}

const at = (time: string) => `2026-11-23T${time}:00+08:00`;

describe("conditions", () => {
  test("leave a shipment free that nothing is said of", () => {
    const free = { vehicle: -1, position: 0, windows: [], priority: 0, conflict: "" };
    expect(conditionsFor({})(17)).toEqual(free);
  });

  test("find a shipment by its number or its text", () => {
    const priorities = [
      { shipmentId: "17", priority: 3 },
      { shipmentId: 18, priority: 4 },
    ];
    expect(conditionsFor({ priorities })(17).priority).toBe(3);
    expect(conditionsFor({ priorities })("18").priority).toBe(4);
  });

  test("take several windows as alternatives, and join those that overlap", () => {
    const timeWindows = [
      { shipmentId: 17, startAt: at("14:00"), endAt: at("16:00") },
      { shipmentId: 17, startAt: at("09:00"), endAt: at("10:00") },
      { shipmentId: 17, startAt: at("09:30"), endAt: at("11:00") },
    ];
    expect(conditionsFor({ timeWindows })(17).windows).toEqual([
      { start: 3600, end: 10800 },
      { start: 21600, end: 28800 },
    ]);
  });

  test("narrow the windows by the locks", () => {
    const timeWindows = [{ shipmentId: 17, startAt: at("09:00"), endAt: at("12:00") }];
    const locks = [
      { shipmentId: 17, notBefore: at("10:00") },
      { shipmentId: 17, notAfter: at("11:00") },
    ];
    expect(conditionsFor({ timeWindows, locks })(17).windows).toEqual([{ start: 7200, end: 10800 }]);
  });

  test("keep an end open that nothing closes", () => {
    expect(conditionsFor({ locks: [{ shipmentId: 17, notBefore: at("10:00") }] })(17).windows).toEqual([
      { start: 7200, end: Number.POSITIVE_INFINITY },
    ]);
  });

  test.each([
    [
      "times",
      {
        timeWindows: [{ shipmentId: 17, endAt: at("09:00") }],
        locks: [{ shipmentId: 17, notBefore: at("10:00") }],
      },
    ],
    [
      "vehicles",
      {
        locks: [
          { shipmentId: 17, licensePlate: "粤A12345" },
          { shipmentId: 17, licensePlate: "粤B67890" },
        ],
      },
    ],
    [
      "positions",
      {
        locks: [
          { shipmentId: 17, position: 1 },
          { shipmentId: 17, position: 2 },
        ],
      },
    ],
  ])("tell locks that contradict each other in %s", (_, options) => {
    expect(conditionsFor(options)(17).conflict).not.toBe("");
  });

  test("put a shipment that is locked to a vehicle or position before all others", () => {
    const priorities = [{ shipmentId: 17, priority: 3 }];
    expect(
      conditionsFor({ priorities, locks: [{ shipmentId: 17, licensePlate: "粤B67890" }] })(17),
    ).toMatchObject({
      vehicle: 1,
      priority: 100,
    });
    expect(conditionsFor({ priorities, locks: [{ shipmentId: 17, position: 2 }] })(17)).toMatchObject({
      position: 2,
      priority: 100,
    });
    expect(
      conditionsFor({ priorities, locks: [{ shipmentId: 17, notBefore: at("10:00") }] })(17).priority,
    ).toBe(3);
  });

  test.each([
    ["locks[0].shipment_id", { locks: [{ shipmentId: 99, position: 1 }] }],
    ["locks[0].license_plate", { locks: [{ shipmentId: 17, licensePlate: "粤C00000" }] }],
    ["locks[0].position", { locks: [{ shipmentId: 17, position: 0 }] }],
    ["locks[0].not_after", { locks: [{ shipmentId: 17, notBefore: at("10:00"), notAfter: at("09:00") }] }],
    [
      "time_windows[1].end_at",
      {
        timeWindows: [
          { shipmentId: 17, startAt: at("09:00"), endAt: at("10:00") },
          { shipmentId: 18, startAt: at("10:00"), endAt: at("09:00") },
        ],
      },
    ],
    ["time_windows[0].start_at", { timeWindows: [{ shipmentId: 17, startAt: "9 Uhr" }] }],
    ["priorities[0].priority", { priorities: [{ shipmentId: 17, priority: 101 }] }],
    ["priorities[0].shipment_id", { priorities: [{ shipmentId: "x", priority: 1 }] }],
  ])("refuse a wrong %s by its name", (field, options) => {
    expect(() => conditionsFor(options)).toThrow(
      expect.objectContaining({
        code: "invalid_input",
        details: expect.objectContaining({ fields: [field] }),
      }),
    );
  });
});
