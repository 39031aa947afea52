import type { Plan, PlanOptions } from "../../domain/plan.ts";
import { keyOf } from "../prepare/request.ts";
import type { PlanFigures } from "./difference.ts";
import { figuresOf } from "./plan-figures.ts";

/** Figures of which less is better, and those of which more is. */
const comparedFigures = {
  shipmentsAssigned: "most",
  vehiclesUsed: "least",
  distanceMeters: "least",
  durationSeconds: "least",
  finishAt: "least",
  lateSeconds: "least",
  waitingSeconds: "least",
  costYuan: "least",
} as const satisfies Partial<Record<keyof PlanFigures, "most" | "least">>;

/** A figure of a plan of which more, or less, is better. */
export type ComparedFigure = keyof typeof comparedFigures;

/** A figure in which plans differ, and the plans that are best in it, by index. */
export type BestFigure = { figure: ComparedFigure; plans: number[] };

/** What has to be known before plans are held against each other. */
export type SideBySide = {
  figures: PlanFigures[];
  /** How many shipments of each plan are not in all the others. */
  ownShipments: number[];
  differentSettings: (keyof PlanOptions)[];
  /** Empty where the plans are not over the same shipments: then no figure of one is better than another's. */
  best: BestFigure[];
};

const settings = [
  "startAt",
  "depot",
  "capacityModel",
  "objective",
  "returnToDepot",
  "serviceMinutes",
  "maxStopsPerRoute",
  "maxRouteMinutes",
] as const satisfies (keyof PlanOptions)[];

/** Sets plans side by side: their figures, what makes them hard to compare, and which is best in what. */
export function sideBySide(plans: readonly Plan[]): SideBySide {
  const figures = plans.map(figuresOf);
  const ownShipments = countOwnShipments(plans);
  const isOneDay = ownShipments.every((count) => count === 0);
  return {
    figures,
    ownShipments,
    differentSettings: settings.filter((name) => isDifferent(plans.map(({ options }) => options[name]))),
    best: isOneDay ? bestFigures(figures) : [],
  };
}

/** A removed shipment is no part of the day any more. */
function countOwnShipments(plans: readonly Plan[]): number[] {
  const known = plans.map(({ shipments, unassigned }) => {
    const removed = unassigned.filter(({ reason }) => reason === "removed");
    const gone = new Set(removed.map(({ shipmentId }) => keyOf(shipmentId)));
    return new Set(shipments.map(({ id }) => keyOf(id)).filter((key) => !gone.has(key)));
  });
  return known.map((own) => [...own].filter((key) => !known.every((other) => other.has(key))).length);
}

function isDifferent(values: readonly unknown[]): boolean {
  return new Set(values.map((value) => JSON.stringify(value))).size > 1;
}

function bestFigures(figures: readonly PlanFigures[]): BestFigure[] {
  const names = Object.keys(comparedFigures) as ComparedFigure[];
  return names.flatMap((figure) => {
    const values = figures.map((own) => comparable(own, figure));
    // A figure that one of them does not have is no figure to compare.
    if (values.includes(null) || new Set(values).size === 1) return [];
    const numbers = values.filter((value) => value !== null);
    const best = comparedFigures[figure] === "most" ? Math.max(...numbers) : Math.min(...numbers);
    return [{ figure, plans: [...numbers.keys()].filter((index) => numbers[index] === best) }];
  });
}

function comparable(figures: PlanFigures, figure: ComparedFigure): number | null {
  const value = figures[figure];
  if (value === null || typeof value === "number") return value;
  return figure === "finishAt" ? Date.parse(value) : Number(value);
}
