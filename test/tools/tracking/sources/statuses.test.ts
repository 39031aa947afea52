import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RobotOrderStatus, RobotTaskStatus } from "../../../../src/domain/robot.ts";
import type { RouteJob } from "../../../../src/domain/route-job.ts";
import { isStopOf } from "../../../../src/domain/stop-id.ts";
import type { ShipmentStatus, SourceReport } from "../../../../src/domain/tracking.ts";
import { statusOfFreight } from "../../../../src/tools/tracking/sources/freight.ts";
import { statusOfOrder } from "../../../../src/tools/tracking/sources/robot-order.ts";
import {
  statusOfJob,
  statusOfStop,
  withoutSuperseded,
} from "../../../../src/tools/tracking/sources/route-job.ts";
import { withoutHasty } from "../../../../src/tools/tracking/sources/takeout-order.ts";
import { statusOfText } from "../../../../src/tools/tracking/sources/takeout-words.ts";

describe("RouteMate", () => {
  test.each([
    ["pending", "pending", "dispatched"],
    ["pending", "assigned", "dispatched"],
    ["pending", "in_progress", "in_transit"],
    ["completed", "in_progress", "delivered"],
    ["failed", "in_progress", "failed"],
    ["pending", "completed", "unknown"],
    ["skipped", "in_progress", "unknown"],
    ["pending", "paused", "unknown"],
  ])("a %s stop of a job that is %s is %s", (stop, job, status) => {
    expect(statusOfStop(stop, job)).toBe(status);
  });

  const stop = (status: string) => ({ status }) as RouteJob["stops"][number];

  test("a job that is over is delivered only when no stop of it has failed", () => {
    expect(statusOfJob({ status: "completed", stops: [stop("completed")] })).toBe("delivered");
    expect(statusOfJob({ status: "completed", stops: [stop("completed"), stop("failed")] })).toBe("failed");
    expect(statusOfJob({ status: "in_progress", stops: [stop("failed"), stop("pending")] })).toBe(
      "in_transit",
    );
    expect(statusOfJob({ status: "in_progress", stops: [stop("failed"), stop("completed")] })).toBe("failed");
    expect(statusOfJob({ status: "in_progress", stops: [stop("completed")] })).toBe("delivered");
    expect(statusOfJob({ status: "constructor", stops: [] })).toBe("unknown");
  });

  test("a stop is for each shipment that its identifier joins, and for no other", () => {
    const name = fc.stringMatching(/^[A-Z0-9-]{1,6}$/);
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 4 }), name, (shipments, other) => {
        const stopId = shipments.join("+");
        expect(shipments.every((shipment) => isStopOf(stopId, shipment))).toBe(true);
        expect(isStopOf(stopId, other)).toBe(shipments.includes(other));
      }),
    );
    expect(isStopOf("A+B", "A+B")).toBe(true);
  });

  test("a job that was over before another was made counts no more; the last one always does", () => {
    const job = (jobId: string, createdAt: string, updatedAt: string) =>
      ({ jobId, createdAt, updatedAt }) as RouteJob;
    const first = job("1", "2026-01-01T08:00:00Z", "2026-01-01T12:00:00Z");
    const second = job("2", "2026-01-02T08:00:00Z", "2026-01-02T08:00:00Z");
    const beside = job("3", "2026-01-01T08:01:00Z", "2026-01-01T11:00:00Z");
    expect(withoutSuperseded([first, second])).toEqual([second]);
    expect(withoutSuperseded([second, first])).toEqual([second]);
    expect(withoutSuperseded([first, beside])).toEqual([first, beside]);
    expect(withoutSuperseded([first])).toEqual([first]);
  });
});

describe("Yunji", () => {
  const numbered = <Name extends string>(name: Name | null) => ({ code: 0, name, text: null });
  const orderOf = (status: RobotOrderStatus | null, tasks: (RobotTaskStatus | null)[]) =>
    statusOfOrder({
      status: numbered(status),
      tasks: tasks.map((task, index) => ({
        taskId: String(index),
        status: numbered(task),
        type: null,
        pickupCode: null,
        createdAt: null,
        contents: [],
      })),
    });

  test.each<[RobotOrderStatus | null, (RobotTaskStatus | null)[], ShipmentStatus]>([
    ["unpaid", [], "planned"],
    ["awaiting_shipment", ["queued"], "dispatched"],
    ["awaiting_receipt", ["delivering"], "in_transit"],
    ["awaiting_receipt", ["picking_up"], "arriving"],
    ["awaiting_receipt", ["picked_up"], "delivered"],
    ["awaiting_receipt", ["picked_up", "delivering"], "in_transit"],
    ["awaiting_receipt", ["not_picked_up"], "failed"],
    ["awaiting_receipt", ["exception"], "failed"],
    ["awaiting_receipt", [null], "in_transit"],
    ["received", ["delivering"], "delivered"],
    ["cancelled", ["picked_up"], "cancelled"],
    ["refunded", [], "unknown"],
    [null, [], "unknown"],
  ])("an order that is %s with tasks %j is %s", (status, tasks, expected) => {
    expect(orderOf(status, tasks)).toBe(expected);
  });
});

describe("Transmit", () => {
  const meters = fc.option(fc.nat(), { nil: null });
  const route = fc.record({ totalMeters: meters, coveredMeters: meters, remainingMeters: meters });

  test("nothing that it says is a delivery, whatever the metres", () => {
    const status = fc.oneof(fc.constantFrom("pending", "in_progress", "completed", "delivered"), fc.string());
    fc.assert(
      fc.property(status, route, (word, way) => {
        const told = statusOfFreight({ status: word, route: way, deletedAt: null });
        expect(told).not.toBe("delivered");
        if (word === "completed") expect(told).toBe("unknown");
      }),
    );
  });

  test.each<[number | null, number | null, ShipmentStatus]>([
    [null, null, "dispatched"],
    [0, 100, "dispatched"],
    [60, 40, "in_transit"],
    [60, null, "in_transit"],
    [100, 0, "arriving"],
  ])("with %s metres covered and %s left it is %s", (coveredMeters, remainingMeters, status) => {
    const way = { totalMeters: 100, coveredMeters, remainingMeters };
    expect(statusOfFreight({ status: "in_progress", route: way, deletedAt: null })).toBe(status);
    expect(statusOfFreight({ status: "in_progress", route: way, deletedAt: "2026-01-01T00:00:00Z" })).toBe(
      "cancelled",
    );
  });
});

describe("takeout", () => {
  test("only whole texts that the document's steps name are understood", () => {
    expect(["待接单", " 支付成功 ", "已送达", "订单取消"].map(statusOfText)).toEqual([
      "planned",
      "planned",
      "delivered",
      "cancelled",
    ]);
    const others = ["未送达", "待送达", "取消失败", "即将已送达", "constructor", "__proto__", "", null];
    expect(others.map(statusOfText)).toEqual(others.map(() => "unknown"));
  });

  const report = (source: string, status: ShipmentStatus): SourceReport => ({
    source,
    basis: "live",
    state: "answered",
    status,
    timeline: [],
  });

  test.each<[ShipmentStatus, ShipmentStatus, ShipmentStatus]>([
    ["delivered", "in_transit", "unknown"],
    ["delivered", "delivered", "delivered"],
    ["delivered", "unknown", "delivered"],
    ["cancelled", "in_transit", "cancelled"],
    ["planned", "in_transit", "planned"],
  ])("an order that is %s while its delivery is %s counts as %s", (order, delivery, status) => {
    const [first, second] = withoutHasty([report("takeout", order), report("takeout.delivery", delivery)]);
    expect([first?.status, second?.status]).toEqual([status, delivery]);
  });
});
