import { describe, expect, test } from "vitest";
import type { Plan, PlanRoute, PlanStop } from "../../../../src/domain/plan.ts";
import { checkImport } from "../../../../src/providers/routemate/arguments.ts";
import { buildImport, importObstacles } from "../../../../src/tools/planning/dispatch/build-import.ts";
import { samplePlan } from "../../../support/sample-plan.ts";

const driverEmail = "chen.zhiqiang@lingzhi.example";

/** A plan of one route, changed as a test wants it. */
function planOf(change: (route: PlanRoute, plan: Plan) => void = () => {}): { plan: Plan; route: PlanRoute } {
  const plan = structuredClone(samplePlan({ vehicles: 1, stopsPerVehicle: 3 }));
  const [route] = plan.routes as [PlanRoute];
  change(route, plan);
  return { plan, route };
}

function sent(change?: (route: PlanRoute, plan: Plan) => void) {
  return buildImport({ ...planOf(change), driverEmail });
}

const idsOf = ({ stops }: ReturnType<typeof buildImport>) =>
  stops.map(({ externalStopId }) => externalStopId);

describe("a route as RouteMate takes it", () => {
  test("begins and ends at the depot, keeps the planned order, and passes what the vendor checks", () => {
    const { route } = planOf();
    const built = sent();
    expect(() => checkImport(built, 200)).not.toThrow();
    const ids = route.stops.map(({ shipmentIds }) => shipmentIds.join("+"));
    expect(idsOf(built)).toEqual(["depot-start", ...ids, "depot-end"]);
    expect(built).toMatchObject({
      externalJobId: `plan_7f3kq9d2-${route.licensePlate}`,
      driverEmail,
      scheduledDate: "2026-11-23",
      timezone: "Asia/Shanghai",
      metadata: { plan_id: "plan_7f3kq9d2", revision: 2, license_plate: route.licensePlate },
    });
    expect(built.stops[0]).toMatchObject({ latitude: 23.1747, longitude: 113.2644, parcelCount: 0 });
  });

  test("has no end where vehicles do not return, and its own start and end where it has them", () => {
    const open = sent((_, plan) => {
      plan.options.returnToDepot = false;
    });
    expect(idsOf(open).at(-1)).not.toBe("depot-end");
    const own = sent((route) => {
      route.start = { lat: 23.5, lng: 113.5 };
      route.end = { lat: 23.6, lng: 113.6 };
    });
    expect(own.stops[0]).toMatchObject({ latitude: 23.5, address: "23.5, 113.5" });
    expect(own.stops.at(-1)).toMatchObject({ externalStopId: "depot-end", latitude: 23.6 });
  });

  test("loads again at the depot between trips, with what that trip takes", () => {
    const built = sent((route) => {
      route.stops.forEach((stop, index) => {
        stop.trip = index < 2 ? 1 : 2;
      });
      route.loads = [
        { material: "坯布", quantity: "100", capacity: 500, fill: 0.2, trip: 1 },
        { material: "坯布", quantity: "40", capacity: 500, fill: 0.08, trip: 2 },
      ];
    });
    expect(idsOf(built)[3]).toBe("depot-reload-2");
    expect(built.stops[0]?.notes).toContain("坯布 100");
    expect(built.stops[3]).toMatchObject({ parcelCount: 0, notes: expect.stringContaining("坯布 40") });
  });

  test("tells two visits of one shipment apart", () => {
    const built = sent((route) => {
      const [first, second] = route.stops as [PlanStop, PlanStop];
      second.shipmentIds = [...first.shipmentIds];
    });
    const [, first = "", second] = idsOf(built);
    expect(second).toBe(`${first}~2`);
    expect(() => checkImport(built, 200)).not.toThrow();
  });

  test("says what is unloaded, for whom, and counts a broken roll as one", () => {
    const built = sent((route, plan) => {
      const [stop] = route.stops as [PlanStop];
      Object.assign(stop, { shipmentIds: [7], customerName: "广源\n布行" });
      stop.items = [
        { shipmentId: 7, material: "坯布", quantity: "12.5" },
        { shipmentId: 7, material: "色布", quantity: "3" },
      ];
      plan.shipments = [
        {
          id: 7,
          geoCoordinates: null,
          salesItems: [],
          contactName: "王敏",
          contactPhone: "138",
          remark: "走后门",
        },
      ];
    });
    expect(built.stops[1]).toMatchObject({ label: "广源 布行", parcelCount: 16, durationMinutes: 10 });
    for (const word of ["坯布 12.5", "色布 3", "#7", "王敏 138", "走后门"])
      expect(built.stops[1]?.notes).toContain(word);
  });

  test("carries windows narrowed by locks, the one that the plan meets, and a rule's minutes", () => {
    const at = (time: string) => `2026-11-23T${time}:00+08:00`;
    const built = sent((route, plan) => {
      const [stop] = route.stops as [PlanStop];
      const [shipmentId = 0] = stop.shipmentIds;
      stop.arriveAt = at("14:20");
      plan.options.timeWindows = [
        { shipmentId, startAt: at("14:00"), endAt: at("16:00") },
        { shipmentId, startAt: at("08:00"), endAt: at("10:00") },
      ];
      plan.options.locks = [{ shipmentId, notAfter: at("15:00") }];
      plan.options.shipmentRules = [{ shipmentIds: [shipmentId], serviceMinutes: 25 }];
    });
    expect(built.stops[1]).toMatchObject({
      timeWindowStart: at("14:00"),
      timeWindowEnd: at("15:00"),
      durationMinutes: 25,
    });
  });

  test("names no zone where the offset does not tell it", () => {
    const abroad = sent((_, plan) => {
      plan.options.depot = { lat: -31.95, lng: 115.86 };
    });
    expect(abroad).not.toHaveProperty("timezone");
  });
});

describe("what can't be sent", () => {
  test("a stop with neither address nor position", () => {
    const { plan, route } = planOf(({ stops: [stop] }) =>
      Object.assign(stop as PlanStop, { lat: null, lng: null, address: " " }),
    );
    expect(importObstacles(plan, route)).toEqual([expect.stringContaining("neither address nor position")]);
    expect(importObstacles(planOf().plan, planOf().route)).toEqual([]);
  });

  test.each([
    [198, 0],
    [199, 1],
  ])("%i stops and the depot twice: %i obstacles", (stopsPerVehicle, obstacles) => {
    const plan = samplePlan({ vehicles: 1, stopsPerVehicle });
    expect(importObstacles(plan, plan.routes[0] as PlanRoute)).toHaveLength(obstacles);
  });
});
