import { addDecimals, formatDecimal, parseDecimal } from "../../domain/decimal.ts";
import type { Plan, PlanRoute, PlanStop } from "../../domain/plan.ts";
import type { PlanFigures } from "./difference.ts";

/** The figures of a plan, as it stands. */
export function figuresOf(plan: Plan): PlanFigures {
  const { routes, quality } = plan;
  const served = new Set(
    routes.flatMap(({ stops }) => stops.flatMap(({ shipmentIds }) => shipmentIds.map(String))),
  );
  return {
    vehiclesUsed: routes.length,
    shipmentsAssigned: served.size,
    shipmentsUnassigned: plan.unassigned.length,
    distanceMeters: sum(routes.map(({ distanceMeters }) => distanceMeters)),
    durationSeconds: sum(routes.map(({ durationSeconds }) => durationSeconds)),
    finishAt: latest(routes.map(({ finishAt }) => finishAt)),
    waitingSeconds: sum(routes.map(waitingOf)),
    lateSeconds: sum(routes.map(latenessOf)),
    costYuan: quality.costYuan ?? null,
    loads: loadsOf(routes),
  };
}

/** Seconds that a vehicle stands until windows open. */
export function waitingOf({ stops }: Pick<PlanRoute, "stops">): number {
  return sum(stops.map(({ waitingSeconds = 0 }: PlanStop) => waitingSeconds));
}

/** Seconds by which its stops are late, together. */
export function latenessOf({ stops }: Pick<PlanRoute, "stops">): number {
  return sum(stops.map(({ lateSeconds = 0 }: PlanStop) => lateSeconds));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function latest(instants: readonly string[]): string | null {
  if (instants.length === 0) return null;
  return instants.reduce((last, next) => (Date.parse(next) > Date.parse(last) ? next : last));
}

/** By material over all vehicles that leave; each trip has the vehicle's room anew. */
function loadsOf(routes: readonly PlanRoute[]): PlanFigures["loads"] {
  const totals = new Map<string, { quantity: { digits: bigint; scale: number }; capacity: number }>();
  for (const { material, quantity, capacity } of routes.flatMap(({ loads }) => loads)) {
    const known = totals.get(material) ?? { quantity: { digits: 0n, scale: 0 }, capacity: 0 };
    totals.set(material, {
      quantity: addDecimals(known.quantity, parseDecimal(quantity) ?? { digits: 0n, scale: 0 }),
      capacity: known.capacity + capacity,
    });
  }
  return [...totals].map(([material, { quantity, capacity }]) => ({
    material,
    quantity: formatDecimal(quantity),
    capacity,
    fill: capacity > 0 ? Number(formatDecimal(quantity)) / capacity : 0,
  }));
}
