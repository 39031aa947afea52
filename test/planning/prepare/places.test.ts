import { describe, expect, test } from "vitest";
import type { Shipment } from "../../../src/domain/shipment.ts";
import { findPlaces, planPositions, travelBetweenPlaces } from "../../../src/planning/prepare/places.ts";
import { estimateTravel } from "../../../src/planning/travel.ts";
import { matrixOf } from "../../support/matrix-of.ts";
import { depot, eastOfDepot, shipment } from "../../support/plan-request.ts";

function placesOf(...details: Partial<Shipment>[]): number[] {
  const shipments = details.map((more, index) => shipment(index, {}, more));
  return findPlaces(planPositions(depot, shipments), shipments).ofShipment;
}

const one = { customer: 5, customerName: "客户A", address: "广州市天河区", geoCoordinates: eastOfDepot(3) };

describe("places", () => {
  test("are one for one customer at one address", () => {
    expect(placesOf(one, { ...one, address: " 广州市天河区 " }, { ...one, customer: "5" })).toEqual([
      1, 1, 1,
    ]);
  });

  test("go by the customer's name where there is no number", () => {
    const named = { ...one, customer: null };
    expect(placesOf(named, named, { ...named, customerName: "客户B" })).toEqual([1, 1, 2]);
  });

  test.each([
    ["customers", { customer: 6 }],
    ["addresses", { address: "广州市海珠区" }],
    ["positions", { geoCoordinates: eastOfDepot(4) }],
    ["positions, one of them unknown", { geoCoordinates: null }],
  ])("are two for different %s", (_, difference) => {
    expect(placesOf(one, { ...one, ...difference })).toEqual([1, 2]);
  });

  test("are apart where nothing tells the customer, or neither address nor position", () => {
    const nobody = { ...one, customer: null, customerName: null };
    expect(placesOf(nobody, nobody)).toEqual([1, 2]);
    const nowhere = { ...one, address: " ", geoCoordinates: null };
    expect(placesOf(nowhere, nowhere)).toEqual([1, 2]);
  });
});

describe("travel between places", () => {
  const shipments = [
    shipment(1, {}),
    shipment(2, {}, { geoCoordinates: null }),
    shipment(3, {}, { geoCoordinates: null }),
  ];
  const positions = planPositions(depot, shipments);
  const places = findPlaces(positions, shipments);
  const base = estimateTravel(positions);
  const legOf = (isClosed: boolean, from: number, to: number) => {
    const travel = [travelBetweenPlaces(base, places, isClosed)];
    const { size, distanceMeters, durationSeconds } = matrixOf({ travel });
    return [distanceMeters[from * size + to], durationSeconds[from * size + to]];
  };
  const toDepot = [base.distanceMeters[base.size], base.durationSeconds[base.size]];

  test("is that between positions where both are known", () => {
    expect(toDepot[0]).toBeGreaterThan(0);
    expect(legOf(true, 1, 0)).toEqual(toDepot);
  });

  test("to a place without a position is the way home, or nothing on an open route", () => {
    expect(legOf(true, 1, 2)).toEqual(toDepot);
    expect(legOf(false, 1, 2)).toEqual([0, 0]);
    expect(legOf(true, 2, 3)).toEqual([0, 0]);
    expect(legOf(true, 3, 0)).toEqual([0, 0]);
  });

  test("from a place without a position to one with takes longer than any plan", () => {
    expect(legOf(true, 2, 1)[1]).toBeGreaterThan(10 * 366 * 86_400);
  });
});
