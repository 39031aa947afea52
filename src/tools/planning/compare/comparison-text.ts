import type { Plan } from "../../../domain/plan.ts";
import { snakeCase } from "../../../domain/snake-case.ts";
import { oneLine } from "../../../domain/vendor-text.ts";
import type { PlanFigures } from "../../../planning/compare/difference.ts";
import { planDifference } from "../../../planning/compare/plan-difference.ts";
import { type ComparedFigure, type SideBySide, sideBySide } from "../../../planning/compare/side-by-side.ts";
import { clockOf, cut, kilometers } from "../plan/plan-text.ts";
import { describeCounts, describeMove } from "./difference-text.ts";

const shownMoves = 6;

/** Plans side by side as a person would tell them: a line a plan, who is best in what, who moves. */
export function describeComparison(plans: readonly Plan[]): string {
  const compared = sideBySide(plans);
  return [
    ...plans.map((plan, index) => describePlanLine(plan, index, compared.figures[index]!)),
    ...describeDoubts(compared),
    ...describeBest(compared),
    ...describeMoves(plans),
  ]
    .map(oneLine)
    .join("\n");
}

/** "1. plan-id revision 2: 6 of 6 shipments on 2 vehicles, 45.2 km, 312 min, done 12:40; 坯布 600 of 800 (75 %)". */
function describePlanLine(plan: Plan, index: number, figures: PlanFigures): string {
  const { finishAt, lateSeconds, waitingSeconds, costYuan } = figures;
  const clock = clockOf(plan.options.startAt);
  const parts = [
    `${figures.shipmentsAssigned} of ${figures.shipmentsAssigned + figures.shipmentsUnassigned} shipments on ${figures.vehiclesUsed} vehicles`,
    kilometers(figures.distanceMeters),
    `${Math.round(figures.durationSeconds / 60)} min`,
    finishAt === null ? "" : `done ${clock(finishAt)}`,
    lateSeconds > 0 ? `${Math.ceil(lateSeconds / 60)} min late` : "",
    waitingSeconds >= 60 ? `${Math.round(waitingSeconds / 60)} min of waiting` : "",
    costYuan === null ? "" : `${costYuan} yuan`,
  ].filter((part) => part !== "");
  const loads = figures.loads.map(
    ({ material, quantity, capacity, fill }) =>
      `${material} ${quantity} of ${capacity} (${Math.round(fill * 100)} %)`,
  );
  return `${index + 1}. ${plan.planId} revision ${plan.revision}: ${parts.join(", ")}; ${loads.join(", ")}`;
}

function describeDoubts({ figures, ownShipments, differentSettings }: SideBySide): string[] {
  const isSame = ownShipments.every((count) => count === 0);
  const told = ownShipments.map((count, index) => `plan ${index + 1} has ${count} that are not in all`);
  const served = new Set(figures.map(({ shipmentsAssigned }) => shipmentsAssigned));
  return [
    ...(isSame ? [] : [`Not over the same shipments (${told.join(", ")}): none is better for its figures.`]),
    ...(differentSettings.length === 0
      ? []
      : [`Made under different settings: ${differentSettings.map(snakeCase).join(", ")}.`]),
    ...(isSame && served.size > 1
      ? ["They do not serve equally many: less distance, time or cost may be what is left out."]
      : []),
  ];
}

const figureWords: Record<ComparedFigure, string> = {
  shipmentsAssigned: "most shipments",
  vehiclesUsed: "fewest vehicles",
  distanceMeters: "least distance",
  durationSeconds: "least time",
  finishAt: "earliest finish",
  lateSeconds: "least lateness",
  waitingSeconds: "least waiting",
  costYuan: "least cost",
};

function describeBest({ best, ownShipments }: SideBySide): string[] {
  if (best.length === 0)
    return ownShipments.every((count) => count === 0) ? ["No figure differs between them."] : [];
  const told = best.map(
    ({ figure, plans }) => `${figureWords[figure]}: ${plans.map((index) => index + 1).join(" and ")}`,
  );
  return [`Best in what (plans by number): ${told.join("; ")}.`];
}

function describeMoves([first, ...others]: readonly Plan[]): string[] {
  return others.flatMap((other, index) => {
    const { moves } = planDifference(first!, other);
    const lines = moves.map(describeMove);
    return [
      `From plan 1 to plan ${index + 2}: ${describeCounts(moves)}.`,
      ...cut(lines, shownMoves, "more shipments").map((line) => `  ${line}`),
    ];
  });
}
