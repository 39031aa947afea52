import type { Plan, PlanOptions, PlanRoute, UnassignedShipment } from "../../src/domain/plan.ts";
import { planOptions, shipment, vehicle } from "./plan-request.ts";

/** One stop of a hand-made route: the shipments it serves (100 条 each) and what is special of it. */
type HandMadeStop = { ids: number[]; arriveAt?: string; waitingSeconds?: number; lateSeconds?: number };

/** A plan whose routes are said, not searched for: `[plate, [shipment, shipment...]]`. Each shipment is 100 of 坯布. */
export function handMadePlan(
  routes: readonly [plate: string, stops: readonly (number | HandMadeStop)[]][],
  more: { options?: Partial<PlanOptions>; unassigned?: UnassignedShipment[]; shipments?: number[] } & Partial<
    Pick<Plan, "vehicles" | "revision" | "planId">
  > = {},
): Plan {
  const { options, unassigned = [], shipments, ...rest } = more;
  const made = routes.map(([plate, stops]) => handMadeRoute(plate, stops));
  const ids =
    shipments ?? made.flatMap(({ stops }) => stops.flatMap(({ shipmentIds }) => shipmentIds.map(Number)));
  return {
    planId: "2026-11-23-hand",
    revision: 1,
    createdAt: "2026-11-22T18:40:00+08:00",
    area: null,
    merchantId: null,
    routes: made,
    unassigned,
    unmappedItems: [],
    warnings: [],
    options: planOptions(options),
    vehicles: ["粤A1", "粤A2", "粤A3"].map((plate) => vehicle(plate, { 坯布: 500 })),
    shipments: [...new Set(ids)].map((id) => shipment(id, { 坯布: 100 }, { customerName: `客户${id}` })),
    quality: {
      status: "heuristic",
      reason: "Made by hand.",
      vehiclesUsed: made.length,
      shipmentsAssigned: new Set(ids).size,
      distanceMeters: made.reduce((sum, { distanceMeters }) => sum + distanceMeters, 0),
      durationSeconds: made.reduce((sum, { durationSeconds }) => sum + durationSeconds, 0),
      iterations: 0,
      seed: 1,
      repeatable: true,
    },
    ...rest,
  };
}

/** A kilometer and ten minutes to each stop, and back. */
function handMadeRoute(licensePlate: string, given: readonly (number | HandMadeStop)[]): PlanRoute {
  const stops = given.map((stop, index) => {
    const {
      ids,
      arriveAt = at(10 * (index + 1)),
      ...more
    } = typeof stop === "number" ? { ids: [stop] } : stop;
    return {
      sequence: index + 1,
      loadPosition: given.length - index,
      shipmentIds: ids,
      customerName: `客户${ids[0]}`,
      address: null,
      lat: 23.1,
      lng: 113.2,
      arriveAt,
      distanceMeters: 1000,
      items: ids.map((shipmentId) => ({ shipmentId, material: "坯布", quantity: "100" })),
      ...more,
    };
  });
  const quantity = 100 * stops.flatMap(({ shipmentIds }) => shipmentIds).length;
  return {
    licensePlate,
    loads: [{ material: "坯布", quantity: String(quantity), capacity: 500, fill: quantity / 500 }],
    stops,
    distanceMeters: 1000 * (stops.length + 1),
    durationSeconds: 600 * (stops.length + 1),
    departAt: at(0),
    finishAt: at(10 * (stops.length + 1)),
  };
}

/** Minutes after 08:00. */
export function at(minutes: number): string {
  return new Date(Date.UTC(2026, 10, 23, 8) + minutes * 60_000).toISOString().replace(".000Z", "+08:00");
}
