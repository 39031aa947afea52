import fc from "fast-check";
import { expect, test } from "vitest";
import { timeGivenRoute } from "../../../src/planning/revise/time-given-route.ts";
import { anyRequest } from "../../support/any-revision.ts";
import { findFaults } from "../../support/check-plan.ts";
import { eastOfDepot, planRequest, shipment, vehicle } from "../../support/plan-request.ts";
import { planNow } from "../../support/revise-now.ts";

const plate = "粤A00001";
const line = (kilometers: (number | null)[], endAt?: string) =>
  planNow(
    planRequest(
      kilometers.map((away, index) =>
        shipment(
          index + 1,
          { 坯布: 10 },
          { customer: index, address: "1号", geoCoordinates: away === null ? null : eastOfDepot(away) },
        ),
      ),
      [vehicle(plate, { 坯布: 100 })],
      endAt === undefined ? {} : { timeWindows: [{ shipmentId: 1, endAt }] },
    ),
  );
const order = (...ids: number[]) => ids.map((id) => ({ shipmentIds: [id] }));

test("the planned order is the planned route", () => {
  fc.assert(
    fc.property(anyRequest, (request) => {
      const plan = planNow(request);
      for (const route of plan.routes) {
        const given = route.stops.map(({ shipmentIds, items, trip }) => ({
          shipmentIds,
          items,
          ...(trip !== undefined && { trip }),
        }));
        expect(timeGivenRoute(plan, { licensePlate: route.licensePlate, order: given })).toEqual({
          route,
          broken: [],
        });
      }
    }),
    { numRuns: 40 },
  );
});

test("another order is timed, loaded and measured anew, and what it breaks is told", () => {
  const plan = line([5, 10], "2026-11-23T08:15:00+08:00");
  const { route, broken } = timeGivenRoute(plan, { licensePlate: plate, order: order(2, 1) });
  expect(
    route.stops.map(({ sequence, loadPosition, shipmentIds, distanceMeters }) => [
      sequence,
      loadPosition,
      shipmentIds,
      Math.round(distanceMeters / 100),
    ]),
  ).toEqual([
    [1, 2, [2], 130],
    [2, 1, [1], 65],
  ]);
  expect(broken).toEqual([
    {
      limit: "time_window",
      licensePlate: plate,
      sequence: 2,
      shipmentId: 1,
      over: 1455,
      message: `stop 2 (shipment 1) of ${plate} would be reached at 08:39, 25 min after its window`,
    },
  ]);
  expect(
    findFaults(
      {
        shipments: plan.shipments,
        vehicles: plan.vehicles,
        rules: [],
        options: { ...plan.options, timeWindows: [] },
      },
      { ...plan, routes: [route] },
    ),
  ).toEqual([]);
});

test("what an order lacks comes last, what the route does not have is passed over", () => {
  const { route, broken } = timeGivenRoute(line([5, 10]), { licensePlate: plate, order: order(9, 2) });
  expect(route.stops.map(({ shipmentIds }) => shipmentIds)).toEqual([[2], [1]]);
  expect(broken.map(({ limit, shipmentId }) => [limit, shipmentId])).toEqual([
    ["unknown", 9],
    ["missing", 1],
  ]);
});

test("a stop without a position among others is told, and the times behind it stay sensible", () => {
  const { route, broken } = timeGivenRoute(line([5, 10, null]), {
    licensePlate: plate,
    order: order(1, 3, 2),
  });
  expect(broken).toMatchObject([{ limit: "no_position", sequence: 2, shipmentId: 3 }]);
  expect(route.stops[1]).toMatchObject({ lat: null, lng: null, distanceMeters: 0 });
  expect(route.finishAt.slice(0, 13)).toBe("2026-11-23T09");
});

test("a plate without a route is refused", () => {
  expect(() => timeGivenRoute(line([5]), { licensePlate: "粤Z", order: [] })).toThrow("no route of 粤Z");
});
